namespace Agency.Tests.Oracle;

public sealed partial class SlowProject
{
    /// <summary>Rule 7, construction: the day S3's milestone was reached, within the item's work.</summary>
    private DateOnly? ConstructionFrom(IReadOnlyList<SlowStep> facts, string code, DateOnly today) =>
        ReachedOn([.. facts], "S3", SlowPlanView.WorkOf(code), today);

    /// <summary>Rule 7, construction: the day the owner reports the works finished.</summary>
    private static DateOnly? FinishedOn(IReadOnlyList<SlowStep> facts, string code) =>
        facts.FirstOrDefault(f => f.Kind == SlowKind.WorksFinished && f.Work == SlowPlanView.WorkOf(code))?.OccurredOn;

    private static SlowVerdict JudgeProject(List<SlowStep> facts, int next, SlowStep step, DateOnly today) =>
        throw new NotSupportedException($"{step.Kind} on {today} after {facts.Count} facts at {next}");

    private static SlowVerdict JudgeCorrection(IReadOnlyList<SlowStep> history, SlowStep step, DateOnly today) =>
        throw new NotSupportedException($"{step.Kind} on {today} after {history.Count} facts");
}
