using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agency.Catalogue;
using Agency.Notifications;

namespace Agency.Silo.Notifications;

/// <summary>Short messages, of urgent rules alone and to persons who have a phone, through the gateway that is configured.</summary>
internal sealed class SmsChannel(SmsOptions options, CityData city, Addressees addressees) : IChannel, IDisposable
{
    public const string Target = "sms";

    private static readonly IReadOnlyList<string> _targets = [Target];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    public string Name => Target;

    public async Task<IReadOnlyList<string>> TargetsOf(Message message) =>
        message is NoticeMessage { Recipient.Kind: RecipientKind.Person } told && city.Reminders.Find(told.Notice.Rule) is { Urgent: true } && await addressees.Phone(told.Recipient) is not null ? _targets : [];

    public async Task<Sending> Send(string target, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Message is not NoticeMessage told) return Sending.Never("notWanted");
        if (await addressees.Phone(told.Recipient, cancellationToken) is not { } phone) return Sending.Never("noPhone");
        using var request = Request(options, phone, NoticeText.Of(told.Notice, city.Reminders, english: false).Text, delivery.Id);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)answer.StatusCode == options.ExpectedStatus ? Sending.Done : Sending.Later($"status{(int)answer.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return Sending.Later("unreachable");
        }
    }

    public void Dispose() => _http.Dispose();

    internal static HttpRequestMessage Request(SmsOptions options, string phone, string text, string id)
    {
        var request = new HttpRequestMessage(new(options.Method), Fill(options.Url!, Uri.EscapeDataString));
        if (options.Body is { } body)
        {
            request.Content = new StringContent(Fill(body, options.ContentType == SmsOptions.Json ? value => JsonEncodedText.Encode(value).ToString() : Uri.EscapeDataString), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(options.ContentType, "utf-8");
        }

        foreach (var (name, value) in options.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;

        // Braces of what is filled in are no places to fill.
        string Fill(string template, Func<string, string> escape) => string.Concat(template.Split('{').Select((part, index) => index == 0 ? part : part switch
        {
            _ when part.StartsWith("phone}", StringComparison.Ordinal) => escape(phone) + part["phone}".Length..],
            _ when part.StartsWith("text}", StringComparison.Ordinal) => escape(text) + part["text}".Length..],
            _ when part.StartsWith("id}", StringComparison.Ordinal) => escape(id) + part["id}".Length..],
            _ => "{" + part,
        }));
    }
}
