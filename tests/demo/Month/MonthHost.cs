using Agency.Api.Access;
using Agency.People;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Demo.Month;

/// <summary>The whole service in this process, on a clock that the play moves, with data of its own that go in the end.</summary>
internal sealed class MonthHost(DateTimeOffset from) : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-month-");

    public FakeTimeProvider Clock { get; } = new(from);

    /// <summary>A client that acts for this person.</summary>
    public HttpClient As(Role role, string id, string? department = null)
    {
        var client = CreateDefaultClient(new Dated(Clock));
        client.Timeout = TimeSpan.FromSeconds(60);
        client.DefaultRequestHeaders.Authorization = new("Bearer", EmbeddedIssuer.Of(_data.FullName).Issue(new(id, role, department), Clock.GetUtcNow().AddDays(-1), TimeSpan.FromDays(366)));
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Agency:Port", "0");
        builder.UseSetting("Agency:Data", _data.FullName);
        builder.UseSetting("Agency:Limits:RequestsPerSecond", "1000000");
        builder.UseSetting("Agency:Webhooks:AllowPrivate", "true");
        builder.UseSetting("Agency:Webhooks:AllowHttp", "true");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));

            // The silo's own affairs stay on real time.
            services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_data.Exists) _data.Delete(recursive: true);
    }

    // By an answer's date the play knows what day it is.
    private sealed class Dated(TimeProvider clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Headers.Date = clock.GetUtcNow();
            return response;
        }
    }
}
