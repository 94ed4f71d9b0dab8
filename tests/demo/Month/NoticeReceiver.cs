using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agency.Demo.Month;

/// <summary>Receives what the service tells by webhook, and counts each id once.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _rules = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);

    private NoticeReceiver(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/notices";

    public static async Task<NoticeReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new NoticeReceiver(app);
        app.MapPost("/notices", async (HttpRequest request) =>
        {
            var told = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
            foreach (var notice in Notices(told.GetProperty("data"))) receiver._rules.TryAdd(notice.GetProperty("id").GetString()!, notice.GetProperty("rule").GetString()!);
            return Results.NoContent();
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>How many of each rule have come since the last time that was asked.</summary>
    public IReadOnlyList<(string Rule, int Count)> Since() =>
        [.. _rules.Where(r => _counted.Add(r.Key)).GroupBy(r => r.Value).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)];

    // A digest has several; an invitation is told beside its notice.
    private static JsonElement[] Notices(JsonElement data) =>
        data.TryGetProperty("notices", out var several) ? [.. several.EnumerateArray()] : [data.TryGetProperty("notice", out var invited) ? invited : data];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
