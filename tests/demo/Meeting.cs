using System.Globalization;
using System.Text.Json;

namespace Agency.Demo;

/// <summary>A joint conference 联席会议 on the day of the demonstration, from the proposed agenda to a closed resolution; the office enters what the
/// chair and the departments say. Played again on the same day it does nothing more.</summary>
internal sealed class Meeting(Service service)
{
    private const int MostEntries = 3;
    private const string Lead = "511300-FGW";
    private const string Chair = "demo-chair";

    /// <summary>Holds it, unless one was held before.</summary>
    /// <param name="today">The day that it is at the service.</param>
    /// <param name="project">What is on the agenda where no rule proposes anything.</param>
    /// <returns>The session's path below the interface's base.</returns>
    public async Task<string> Hold(string project, DateOnly today, CancellationToken cancellationToken)
    {
        var held = await service.Get<JsonElement>("/reviews?kind=jointConference&limit=1", cancellationToken);
        if (held.GetProperty("items").EnumerateArray().FirstOrDefault(r => r.GetProperty("state").GetString() is "issued" or "archived") is { ValueKind: JsonValueKind.Object } one) return $"/reviews/{Text(one, "id")}";

        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var review = $"/reviews/{Text(await Post("/reviews", new() { ["kind"] = "jointConference", ["title"] = $"{today.Year}年{today.Month}月重大项目联席会议", ["startsAt"] = $"{day}T23:59:59+08:00", ["place"] = "市政府第一会议室", ["chair"] = Chair }, "draft"), "id")}";
        foreach (var (index, entry) in (await Entries(review, project, cancellationToken)).Index()) await Post($"{review}/agenda", entry, $"entry-{index}");
        await Post($"{review}/convening", new() { ["reason"] = "演示当日召开" }, "convening");
        var agenda = (await service.Get<JsonElement>(review, cancellationToken)).GetProperty("agenda").EnumerateArray().ToArray();
        foreach (var entry in agenda)
        {
            foreach (var department in entry.GetProperty("silent").EnumerateArray().Select(d => d.GetString()!))
                await Post($"{review}/agenda/{Text(entry, "id")}/opinions/{department}", new() { ["stance"] = "agree", ["onBehalfOf"] = department }, null, puts: true);
        }

        await Post($"{review}/opening", [], "opening");
        foreach (var (index, entry) in agenda.Index())
        {
            var subject = entry.GetProperty("subject");
            Dictionary<string, object?> resolution = new() { ["action"] = "提出解决方案并报项目服务处", ["lead"] = Lead, ["project"] = subject.GetProperty("project").GetString(), ["dueDate"] = today.AddDays(14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
            await Post($"{review}/agenda/{Text(entry, "id")}/conclusion", new() { ["outcome"] = "adopted", ["resolutions"] = new[] { resolution }, ["onBehalfOf"] = Chair }, $"conclusion-{index}");
        }

        await Post($"{review}/conclusion", new() { ["onBehalfOf"] = Chair }, "conclusion");
        await Post($"{review}/issuing", new() { ["onBehalfOf"] = Chair }, "issuing");
        var first = $"/resolutions/{review["/reviews/".Length..]}-1";
        await Post($"{first}/receipt", new() { ["onBehalfOf"] = Lead }, "receipt");
        await Post($"{first}/completion", new() { ["onBehalfOf"] = Lead, ["evidence"] = new[] { new Dictionary<string, object?> { ["name"] = "解决方案" } } }, "completion");
        await Post($"{first}/confirmation", [], "confirmation");
        return review;

        Task<JsonElement> Post(string path, Dictionary<string, object?> body, string? key, bool puts = false) => service.Post<JsonElement>(path, body, key is null ? null : $"meeting-{day}-{key}", cancellationToken, puts);
    }

    // What the rules propose first.
    private async Task<List<Dictionary<string, object?>>> Entries(string review, string project, CancellationToken cancellationToken)
    {
        var proposal = await service.Get<JsonElement>($"{review}/agenda/proposal", cancellationToken);
        var entries = proposal.GetProperty("entries").EnumerateArray().Take(MostEntries).Select(e => e.GetProperty("subject")).Select(s => new Dictionary<string, object?>
        {
            ["question"] = "下一步如何推进？",
            ["project"] = s.GetProperty("project").GetString(),
            ["item"] = s.GetProperty("item").GetString(),
            ["problem"] = s.GetProperty("problem").GetString(),
            ["rule"] = s.GetProperty("rule").GetString(),
            ["departments"] = s.GetProperty("departments").EnumerateArray().Select(d => d.GetString()).ToArray(),
        }).ToList();
        if (entries.Count == 0) entries.Add(new() { ["question"] = "竣工后的移交事项由谁牵头？", ["project"] = project, ["departments"] = new[] { Lead } });
        return entries;
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
