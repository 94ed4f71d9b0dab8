namespace Agency.Reviews.Papers;

/// <summary>Makes a session's papers from the facts; pure.</summary>
internal static class PaperWriter
{
    /// <summary>The paper; null where there can be none yet: no report or minutes before the session has concluded.</summary>
    public static Paper? Of(PaperKind kind, PaperFacts facts) => kind switch
    {
        PaperKind.Briefing => Briefing(facts),
        _ when !facts.Review.Dates.ContainsKey(ReviewStatus.Concluded) => null,
        PaperKind.Report => Report(facts),
        _ => Minutes(facts),
    };

    // The decisions wanted from the chair come first, and what the last session was promised in vain.
    private static Paper Briefing(PaperFacts facts) => facts.Paper(
        PaperKind.Briefing,
        [
            new("decisions", [.. facts.Review.Agenda.Select(e => PaperPoint.Of(
                PaperSections.Question(e),
                [
                    .. e.Wanted is { } wanted ? [Sentence.Of("wanted", ("text", wanted))] : (Sentence[])[],
                    .. e.Subject.Scenario is { } scenario ? [Sentence.Of("scenario", ("name", scenario.Name)), .. scenario.Decisions.Select(d => Sentence.Of("scenarioDecision", ("item", d.Item), ("by", d.By)))] : (Sentence[])[],
                    Sentence.Of("options"),
                    .. PaperSections.Stances(e),
                ]))]),
            .. PaperSections.Promises(facts) is { } promises ? [promises] : (PaperSection[])[],
            PaperSections.Progress(facts),
            PaperSections.Problems(facts),
            PaperSections.Countermeasures(facts),
            PaperSections.Urging(facts.Open, facts.OpenLeft),
        ]);

    private static Paper Report(PaperFacts facts) => facts.Paper(
        PaperKind.Report,
        [
            new("progress", [Held(facts), .. facts.Review.Agenda.Select(e => Concluded(e)), .. PaperSections.Progress(facts).Points]),
            new("problems", [.. facts.Review.Agenda.Where(e => e.Outcome is Outcome.Deferred or Outcome.ReferredUp).Select(e => Concluded(e)), .. PaperSections.Problems(facts).Points]),
            PaperSections.Countermeasures(facts),
            PaperSections.Urging(Taken(facts)),
            .. PaperSections.Promises(facts) is { } promises ? [promises] : (PaperSection[])[],
        ]);

    private static Paper Minutes(PaperFacts facts) => facts.Paper(
        PaperKind.Minutes,
        [
            new("session", [Held(facts), .. People(facts)]),
            new("attendance", [.. facts.Review.Attendance.Select(a => PaperPoint.Of(a.Delegate is { } person
                ? Sentence.Of("delegated", ("department", a.Department), ("attendance", a.Attendance), ("person", person))
                : Sentence.Of(a.Attendance is null ? "attendanceUnknown" : "attendanceOf", ("department", a.Department), ("attendance", a.Attendance))))]),
            new("conclusions", [.. facts.Review.Agenda.Select(e => PaperPoint.Of(
                Concluded(e).Sentence,
                [.. e.Remarks is { } remarks ? [Sentence.Of("remarks", ("text", remarks))] : (Sentence[])[], .. PaperSections.Stances(e), .. Taken(facts).Where(r => r.Entry == e.Id).Select(r => Sentence.Of(r.Assisting.IsEmpty ? "resolved" : "resolvedAssisted", ("department", r.Lead), ("departments", r.Assisting), ("action", r.Action), ("dueDate", r.DueDate)))]))]),
        ]);

    private static PaperPoint Held(PaperFacts facts) => PaperPoint.Of(facts.Review.Plan switch
    {
        { StartsAt: { } start, Place: { } place } => Sentence.Of("heldAt", ("kind", facts.Review.Kind), ("startsAt", start), ("place", place)),
        { StartsAt: { } start } => Sentence.Of("held", ("kind", facts.Review.Kind), ("startsAt", start)),
        { OpinionsBy: { } day } => Sentence.Of("consulted", ("opinionsBy", day)),
        _ => Sentence.Of("heldSomeTime", ("kind", facts.Review.Kind)),
    });

    private static IEnumerable<PaperPoint> People(PaperFacts facts)
    {
        if (facts.Review.Plan.Chair is { } chair) yield return PaperPoint.Of(Sentence.Of("chair", ("person", chair)));
        if (facts.Review.Plan.Recorder is { } recorder) yield return PaperPoint.Of(Sentence.Of("recorder", ("person", recorder)));
    }

    private static PaperPoint Concluded(AgendaEntryView e) => PaperPoint.Of(e.Subject.Project is { } project
        ? Sentence.Of("concludedOf", ("project", project), ("text", e.Question), ("outcome", e.Outcome))
        : Sentence.Of("concluded", ("text", e.Question), ("outcome", e.Outcome)));

    private static IEnumerable<ResolutionView> Taken(PaperFacts facts) => facts.Review.Resolutions.Where(r => r.State != ResolutionStatus.Withdrawn);
}
