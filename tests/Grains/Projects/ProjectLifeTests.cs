using Agency.People;
using Agency.Projects;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Projects;

public sealed class ProjectLifeTests
{
    [Fact]
    public void The_deciders_agree_with_the_slow_model() => Seeds.Each(120, seed =>
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++)
        {
            life.Step();
            if (i % 6 == 5) life.Compare();
        }
    });

    [Fact]
    public void The_past_is_seen_as_the_slow_model_sees_it() => Seeds.Each(120, seed =>
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++)
        {
            life.Step();
            if (i % 10 == 9) life.CompareThePast();
        }
    });

    [Property(MaxTest = 200)]
    public static void Folding_the_stored_facts_gives_the_state(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++) life.Step();
        var (stream, hash) = (new EventSourcing.StreamId("project", "p"), Array.Empty<byte>());
        var reread = life.State.Entries.Select(e => ProjectFact.Codec.Decode(ProjectFact.Codec.Encode(e, stream, hash))).ToArray();
        var folded = ProjectState.None.With(reread);
        foreach (var (code, item) in life.State.Items)
        {
            Assert.Equal(item.Rounds.Select(Comparable), folded.Items[code].Rounds.Select(Comparable));
            Assert.Equal(item.LastDay, folded.Items[code].LastDay);
        }

        Assert.Equal(life.State.Reached, folded.Reached);
        Assert.Equal(life.State.CompletedOn, folded.CompletedOn);
    }

    [Property(MaxTest = 200)]
    public static void A_corrected_day_moves_its_item_and_no_other(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++) life.Step();
        foreach (var step in life.State.Entries.Where(e => e.Fact is Agency.Approvals.Step && e.Actor.Role != Role.System).ToArray())
        {
            var before = life.State;
            if (!life.TryMove(step.Version, 1)) continue;

            var moved = ((Agency.Approvals.Step)step.Fact).Item;
            foreach (var (code, item) in before.Items.Where(i => i.Key != moved)) Assert.Equal(item.Rounds.Select(Comparable), life.State.Items[code].Rounds.Select(Comparable));
            var known = life.State.RecordedBy(before.Entries[^1].RecordedAt);
            Assert.Equal(before.Entries, known.Entries);
            Assert.Equal(before.Items.Values.SelectMany(i => i.Rounds.Select(Comparable)), known.Items.Values.SelectMany(i => i.Rounds.Select(Comparable)));
            Assert.Equal(before.Reached, known.Reached);
        }
    }

    [Fact]
    public void The_random_lives_get_somewhere()
    {
        var lives = Enumerable.Range(0, 100).Select(seed =>
        {
            var life = new RandomLife(seed);
            for (var i = 0; i < 60; i++) life.Step();
            return life;
        }).ToArray();
        Assert.True(lives.Average(l => l.Accepted) > 10);
        Assert.Contains(lives, l => l.State.Status == ProjectStatus.Completed);
        foreach (var kind in new[] { typeof(Agency.Approvals.DeemedAcceptance), typeof(Agency.Approvals.Extension), typeof(Agency.Approvals.Confirmation), typeof(Agency.Approvals.HandIn), typeof(StageReached) })
            Assert.Contains(lives, l => l.State.Entries.Any(e => e.Fact.GetType() == kind));
    }

    // Records with arrays in them do not compare by value: their JSON does.
    private static string Comparable(Agency.Approvals.Round round) => EventSourcing.FactJson.Payload(round).GetRawText();
}
