using System.Globalization;

namespace Agency.Demo;

/// <summary>What the service says of the building, as text.</summary>
internal static class Report
{
    /// <summary>The stages with their clocks, the total, the works, and what was out of the ordinary.</summary>
    public static IEnumerable<string> Of(Project project, Plan plan, IReadOnlyList<Fact> history)
    {
        yield return $"{project.Name}  {project.Code}";
        yield return $"{project.Flow} version {project.FlowVersion}, {project.Items.Applicable} items, {project.Items.Approved} approved; registered {Day(project.RegisteredOn)}, "
            + (project.CompletedOn is { } completed ? $"completed {Day(completed)}" : "not complete");
        yield return "";
        string[][] stages = [.. project.Stages.Select(s => (string[])[$"{s.Code} {s.Name}", Day(s.StartedOn), Day(s.ReachedOn), Day(s.CompletedOn), Used(s.Clock), s.Clock.Light])];
        foreach (var line in TextTable.Lines([["Stage", "Started", "Reached", "Complete", "Days / limit", "Light"], .. stages])) yield return line;
        yield return "";
        yield return $"Approval days {Used(project.Clock)} ({project.Clock.Light}), span {project.SpanDays} calendar days.";
        yield return "";
        string[][] works = [.. project.Works.Select(w => (string[])[$"{w.Number} {w.Name}", Approved(plan, w.Number), Day(w.PermittedOn), Day(w.FinishedOn)])];
        foreach (var line in TextTable.Lines([["Work", "Approved / items", "Permitted", "Reported finished"], .. works, ["whole project", Approved(plan, null), "", ""]])) yield return line;
        yield return "";
        yield return $"Decisions delivered: {plan.Items.Sum(i => i.Rounds.Count(r => r.DeliveredOn is not null))}.";
        yield return "";
        yield return "Out of the ordinary:";
        var names = plan.Items.ToDictionary(i => i.Code, i => i.Name);
        var late = plan.Items.Where(i => i is { Approved: true, Clock.Light: "red" })
            .Select(i => (Day: i.Round.DecidedOn!.Value, i.Code, What: (string?)$"decided late: due {Day(i.Clock.DueDate)}"));
        var again = plan.Items.Where(i => i is { Approved: true, Rounds.Count: > 1 }).Select(i => (Day: i.Round.DecidedOn!.Value, i.Code, What: (string?)$"approved in round {i.Rounds.Count}"));
        var events = history.Select(f => (Day: f.OccurredOn, Code: f.Data.Item ?? "", What: What(f))).Where(e => e.What is not null).Concat(late).Concat(again).OrderBy(e => e.Day);
        foreach (var line in TextTable.Lines([.. events.Select(e => (string[])[Day(e.Day), $"{e.Code} {names.GetValueOrDefault(e.Code)}", e.What!])])) yield return line;
    }

    // What happened, of facts that are not everyday ones.
    private static string? What(Fact fact) => fact switch
    {
        { Type: "supplement-request" } => $"supplement requested: {string.Join(", ", fact.Data.Missing ?? [])}",
        { Type: "supplement" } => "supplemented",
        { Type: "suspension" } => $"suspended, procedure {fact.Data.Procedure}, {fact.Data.AnnouncedDays} days announced: {fact.Data.Reason}",
        { Type: "resumption" } => "resumed",
        { Type: "extension" } => $"extended by {fact.Data.Days} days: {fact.Data.Reason}",
        { Type: "decision", Data.Outcome: "denied" } => $"denied: {fact.Data.Reason}",
        { Type: "deemed-acceptance" } => $"nobody answered: accepted as from {Day(fact.Data.AcceptedOn)}",
        _ => null,
    };

    private static string Approved(Plan plan, int? work)
    {
        Item[] items = [.. plan.Items.Where(i => i.Work == work && i.Applies)];
        return string.Create(CultureInfo.InvariantCulture, $"{items.Count(i => i.Approved)} / {items.Length}");
    }

    private static string Used(Clock clock) => string.Create(CultureInfo.InvariantCulture, $"{clock.UsedDays} / {clock.LimitDays}");

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
