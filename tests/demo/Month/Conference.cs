using System.Globalization;
using System.Text.Json;

namespace Agency.Demo.Month;

/// <summary>The month's joint conference 联席会议, a step a day: its series, the agenda that proposes itself, opinions, the meeting, and its resolutions until
/// they are closed. Some departments keep silent, some are late. The office enters what chair and departments say on paper.</summary>
internal sealed class Conference(Service service)
{
    /// <summary>Opaque id of who chairs.</summary>
    public const string Chair = "demo-chair";

    private const int MostEntries = 5;
    private const int CalledAhead = 3;

    private static readonly string[] _planners = ["511300-FGW"];
    private static readonly string[] _ladder = ["urge", "supervisionNotice", "circular", "interview"];

    private string? _series;

    /// <summary>Has the last Friday of each month be a conference, and asks the departments in writing about one question.</summary>
    public async Task Begin(CancellationToken cancellationToken) => _series = Text(await service.Post<JsonElement>("/review-series", new Dictionary<string, object?>
    {
        ["kind"] = "jointConference",
        ["title"] = "重大项目联席会议",
        ["rule"] = "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30",
        ["place"] = "市政府第一会议室",
        ["chair"] = Chair,
    }, "month-series", cancellationToken), "id");

    /// <summary>Does what is to be done on a day.</summary>
    /// <param name="before">The working day so many before a day.</param>
    /// <returns>What was done, a line each.</returns>
    public async Task<IReadOnlyList<string>> Day(DateOnly today, Func<DateOnly, int, DateOnly> before, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        foreach (var listing in await All($"/reviews?series={_series}", cancellationToken))
        {
            var path = $"/reviews/{Text(listing, "id")}";
            var session = await service.Get<JsonElement>(path, cancellationToken);
            var starts = DateOnly.FromDateTime(session.GetProperty("plan").GetProperty("startsAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).DateTime);
            switch (Text(session, "state"))
            {
                case "drafted" when today >= before(starts, CalledAhead):
                    told.Add(await Call(path, starts, cancellationToken));
                    break;
                case "convened" when today < starts:
                    if (await Answer(path, session, cancellationToken) is { } answered) told.Add(answered);
                    break;
                case "convened":
                    told.Add(await Hold(path, session, today, cancellationToken));
                    break;
                case "minutesDrafted" or "concluded":
                    var issued = await Post<JsonElement>($"{path}/issuing", new() { ["onBehalfOf"] = Chair }, cancellationToken);
                    told.Add($"minutes {Text(issued, "minutesNumber")} issued");
                    break;
            }
        }

        told.AddRange(await Chase(today, cancellationToken));
        return told;
    }

    private async Task<string> Call(string path, DateOnly starts, CancellationToken cancellationToken)
    {
        var proposed = (await service.Get<JsonElement>($"{path}/agenda/proposal", cancellationToken)).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("subject")).ToList();
        foreach (var subject in proposed.Take(MostEntries))
        {
            Dictionary<string, object?> entry = new() { ["question"] = "下一步如何推进？", ["departments"] = subject.GetProperty("departments").EnumerateArray().Select(d => d.GetString()).ToArray() };
            foreach (var member in new[] { "project", "item", "problem", "resolution", "deferredFrom", "rule" }) entry[member] = subject.TryGetProperty(member, out var value) ? value.GetString() : null;
            await Post<JsonElement>($"{path}/agenda", entry, cancellationToken);
        }

        // Where no rule proposes anything there is still something to be asked.
        if (proposed.Count == 0) await Post<JsonElement>($"{path}/agenda", new() { ["question"] = "下季度重点项目如何排序？", ["departments"] = _planners }, cancellationToken);
        await Post<JsonElement>($"{path}/convening", [], cancellationToken);
        var rules = string.Join(", ", proposed.GroupBy(s => Text(s, "rule")).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));
        return $"conference of {starts:yyyy-MM-dd}: {proposed.Count} entries proposed{(rules.Length > 0 ? $" ({rules})" : "")}, {Math.Clamp(proposed.Count, 1, MostEntries)} on the agenda, departments called";
    }

