using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agency.Faults.Load;

/// <summary>Review sessions with a resolution for each of some projects, which are given out when the session is concluded.</summary>
internal static class Sessions
{
    /// <summary>Code of the department that leads every resolution.</summary>
    public const string Lead = "511300-FGW";

    private const string Chair = "mayor";

    /// <summary>Sessions that are under way, every entry concluded.</summary>
    /// <param name="projects">Codes of projects that are registered.</param>
    /// <param name="today">The day that it is at the silos.</param>
    public static async Task<IReadOnlyList<StreamId>> Open(Sender sender, int count, IReadOnlyList<string> projects, DateOnly today, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(Enumerable.Range(0, count).Select(number => OpenOne(sender, number, projects, today, cancellationToken)))];

    /// <summary>The step by which its resolutions are given.</summary>
    public static Command Conclusion(StreamId session) => Command.Of(session, "conclusion", $$"""{ "onBehalfOf": "{{Chair}}" }""", $"{session.Id}-conclusion");

    private static async Task<StreamId> OpenOne(Sender sender, int number, IReadOnlyList<string> projects, DateOnly today, CancellationToken cancellationToken)
    {
        var draft = Command.Review($$"""{ "kind": "jointConference", "title": "联席会议", "startsAt": "{{today:O}}T23:59:59+08:00", "chair": "{{Chair}}" }""", $"session-{number}");
        await sender.Send(draft, number, cancellationToken);
        var entry = await Do("agenda", """{ "question": "如何推进？" }""", "entry");
        await Do("convening", """{ "reason": "当日召开" }""", "convening");
        await Do("opening", "{}", "opening");
        JsonArray resolutions = [.. projects.Select(p => new JsonObject { ["action"] = "提出解决方案", ["lead"] = Lead, ["project"] = p, ["dueDate"] = today.AddDays(10).ToString("O", CultureInfo.InvariantCulture) })];
        await Do($"agenda/{Id(entry)}/conclusion", new JsonObject { ["outcome"] = "adopted", ["resolutions"] = resolutions, ["onBehalfOf"] = Chair }.ToJsonString(), "resolutions");
        return draft.Stream;

        Task<Answer> Do(string step, string body, string key) => sender.Send(Command.Of(draft.Stream, step, body, $"session-{number}-{key}"), number, cancellationToken);
    }

    private static string Id(Answer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement.GetProperty("id").GetString()!;
    }
}
