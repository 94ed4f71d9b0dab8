using System.Net;
using System.Security.Cryptography;
using System.Text;
using Agency.Notifications;

namespace Agency.Silo.Notifications;

/// <summary>Webhooks: each message to every webhook that wants it, as a CloudEvent signed by Standard Webhooks.</summary>
internal sealed class WebhookChannel : IChannel, IDisposable
{
    private const int MostAnswerKiB = 4;

    private readonly WebhookOptions _options;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public WebhookChannel(WebhookOptions options, PublicAddresses addresses, IGrainFactory grains, TimeProvider clock)
    {
        (_options, _grains, _clock) = (options, grains, clock);

        // No proxy: it would connect to where this process must not.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = addresses.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = MostAnswerKiB * 1024,
        };
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => Webhook.Channel;

    public bool KeepsHours => false;

    private IWebhooksGrain Webhooks => _grains.GetGrain<IWebhooksGrain>(IWebhooksGrain.Key);

    public async Task<IReadOnlyList<string>> TargetsOf(Message message) => [.. (await Webhooks.List()).Where(w => w.Wants(message)).Select(w => w.Target)];

    public async Task<Sending> Send(string target, Delivery delivery, CancellationToken cancellationToken)
    {
        if (await Webhooks.Find(target[(Webhook.Channel.Length + 1)..]) is not { } webhook) return Sending.Never("deleted");
        if (webhook.DisabledAt is not null) return Sending.Never("disabled");
        using var request = Request(webhook, delivery);
        try
        {
            // What the receiver says beside the status is not read.
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode) return Sending.Done;
            if (answer.StatusCode != HttpStatusCode.Gone) return Sending.Later($"status{(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return Sending.Later(e.InnerException is AddressRefusedException ? "addressRefused" : e.HttpRequestError == HttpRequestError.SecureConnectionError ? "tls" : "unreachable");
        }

        await Webhooks.Disable(webhook.Id);
        return Sending.Never("status410");
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Webhook webhook, Delivery delivery)
    {
        var (body, type) = Event.Write(delivery, _options.Source);
        var at = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", $"{at}");
        request.Headers.Add("webhook-signature", Signature(webhook.Secret, delivery.Id, at, body.Span));
        return request;
    }

    private static string Signature(string secret, string id, long at, ReadOnlySpan<byte> body)
    {
        var key = Convert.FromBase64String(secret[Webhook.SecretPrefix.Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }
}
