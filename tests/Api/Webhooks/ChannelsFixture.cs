using Agency.Faults.Processes;
using Agency.Notifications;
using Agency.Silo.Hosting;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Webhooks;

/// <summary>The service with mail, short messages and webhooks to servers on loopback.</summary>
public sealed class ChannelsFixture : ApiFixture, IAsyncLifetime
{
    private readonly int _mailPort = Port.FreeOnLoopback();

    public HttpReceiver Http { get; private set; } = null!;

    public MailReceiver Mail { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Http, Mail) = (await HttpReceiver.Start(), new(_mailPort));
        Mail.Start();
    }

    /// <summary>Hands messages to the channels.</summary>
    public Task Dispatch(params Delivery[] messages) => Services.GetRequiredService<IGrainFactory>().GetGrain<IDispatchGrain>(IDispatchGrain.Key).Dispatch([.. messages]);

    /// <summary>Moves the clock to when the first of a target's deliveries is due, or beyond the time of those that hang; but not while another is being sent, whose
    /// time would be over at once.</summary>
    public async Task Onward(HttpClient client, string deliveries, int hanging = 0)
    {
        var pending = (await client.Read($"{deliveries}?state=pending&limit=200")).GetProperty("items").EnumerateArray().Select(d => d.GetProperty("nextAt").GetDateTimeOffset()).ToArray();
        if (pending.Count(at => at <= Clock.GetUtcNow()) != hanging && hanging < new DeliveryOptions().AtOnce) return;
        if (hanging > 0) Clock.Advance(TimeSpan.FromSeconds(11));
        else if (pending.Length > 0) Clock.SetUtcNow(pending.Min());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Http.DisposeAsync();
        await Mail.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Agency:Mail:Host", "127.0.0.1");
        builder.UseSetting("Agency:Mail:Port", $"{_mailPort}");
        builder.UseSetting("Agency:Mail:Tls", "None");
        builder.UseSetting("Agency:Mail:From", "agency@example.cn");
        builder.UseSetting("Agency:Sms:Url", $"{Http.Url}/sms");
        builder.UseSetting("Agency:Sms:Body", """{"to":"{phone}","text":"{text}","id":"{id}"}""");
        builder.UseSetting("Agency:Webhooks:AllowPrivate", "true");
        builder.UseSetting("Agency:Webhooks:AllowHttp", "true");
    }
}
