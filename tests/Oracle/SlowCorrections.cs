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

        List<SlowStep> corrected = InForce([.. history, .. corrections]);
        corrections = [.. corrections.Select(c => FixedAnew(c, corrected))];
        corrected = InForce([.. history, .. corrections]);
        List<SlowStep> old = InForce(history);
        Replayed now = Replay(corrected, [.. Replay(old, null, today).Broken], today);
        refusals.AddRange(now.Broken.Select(b => $"5.8 breaks {b}"));
        if (refusals.Count > 0)
            return new SlowVerdict(refusals, [], []);

        // The system's facts: what no longer follows is superseded by what does, in the same commit (P34).
        List<SlowStep> standing = [.. corrected.Where(f => f.BySystem)];
        List<SlowStep> needed = [.. now.System];
        SlowPlanView view = PlanOf(corrected, corrected);
        if (!corrected.Any(f => f.Kind == SlowKind.Terminate))
            foreach (SlowPlanItem item in view.Items.Values.Where(i => i.DeemedAcceptance))
            {
                SlowItemLife life = Life(now.Facts, item.Code, today);
                if (life.W is not { } w || today <= w)
                    continue;
                int receipt = life.Steps.Last(s => s.Kind is SlowKind.Submit or SlowKind.Supplement).Sequence;
                if (Life(old, item.Code, DateOnly.MaxValue).Steps.SkipWhile(s => s.Sequence != receipt).ElementAtOrDefault(1) is { BySystem: true, Kind: SlowKind.Accept })
                    needed.Add(Fixed(SlowItemLife.DeemedAcceptance(item.Code, life.Round!.ReceivedOn, w, today), view, item));
            }
        List<int> superseded = [.. standing.Where(f => !needed.Any(n => Same(n, f))).Select(f => f.Sequence)];
        List<SlowStep> added = [.. needed.Where(n => !standing.Any(f => Same(n, f))).Select(n => n with { RecordedOn = today, Sequence = -1 })];
        corrections[^1] = corrections[^1] with { Supersedes = superseded };
        return new SlowVerdict([], [.. corrections, .. added], []);
    }

    /// <summary>P33: the limit, cap and department of an acceptance that is corrected, of its new day and by the plan as it stood when it was recorded.</summary>
    private SlowStep FixedAnew(SlowStep correction, List<SlowStep> corrected)
    {
        if (correction.Instead is not { } instead)
            return correction;
        if (instead.Kind == SlowKind.Correct)
            return correction with { Instead = FixedAnew(instead, corrected) };
        List<SlowStep> known = [.. corrected.Where(f => f.Sequence < correction.Target)];
        SlowPlanView view = PlanOf(known, known);
        return instead.Kind == SlowKind.Accept && view.Items.TryGetValue(instead.Item, out SlowPlanItem? item) ? correction with { Instead = Fixed(instead, view, item) } : correction;
    }

    /// <summary>The rules that a record breaks, each with the place of the fact that breaks it. Empty for a sound record.</summary>
    public IReadOnlyList<string> Broken(IReadOnlyList<SlowStep> history, DateOnly today) => Replay(InForce(history), null, today).Broken;

    private static bool Same(SlowStep a, SlowStep b) =>
        a.Kind == b.Kind && a.Item == b.Item && a.OccurredOn == b.OccurredOn && a.AcceptedOn == b.AcceptedOn;

    private sealed record Replayed(List<string> Broken, List<SlowStep> Facts, List<SlowStep> System);

    /// <summary>Judges every fact of a record again, the system's facts left out and found anew.</summary>
    /// <param name="known">Rules that may be broken; at the first other that is, the judging ends. Left out: every rule may be.</param>
    private Replayed Replay(List<SlowStep> facts, HashSet<string>? known, DateOnly today)
    {
        Replayed replayed = new([], [], []);
        List<SlowStep> people = [.. facts.Where(f => !f.BySystem)];
        bool Breaks(SlowStep fact, List<string> refusals)
        {
            IEnumerable<string> broken = refusals.Select(r => $"{fact.Sequence}: {r}");
            replayed.Broken.AddRange(known is null ? broken : broken.Where(b => !known.Contains(b)));
            return known is not null && replayed.Broken.Count > 0;
        }

        // Plan changes, in recorded order, by what was recorded before each (4.2).
        foreach (SlowStep change in people.Where(f => _changes.Contains(f.Kind)).OrderBy(f => f.Sequence))
        {
            List<string> refusals = [];
            CheckChange([.. people.Where(f => f.Sequence < change.Sequence)], change, refusals, []);
            if (Breaks(change, refusals))
                return replayed;
        }

        // Steps and project facts, in effective order, each by the plan as it stood when it was recorded.
        List<SlowStep> before = replayed.Facts;
        foreach (SlowStep fact in InEffect(people.Where(f => !_changes.Contains(f.Kind))))
        {
            List<string> refusals = [];
            List<SlowStep> recorded = [.. people.Where(f => f.Sequence < fact.Sequence)];
            SlowPlanView view = PlanOf(recorded, recorded);
            if (before.Any(f => f.Kind == SlowKind.Terminate))
                refusals.Add("5.9 terminated");
            if (!IsItemStep(fact))
            {
                // the milestone of "works finished" is found by the plan changes of its day
                List<SlowStep> withdrawals = [];
                List<SlowStep> withChanges = [.. before, .. recorded.Where(f => _changes.Contains(f.Kind) && f.OccurredOn <= fact.OccurredOn)];
                CheckProjectFact(withChanges, view, fact, today, refusals, [], withdrawals);
                before.Add(fact);
                before.AddRange(withdrawals.Select(w => w with { Sequence = fact.Sequence }));
                replayed.System.AddRange(withdrawals);
            }
            else if (!view.Items.TryGetValue(fact.Item, out SlowPlanItem? item))
            {
                refusals.Add("404 unknown item");
            }
            else
            {
                List<SlowStep> deemed = [];
                Check(before, view, item, fact, today, refusals, [], deemed, out _);
                refusals.Remove("5.1 who"); // who recorded it is not what a correction changes
                before.AddRange(deemed.Select(d => d with { Sequence = fact.Sequence }));
                replayed.System.AddRange(deemed);
                before.Add(fact);
            }
            if (Breaks(fact, refusals))
                return replayed;
        }
        return replayed;
    }
}
