using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

/// <summary>Random lives of resolutions, several units and the office at once, against the slow model: the same is taken, refused and known, and the
/// same is seen on every day.</summary>
public sealed class ResolutionLifeTests
{
    private static readonly string[] _who = ["office", "office", "office", ResolvedSession.Lead, ResolvedSession.Lead, ResolvedSession.Lead, ResolvedSession.Assisting, ResolvedSession.Stranger, "chair", "chair", "leader", "supervisor"];
    private static readonly string?[] _for = [null, null, null, null, ResolvedSession.Lead, ResolvedSession.Lead, ResolvedSession.Assisting, ResolvedSession.Stranger, ResolvedSession.Chair.Id, ResolvedSession.Chair.Id, "vice"];

    [Fact]
    public void A_life_is_as_the_rules_say() => Seeds.Each(400, seed => Assert.Contains("done", Live(seed)));

    [Fact]
    public void Every_deed_is_done_refused_and_repeated_in_some_life()
    {
        var told = Enumerable.Range(0, 400).SelectMany(Live).ToHashSet(StringComparer.Ordinal);
        Assert.All(Enum.GetNames<SlowDeed>(), deed => Assert.Contains($"{deed} done", told));
        Assert.All(Enum.GetNames<SlowDeed>(), deed => Assert.Contains($"{deed} no", told));
        Assert.All(new[] { SlowDeed.Receipt, SlowDeed.Ask, SlowDeed.Grant, SlowDeed.Urge, SlowDeed.Complete, SlowDeed.Confirm }, deed => Assert.Contains($"{deed} same", told));
    }

    private static IEnumerable<string> Live(int seed)
    {
        var random = new Random(seed);
        var held = new DateOnly(2026, 1, 20).AddDays(random.Next(60));
        var due = held.AddDays(random.Next(12));
        var session = new ResolvedSession(held, "r1", ResolvedSession.Draft(due)).Concluded(held);
        var slow = new SlowResolution(ResolvedSession.Chair.Id, ResolvedSession.Lead, ResolvedSession.Assisting, held, due);
        var (today, told) = (held, new List<string> { "done" });
        for (var i = 0; i < 60; i++)
        {
            if (random.Next(3) == 0) today = today.AddDays(random.Next(5));
            var step = Random(random, today, slow.Due);
            var before = session.State.Version;
            var refusal = Give(session, step, today);
            var verdict = refusal is not null ? "no" : session.State.Version == before ? "same" : "done";
            var expected = slow.Take(step);
            Assert.True(expected == verdict, $"{step} on {today}: {expected}, but {verdict} {refusal}");
            told.Add($"{step.What} {verdict}");
            foreach (var day in new[] { today, slow.Due, slow.Due.AddDays(1), slow.Due.AddDays(-random.Next(8)), today.AddDays(random.Next(9)) }) Compare(session, slow, day);
        }

        return told;
    }

    private static void Compare(ResolvedSession session, SlowResolution slow, DateOnly day)
    {
        var view = session.On(day);
        Assert.Equal(
            (slow.State, slow.Due, slow.Light(day, ResolvedSession.Calendar), slow.DaysLate(day, ResolvedSession.Calendar), slow.Asked, slow.Chased),
            ($"{view.State}", view.DueDate, $"{view.Light}", view.OverdueDays, view.AskedFor, view.Ladder.Length));
        Assert.Equal(slow.Late(day) && slow.Chased < 4 ? (LadderStep)slow.Chased : null, view.NextStep);
        Assert.Equal(slow.Finished?.Day, view.CompletedOn);
        Assert.Equal(slow.Closed ? slow.Finished?.Day : null, view.ClosedOn);
    }

    private static SlowStep Random(Random random, DateOnly today, DateOnly due)
    {
        var by = _who[random.Next(_who.Length)];
        var onPaper = random.Next(by == "office" ? 3 : 12) == 0;
        return new(
            (SlowDeed)random.Next(8),
            by,
            by == "office" ? _for[random.Next(_for.Length)] : null,
            onPaper,
            onPaper ? today.AddDays(-random.Next(4)) : today,
            due.AddDays(random.Next(-1, 4)),
            random.Next(2) == 0 ? null : random.Next(4),
            random.Next(5) == 0 ? null : $"proof {random.Next(2)}",
            random.Next(4) > 0);
    }

    private static string? Give(ResolvedSession session, SlowStep step, DateOnly today)
    {
        ResolutionFact command = step.What switch
        {
            SlowDeed.Receipt => new ResolutionReceived(1),
            SlowDeed.Ask => new ResolutionExtensionRequested(1, step.Until),
            SlowDeed.Grant => new ResolutionExtended(1, step.Until),
            SlowDeed.Urge => new ResolutionUrged(1, (LadderStep?)step.Rung),
            SlowDeed.Report => new ResolutionProgressed(1),
            SlowDeed.Complete => new ResolutionCompleted(1, step.Proof is { } proof ? [new(proof)] : []),
            SlowDeed.Return => new ResolutionReturned(1),
            _ => new ResolutionConfirmed(1),
        };
        var actor = step.By switch
        {
            "office" => ResolvedSession.Office,
            "chair" => ResolvedSession.Chair,
            "leader" => new Actor("leader", Role.Leadership),
            "supervisor" => new Actor("supervisor", Role.Supervisor),
            var department => ResolvedSession.Of(department),
        };
        return session.Give(command, today, actor, step.For, step.OnPaper ? step.Day : null, texts: step.Why ? [(Act.Reason, "原因")] : []);
    }
}
