using System.Collections.Immutable;
using System.Globalization;
using Agency.Approvals;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Projects;

/// <summary>Changes of the plan, standstills and corrections; each in the words of both models.</summary>
internal static class RandomChanges
{
    public static (PlanChange Change, SlowStep Slow) Plan(Random random, ImmutableArray<string> codes, ProjectState state, DateOnly day)
    {
        var code = codes[random.Next(codes.Length)];
        switch (random.Next(6))
        {
            case 0:
                return (new ItemStruck(code), new(SlowKind.Strike, day) { Item = code });
            case 1:
                var struck = state.Plan!.Struck.IsEmpty ? code : state.Plan.Struck.First();
                return (new ItemRestored(struck), new(SlowKind.Restore, day) { Item = struck });
            case 2:
                var limit = random.Next(0, 8);
                return (new LimitLowered(code, limit), new(SlowKind.LowerLimit, day) { Item = code, Days = limit });
            case 3:
                return (new WorkDivided(0, null), new(SlowKind.Divide, day));
            case 4:
                var work = random.Next(1, 4);
                return (new WorkMerged(work), new(SlowKind.Merge, day) { Work = work });
            default:
                var (condition, yes) = ($"Q{random.Next(4)}", random.Next(2) == 0);
                return (new ConditionAnswered(condition, yes), new(SlowKind.Answer, day) { Condition = condition, Yes = yes });
        }
    }

    public static (ProjectFact Fact, SlowStep Slow) Standstill(Random random, ProjectState state, DateOnly day)
    {
        if (state.Standstill.IsOpen && random.Next(4) != 0) return (new ProjectContinued(null), new(SlowKind.Continue, day));
        switch (random.Next(12))
        {
            case 0:
                return (new ProjectTerminated(null), new(SlowKind.Terminate, day));
            case < 4:
                var work = random.Next(1, 3);
                return (new WorksFinished(work, day), new(SlowKind.WorksFinished, day) { Work = work });
            case 4:
                return (new ProjectContinued(null), new(SlowKind.Continue, day));
            default:
                return (new ProjectPaused(null), new(SlowKind.Pause, day));
        }
    }

    public static (ImmutableArray<Correction> Corrections, SlowStep Slow) Corrections(Random random, ProjectState state, Dictionary<long, int> places, List<SlowStep> slowRecord, DateOnly today)
    {
        var targets = places.Keys.Where(v => state.Entries[(int)v - 1].Actor.Role != Role.System).Order().ToArray();
        var act = Enumerable.Range(0, random.Next(3) == 0 ? 2 : 1).Select(_ => One(random, targets[random.Next(targets.Length)], state, places, slowRecord, today)).ToArray();
        return ([.. act.Select(a => a.Correction)], new SlowStep(SlowKind.Correct, today) { Act = [.. act.Select(a => a.Slow)] });
    }

    private static (Correction Correction, SlowStep Slow) One(Random random, long version, ProjectState state, Dictionary<long, int> places, List<SlowStep> slowRecord, DateOnly today)
    {
        var (target, slow) = (state.Entries[(int)version - 1], slowRecord[places[version]]);
        var correct = new SlowStep(SlowKind.Correct, today) { Target = places[version] };
        if (target.Fact is Correction || random.Next(4) == 0) return (new(version, null, null, Void: true), correct);
        var day = target.OccurredOn.AddDays(random.Next(-4, 5));

        // That a notice's date lies after its day, and what is tolerated is due no earlier than its acceptance, the model does not ask.
        if (target.Fact is SupplementRequest { DueOn: { } due } && day >= due) day = due.AddDays(-1);
        if (target.Fact is Acceptance { Tolerated: [var owed, ..] } && day > owed.DueOn) day = owed.DueOn;
        return target.Fact switch
        {
            // Whether the office, correcting what an applicant recorded, has confirmed it, the rules leave open.
            ItemDecision { Outcome: DecisionOutcome.Denied } when target.Actor.Role is Role.Office or Role.Department && random.Next(2) == 0 =>
                (new(version, day, """{ "outcome": "approved" }""", false), correct with { Instead = slow with { OccurredOn = day, Approved = true } }),
            Extension when random.Next(2) == 0 => (new(version, null, """{ "days": 3 }""", false), correct with { Instead = slow with { Days = 3 } }),
            WorksFinished => (new(version, day, $$"""{ "finishedOn": "{{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}" }""", false), correct with { Instead = slow with { OccurredOn = day } }),
            _ => (new(version, day, null, false), correct with { Instead = slow with { OccurredOn = day } }),
        };
    }
}
