namespace Agency.Tests.Oracle;

// Corrections and voids: domain 5.8. The corrected record is judged from its first fact to its last.
public sealed partial class SlowProject
{
    private SlowVerdict JudgeCorrection(IReadOnlyList<SlowStep> history, SlowStep command, DateOnly today)
    {
        List<string> refusals = [];
        if (command.Actor.Role != SlowRole.Office)
            refusals.Add("5.1 who");
        if (string.IsNullOrEmpty(command.Reason))
            refusals.Add("5.8 reason");
        List<SlowStep> corrections = [.. (command.Act.Count > 0 ? command.Act : [command]).Select(c => c with { Act = [], RecordedOn = today, OccurredOn = today })];
        foreach (SlowStep correction in corrections)
        {
            if (correction.Target < 0 || correction.Target >= history.Count)
            {
                refusals.Add("404 unknown fact");
                continue;
            }
            SlowStep target = history[correction.Target];
            if (target.BySystem)
                refusals.Add("5.8 system fact");
            if (correction.Instead is { } instead && (instead.Kind != target.Kind || instead.Item != target.Item || instead.BySystem || instead.Target != target.Target))
                refusals.Add("5.8 kind or item");
            if (correction.Instead?.OccurredOn > today)
                refusals.Add("5.7 future");
        }
        if (refusals.Count > 0)
            return new SlowVerdict(refusals, [], []);

        List<SlowStep> old = InForce(history);
        List<SlowStep> corrected = InForce([.. history, .. corrections]);
        HashSet<int> targets = [.. corrections.Select(c => c.Target)];
        HashSet<string> before = [.. Replay(old, [], today).Broken];
        Replayed now = Replay(corrected, targets, today);
        refusals.AddRange(now.Broken.Where(b => !before.Contains(b)).Select(b => $"5.8 breaks {b}"));
        if (refusals.Count > 0)
            return new SlowVerdict(refusals, [], []);

        // The system's facts: what no longer follows is superseded by what does, in the same commit (P34).
        List<SlowStep> standing = [.. corrected.Where(f => f.BySystem)];
        List<SlowStep> needed = [.. now.System];
        SlowPlanView view = PlanOf(corrected, corrected);
        if (!corrected.Any(f => f.Kind == SlowKind.Terminate))
            foreach (string item in standing.Where(f => f.Kind == SlowKind.Accept).Select(f => f.Item).Distinct())
            {
                if (!view.Items.TryGetValue(item, out SlowPlanItem? planned) || !planned.DeemedAcceptance)
                    continue;
                SlowItemLife life = Life(now.Facts, item, today);
                if (life.W is { } w && today > w)
                    needed.Add(Fixed(SlowItemLife.DeemedAcceptance(item, life.Round!.ReceivedOn, w, today), view, planned));
            }
        List<int> superseded = [.. standing.Where(f => !needed.Any(n => Same(n, f))).Select(f => f.Sequence)];
        List<SlowStep> added = [.. needed.Where(n => !standing.Any(f => Same(n, f))).Select(n => n with { RecordedOn = today, Sequence = -1 })];

        for (int i = 0; i < corrections.Count; i++)
            if (corrections[i].Instead is { Kind: SlowKind.Accept } && now.Facts.FirstOrDefault(f => f.Sequence == corrections[i].Target) is { } accepted)
                corrections[i] = corrections[i] with { Instead = accepted };
        corrections[^1] = corrections[^1] with { Supersedes = superseded };
        return new SlowVerdict([], [.. corrections, .. added], []);
    }

    /// <summary>The rules that a record breaks, each with the place of the fact that breaks it. Empty for a sound record.</summary>
    public IReadOnlyList<string> Broken(IReadOnlyList<SlowStep> history, DateOnly today) => Replay(InForce(history), [], today).Broken;

    private static bool Same(SlowStep a, SlowStep b) =>
        a.Kind == b.Kind && a.Item == b.Item && a.OccurredOn == b.OccurredOn && a.AcceptedOn == b.AcceptedOn;

    private sealed record Replayed(List<string> Broken, List<SlowStep> Facts, List<SlowStep> System);

    /// <summary>Judges every fact of a record again, the system's facts left out and found anew.</summary>
    private Replayed Replay(List<SlowStep> facts, HashSet<int> targets, DateOnly today)
    {
        List<string> broken = [];
        List<SlowStep> system = [];
        List<SlowStep> people = [.. facts.Where(f => !f.BySystem)];

        // Plan changes, in recorded order, by what was recorded before each (4.2).
        foreach (SlowStep change in people.Where(f => _changes.Contains(f.Kind)).OrderBy(f => f.Sequence))
        {
            List<string> refusals = [];
            CheckChange([.. people.Where(f => f.Sequence < change.Sequence)], change, refusals, []);
            broken.AddRange(refusals.Select(r => $"{change.Sequence}: {r}"));
        }

        // Steps and project facts, in effective order, each by the plan as it stood when it was recorded.
        List<SlowStep> before = [];
        foreach (SlowStep fact in InEffect(people.Where(f => !_changes.Contains(f.Kind))))
        {
            List<string> refusals = [];
            SlowStep recorded = fact;
            List<SlowStep> known = [.. people.Where(f => f.Sequence < fact.Sequence)];
            SlowPlanView view = PlanOf(known, known);
            if (before.Any(f => f.Kind == SlowKind.Terminate))
                refusals.Add("5.9 terminated");
            if (!IsItemStep(fact))
            {
                // the milestone of "works finished" is found by the plan changes of its day
                List<SlowStep> withdrawals = [];
                List<SlowStep> withChanges = [.. before, .. known.Where(f => _changes.Contains(f.Kind) && f.OccurredOn <= fact.OccurredOn)];
                CheckProjectFact(withChanges, view, fact, today, refusals, [], withdrawals);
                before.Add(fact);
                before.AddRange(withdrawals.Select(w => w with { Sequence = fact.Sequence }));
                system.AddRange(withdrawals);
            }
            else if (!view.Items.TryGetValue(fact.Item, out SlowPlanItem? item))
            {
                refusals.Add("404 unknown item");
            }
            else
            {
                List<SlowStep> deemed = [];
                Check(before, view, item, fact, today, refusals, [], deemed, out recorded);
                if (!targets.Contains(fact.Sequence))
                    recorded = fact; // P33
                before.AddRange(deemed.Select(d => d with { Sequence = fact.Sequence }));
                system.AddRange(deemed);
                if (refusals.All(r => r == "5.1 who"))
                    before.Add(recorded);
                refusals.Remove("5.1 who"); // who recorded it is not what a correction changes
            }
            broken.AddRange(refusals.Select(r => $"{fact.Sequence}: {r}"));
        }
        return new Replayed(broken, before, system);
    }
}
