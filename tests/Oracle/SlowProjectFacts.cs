namespace Agency.Tests.Oracle;

// Project facts and plan changes: domain 4.2, 4.4, 5.7, 5.9, 7.
public sealed partial class SlowProject
{
    private static readonly SlowItemState[] _open =
        [SlowItemState.Submitted, SlowItemState.SupplementRequested, SlowItemState.Accepted, SlowItemState.Suspended];

    /// <summary>Rule 7, construction: the day S3's milestone was reached, within the item's work.</summary>
    private DateOnly? ConstructionFrom(IReadOnlyList<SlowStep> facts, string code, DateOnly today, Func<DateOnly, SlowPlanView>? planOf) =>
        ReachedOn([.. facts], planOf ?? PlanOfEachDay([.. facts]), "S3", SlowPlanView.WorkOf(code), today);

    /// <summary>Rule 7, construction: the day the owner reports the works finished.</summary>
    private static DateOnly? FinishedOn(IReadOnlyList<SlowStep> facts, string code) =>
        facts.FirstOrDefault(f => f.Kind == SlowKind.WorksFinished && f.Work == SlowPlanView.WorkOf(code))?.OccurredOn;

    private SlowVerdict JudgeProject(IReadOnlyList<SlowStep> history, List<SlowStep> facts, SlowStep step, DateOnly today)
    {
        List<string> refusals = [];
        List<string> dependsOn = [];
        Dated(step, today, refusals);
        if (facts.Any(f => f.Kind == SlowKind.Terminate))
            refusals.Add("5.9 terminated");
        bool byOwner = step.Kind == SlowKind.WorksFinished && step.Actor.Role is SlowRole.Owner or SlowRole.Clerk;
        if (byOwner && step.Actor.Role == SlowRole.Clerk)
            dependsOn.Add("P28");
        if (step.Actor.Role != SlowRole.Office && !byOwner)
            refusals.Add("5.1 who");

        if (step.Kind == SlowKind.Divide)
            step = step with { Work = history.Where(f => f.Kind == SlowKind.Divide).Select(f => f.Work).DefaultIfEmpty(1).Max() + 1 }; // never reused

        List<SlowStep> withdrawals = [];
        if (_changes.Contains(step.Kind))
        {
            if (string.IsNullOrEmpty(step.Reason))
                refusals.Add("4.2 reason");
            // 5.7: never before the item's last step in force
            if (step.Item.Length > 0 && facts.Any(f => IsItemStep(f) && f.Item == step.Item && f.OccurredOn > step.OccurredOn))
            {
                dependsOn.Add("P29");
                refusals.Add("5.7 order");
            }
            CheckChange(facts, step, refusals, dependsOn);
        }
        else
        {
            if (step.Kind is SlowKind.Pause or SlowKind.Terminate && facts.Any(f => IsItemStep(f) && f.OccurredOn > step.OccurredOn))
                refusals.Add("5.8 before recorded steps");
            if (step.Kind is SlowKind.Pause or SlowKind.Continue or SlowKind.Terminate
                && facts.Any(f => f.Kind is SlowKind.Pause or SlowKind.Continue && f.OccurredOn > step.OccurredOn))
                refusals.Add("5.7 order");
            if (step.Kind == SlowKind.WorksFinished && facts.Any(f => f.Kind == step.Kind && f.Work == step.Work && f.OccurredOn > step.OccurredOn))
                refusals.Add("7 reported once");
            List<SlowStep> before = [.. facts.Where(f => f.OccurredOn <= step.OccurredOn)];
            CheckProjectFact(before, PlanOf(facts, facts), step, today, refusals, dependsOn, withdrawals);
        }
        return refusals.Count > 0 ? new SlowVerdict(refusals, [], dependsOn) : new SlowVerdict([], [step, .. withdrawals], dependsOn);
    }