    // Every second department says something; the others are taken to agree.
    private async Task<string?> Answer(string path, JsonElement session, CancellationToken cancellationToken)
    {
        var answered = 0;
        foreach (var entry in session.GetProperty("agenda").EnumerateArray())
        {
            foreach (var department in entry.GetProperty("silent").EnumerateArray().Select(d => d.GetString()!).Where((_, i) => i % 2 == 0))
            {
                await service.Post<JsonElement>($"{path}/agenda/{Text(entry, "id")}/opinions/{department}", new Dictionary<string, object?> { ["stance"] = "agree", ["onBehalfOf"] = department }, null, cancellationToken, puts: true);
                answered++;
            }

            if (answered > 0) break;
        }

        return answered > 0 ? $"{answered} opinions on paper" : null;
    }

    private async Task<string> Hold(string path, JsonElement session, DateOnly today, CancellationToken cancellationToken)
    {
        await Post<JsonElement>($"{path}/opening", [], cancellationToken);
        var (agenda, deemed) = (session.GetProperty("agenda").EnumerateArray().ToArray(), 0);
        foreach (var (index, entry) in agenda.Index())
        {
            var subject = entry.GetProperty("subject");
            var lead = subject.GetProperty("departments").EnumerateArray().Select(d => d.GetString()).First();
            Dictionary<string, object?> resolution = new() { ["action"] = "提出解决方案并报项目服务处", ["lead"] = lead, ["project"] = subject.GetProperty("project").GetString(), ["dueDate"] = today.AddDays(5 + index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
            var concluded = await Post<JsonElement>($"{path}/agenda/{Text(entry, "id")}/conclusion", new() { ["outcome"] = "adopted", ["onBehalfOf"] = Chair, ["resolutions"] = new[] { resolution } }, cancellationToken);
            deemed += concluded.GetProperty("opinions").EnumerateArray().Count(o => o.GetProperty("deemed").GetBoolean());
        }

        await Post<JsonElement>($"{path}/conclusion", new() { ["onBehalfOf"] = Chair }, cancellationToken);
        return $"conference held: {agenda.Length} entries adopted, {agenda.Length} resolutions given out, {deemed} silent departments taken to agree";
    }

    // The first of three does all in time, the second after the first urging, the third never.
    private async Task<IEnumerable<string>> Chase(DateOnly today, CancellationToken cancellationToken)
    {
        var (did, told) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var resolution in await All("/resolutions?open=true", cancellationToken))
        {
            var (path, lead, state) = ($"/resolutions/{Text(resolution, "id")}", Text(resolution, "lead"), Text(resolution, "state"));
            var (kind, overdue) = (Text(resolution, "id")[^1] % 3, resolution.GetProperty("overdueDays").GetInt32());
            var steps = resolution.GetProperty("ladder").GetArrayLength();
            if (state == "completed") await Do("confirmed", "confirmation", []);
            else if (state == "given" && (kind != 2 || steps > 0)) await Do("signed for", "receipt", new() { ["onBehalfOf"] = lead });
            else if (state == "underWay" && (kind == 0 || steps > 0)) await Do("reported done", "completion", new() { ["onBehalfOf"] = lead, ["evidence"] = new[] { new Dictionary<string, object?> { ["name"] = "解决方案" } } });
            else if (overdue > 0 && overdue % 3 == 1 && steps < _ladder.Length && steps * 3 < overdue) await Do(_ladder[steps], "urging", new() { ["step"] = _ladder[steps], ["documentNumber"] = steps == 0 ? null : $"督〔{today.Year}〕{steps}号" });

            async Task Do(string what, string step, Dictionary<string, object?> body)
            {
                await Post<JsonElement>($"{path}/{step}", body, cancellationToken);
                did[what] = did.GetValueOrDefault(what) + 1;
            }
        }

        if (did.Count > 0) told.Add($"resolutions: {string.Join(", ", did.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"))}");
        return told;
    }

    private async Task<List<JsonElement>> All(string path, CancellationToken cancellationToken) => [.. (await service.Get<JsonElement>($"{path}&limit=200", cancellationToken)).GetProperty("items").EnumerateArray()];

    private Task<T> Post<T>(string path, Dictionary<string, object?> body, CancellationToken cancellationToken) => service.Post<T>(path, body, null, cancellationToken);

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
