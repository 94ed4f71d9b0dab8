using System.Text.Json;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Plans;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Projects;

public sealed class EndedRoundTests
{
    [Property(MaxTest = 60)]
    public static void A_round_counts_as_its_clock_stood_on_the_day_it_ended(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 80; i++) life.Step();
        var ended = life.Summary("c").Ended;
        var now = life.ViewsOn(life.Today);
        var expected = now.Clocks.Items.SelectMany(i => life.State.Item(i.Code).Rounds.Where(r => r.EndedOn is not null).Select(r => (Item: i, Round: r))).ToArray();
        Assert.Equal(expected.Length, ended.Length);
        foreach (var ((item, round), found) in expected.Zip(ended))
        {
            Assert.Equal((WorkExpansion.BaseOf(item.Code), round.EndedOn), (found.Item, found.EndedOn));
            Assert.Equal(round.Status is RoundStatus.Approved or RoundStatus.Denied or RoundStatus.Revoked, found.Traits.HasFlag(RoundTraits.Decided));
            Assert.Equal(round.Status == RoundStatus.Denied, found.Traits.HasFlag(RoundTraits.Denied));
            Assert.Equal(round.AcceptedOn is not null, found.Traits.HasFlag(RoundTraits.Accepted));
            Assert.Equal(round.Missing.Length > 0 || round.SupplementRequestedOn is not null, found.Traits.HasFlag(RoundTraits.Supplemented));
            Assert.Equal(round.Procedures.Length > 0, found.Traits.HasFlag(RoundTraits.Suspended));

            // How it was seen at the end of that day; a round begun anew on it, or a pause, hides that.
            var then = life.Views(new AsKnown(round.EndedOn, null, null));
            if (then.Clocks.Plan.Find(item.Code) is null || then.Item(item.Code) is not { Rounds: [.., var last] } view || last.Round != round.Number || last.EndedOn != round.EndedOn) continue;
            if (round.AcceptedOn is null) continue;
            Assert.Equal((view.Clock.UsedDays, view.Clock.LimitDays + view.Clock.ExtensionDays, view.Clock.StatutoryBreached), (found.Used, found.Limit, found.Traits.HasFlag(RoundTraits.StatutoryBreached)));
            Assert.Equal(view.Clock.Unit == DayUnit.NaturalDays, found.Traits.HasFlag(RoundTraits.NaturalDays));
            if (!then.Clocks.State.Standstill.IsOpen) Assert.Equal(view.Clock.Light == Light.Red, found.Traits.HasFlag(RoundTraits.Late));
        }
    }

    [Fact]
    public void It_is_written_short_and_read_again()
    {
        var round = new EndedRound("A01", "511300-FGW", new(2026, 3, 2), 12, 20, RoundTraits.Accepted | RoundTraits.Decided | RoundTraits.Late);
        var written = JsonSerializer.Serialize(new[] { round, round }, FactJson.Options);
        Assert.Equal("""[["A01","511300-FGW","20260302",12,20,22],["A01","511300-FGW","20260302",12,20,22]]""", written);
        Assert.Equal([round, round], JsonSerializer.Deserialize<EndedRound[]>(written, FactJson.Options)!);
    }
}