    /// <summary>Pause, continuation, termination, works finished, by what stands before.</summary>
    private void CheckProjectFact(
        List<SlowStep> before, SlowPlanView view, SlowStep step, DateOnly today, List<string> refusals, List<string> dependsOn, List<SlowStep> withdrawals)
    {
        bool paused = IsPaused(before);
        switch (step.Kind)
        {
            case SlowKind.Pause:
                if (paused)
                    refusals.Add("5.9 paused already");
                break;
            case SlowKind.Continue:
                if (!paused)
                    refusals.Add("5.9 not paused");
                break;
            case SlowKind.Terminate:
                foreach (SlowPlanItem item in view.Items.Values)
                {
                    SlowItemLife life = Life(before, item.Code, step.OccurredOn);
                    if (life.State is { } state && _open.Contains(state)) // 5.9: open rounds withdrawn
                    {
                        withdrawals.Add(new SlowStep(SlowKind.Withdraw, step.OccurredOn) { Item = item.Code, BySystem = true, RecordedOn = step.RecordedOn });
                        if (item.DeemedAcceptance && life.W < step.OccurredOn)
                            dependsOn.Add("P27");
                    }
                }
                break;
            case SlowKind.WorksFinished:
                if (paused)
                {
                    dependsOn.Add("P28");
                    refusals.Add("5.7 pause");
                }
                if (!view.Works.Contains(step.Work))
                    refusals.Add("404 unknown work");
                if (before.Any(f => f.Kind == SlowKind.WorksFinished && f.Work == step.Work))
                    refusals.Add("7 reported once");
                DateOnly? milestone = ReachedOn(before, PlanOfEachDay(before), "S3", step.Work, step.OccurredOn);
                if (milestone is null)
                    refusals.Add("7 before the milestone");
                else if (milestone == step.OccurredOn)
                    dependsOn.Add("P28");
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} on {today} is no project fact");
        }
    }

    /// <summary>4.2, 4.4: a plan change, by the facts recorded before it.</summary>
    private void CheckChange(List<SlowStep> facts, SlowStep change, List<string> refusals, List<string> dependsOn)
    {
        SlowPlanView view = PlanOf(facts, facts);
        if (change.Kind is SlowKind.Strike or SlowKind.Restore or SlowKind.LowerLimit && !view.Items.ContainsKey(change.Item))
        {
            refusals.Add("404 unknown item");
            return;
        }
        switch (change.Kind)
        {
            case SlowKind.Strike:
                // before its submission, or after a round that ended without approval
                SlowItemState? state = SlowItemLife.Read(StepsOf(facts, change.Item), calendar, Pauses(facts), false, DateOnly.MaxValue).State;
                bool revoked = state == SlowItemState.Revoked;
                if (revoked)
                    dependsOn.Add("P7");
                if (state is not (null or SlowItemState.Denied or SlowItemState.Refused or SlowItemState.Withdrawn) && !(revoked && _readings.RevokedCanBeStruck))
                    refusals.Add("4.2 strike");
                if (view.IsStruck(change.Item))
                    refusals.Add("4.2 struck already");
                break;
            case SlowKind.Restore:
                if (!view.IsStruck(change.Item))
                    refusals.Add("4.2 not struck");
                break;
            case SlowKind.Add:
                if (!view.CanAdd(change.Item))
                    refusals.Add("4.2 add");
                break;
            case SlowKind.LowerLimit:
                if (change.Days < 0 || change.Days >= view.CurrentLimit(change.Item))
                    refusals.Add("4.2 lower limit");
                break;
            case SlowKind.Answer:
                if (change.Condition is null || !view.Asks(change.Condition))
                    refusals.Add("4.2 unknown condition");
                else if (view.AnswerMakesTwo(change.Condition, change.Yes))
                    refusals.Add("4.2 two yes");
                break;
            case SlowKind.Move:
                if (change.Flow is null)
                    refusals.Add("4.2 no flow");
                break;
            case SlowKind.Divide:
                break;
            case SlowKind.Merge:
                if (change.Work == 1 || !view.Works.Contains(change.Work))
                    refusals.Add("404 unknown work");
                else if (facts.Any(f => f.Kind == SlowKind.Submit && SlowPlanView.WorkOf(f.Item) == change.Work))
                    refusals.Add("4.4 merge");
                break;
            default:
                throw new InvalidOperationException($"{change.Kind} is no plan change");
        }
        if (refusals.Count > 0)
            return;
        // 4.2: two that apply are refused, however they come to apply
        List<string> already = [.. view.Doubles()];
        if (PlanOf([.. facts, change with { Sequence = int.MaxValue }], facts).Doubles().Any(d => !already.Contains(d)))
            refusals.Add("4.2 two yes");
    }
}
