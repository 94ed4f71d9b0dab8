using Microsoft.Net.Http.Headers;

namespace Agency.Api.Http;

/// <summary>The language of an answer's sentences, by Accept-Language; bound as a handler's parameter.</summary>
/// <param name="Tag">As Content-Language says it.</param>
public sealed record RequestLanguage(string Tag)
{
    public static RequestLanguage Chinese { get; } = new("zh-CN");

    public static RequestLanguage English { get; } = new("en");

    /// <summary>The best of the two that the client takes; Chinese when it says nothing that can be met.</summary>
    public static RequestLanguage Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)) return Chinese;
        return wanted.Where(w => w.Quality is not 0)
            .OrderByDescending(w => w.Quality ?? 1)
            .Select(w => w.Value.Value?.Split('-')[0].ToUpperInvariant())
            .Select(primary => primary is "EN" ? English : primary is "ZH" or "*" ? Chinese : null)
            .FirstOrDefault(language => language is not null) ?? Chinese;
    }

    public static ValueTask<RequestLanguage> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.Request));
}
