using System.Collections.Immutable;
using System.Text;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Calendar;

[Properties(Arbitrary = [typeof(Puts)], MaxTest = 200)]
public class CalendarDeciderTests
{
    private static readonly Moment _moment = new(new(2026, 11, 4, 2, 0, 0, TimeSpan.Zero), new(2026, 11, 4));
    private static readonly Act _act = new(new Actor("admin", Role.Administrator), "c-1");
    private static readonly ShippedCalendar _shipped = new(Shipped.Years);

    private static CalendarState First { get; } = Apply(CalendarState.Initial, CalendarDecider.TakeShipped(CalendarState.Initial, _shipped, _act, _moment));

    [Property]
    public void What_is_put_is_what_stands_from_then_on(Puts.Put[] puts)
    {
        var state = First;
        foreach (var put in puts)
        {
            var before = state;
            var decision = CalendarDecider.Put(state, put.Year, put.Arrangement, _act, _moment);
            Assert.Null(decision.Refusal);
            state = Apply(state, decision);

            var stands = state.Year(put.Year, state.Newest)!;
            Assert.Equal(put.Arrangement.Off.Order(), stands.Arrangement.Off);
            Assert.Equal(put.Arrangement.Work.Order(), stands.Arrangement.Work);
            Assert.Equal(before.Versions, state.Versions.Take(before.Newest));
            Assert.Equal(Enumerable.Range(1, state.Newest), state.Versions.Select(v => v.Info.Version));
            Assert.Equal(before.Years.Remove(put.Year), state.Years.Remove(put.Year));
        }
    }

    [Property]
    public void The_same_again_in_another_order_is_no_version(Puts.Put put)
    {
        var state = Apply(First, CalendarDecider.Put(First, put.Year, put.Arrangement, _act, _moment));
        var mirrored = put.Arrangement with { Off = [.. put.Arrangement.Off.Reverse()], Work = [.. put.Arrangement.Work.Reverse()] };
        var again = CalendarDecider.Put(state, put.Year, mirrored, _act, _moment);
        Assert.Null(again.Refusal);
        Assert.Empty(again.Facts);
    }

    [Property]
    public void Stored_and_read_back_it_is_the_same_calendar(Puts.Put put)
    {
        var entry = Assert.Single(CalendarDecider.Put(CalendarState.Initial, put.Year, put.Arrangement, _act, _moment).Facts);
        var stored = CalendarFact.Codec.Encode(entry, CalendarFact.StreamOf("cn"), HashChain.Start(CalendarFact.StreamOf("cn")));
        var read = Assert.IsType<CalendarFact.YearChanged>(CalendarFact.Codec.Decode(stored).Fact);
        var written = Assert.IsType<CalendarFact.YearChanged>(entry.Fact);
        Assert.Equal(written.Year, read.Year);
        Assert.Equal(written.Arrangement.Off, read.Arrangement.Off);
        Assert.Equal(written.Arrangement.Work, read.Arrangement.Work);
        Assert.Equal(written.Arrangement.Source, read.Arrangement.Source);
    }

    [Theory]
    [InlineData(1999, "", "", CalendarRefusals.YearOutOfRange, null)]
    [InlineData(2101, "", "", CalendarRefusals.YearOutOfRange, null)]
    [InlineData(2027, "2027-01-01 2026-12-31", "", CalendarRefusals.DayOutsideYear, "2026-12-31")]
    [InlineData(2027, "", "2028-01-01", CalendarRefusals.DayOutsideYear, "2028-01-01")]
    [InlineData(2027, "2027-01-01 2027-01-01", "", CalendarRefusals.DayTwice, "2027-01-01")]
    [InlineData(2027, "", "2027-01-03 2027-01-02 2027-01-03", CalendarRefusals.DayTwice, "2027-01-03")]
    [InlineData(2027, "2027-01-02", "2027-01-02", CalendarRefusals.DayOffAndWork, "2027-01-02")]
    [InlineData(2027, "", "2027-01-02 2027-01-04", CalendarRefusals.WorkOnWeekday, "2027-01-04")]
    public void What_is_no_arrangement_is_refused_by_the_day(int year, string off, string work, string code, string? day)
    {
        var decision = CalendarDecider.Put(First, year, new(Days(off), Days(work)), _act, _moment);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Equal(day, decision.Refusal?.Arguments.GetValueOrDefault("day"));
        Assert.True(decision.Facts.IsEmpty);
    }

    [Fact]
    public void A_year_without_any_special_day_can_be_arranged() =>
        Assert.Single(CalendarDecider.Put(First, 2100, new([], []), _act, _moment).Facts);

    [Fact]
    public void Another_source_alone_is_a_version()
    {
        var decision = CalendarDecider.Put(First, 2026, Shipped.Years[2026] with { Source = "国办发明电〔2025〕7号" }, _act, _moment);
        Assert.Single(decision.Facts);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, Refusals.VersionMismatch)]
    public void A_put_for_another_version_of_the_year_is_refused(long ifVersion, string? code)
    {
        var other = Apply(First, CalendarDecider.Put(First, 2027, new([new(2027, 1, 1)], []), _act, _moment));
        var decision = CalendarDecider.Put(other, 2026, new([], []), _act with { IfVersion = ifVersion }, _moment);
        Assert.Equal(code, decision.Refusal?.Code);
    }

    [Fact]
    public void At_the_first_start_all_shipped_years_are_one_version()
    {
        Assert.Equal(1, First.Newest);
        Assert.Equal(Shipped.Years.Keys, First.Years.Keys);
        Assert.Equal(Enumerable.Range(2018, 9), First.Versions[0].Info.ChangedYears);
        Assert.Empty(CalendarDecider.TakeShipped(First, _shipped, _act, _moment).Facts);
    }

    [Fact]
    public void A_later_release_adds_the_years_that_the_record_has_not_and_no_other()
    {
        var own = Apply(First, CalendarDecider.Put(First, 2026, new([new(2026, 1, 1)], []), _act, _moment));
        var release = new ShippedCalendar(Shipped.Years.Add(2028, new([], [])).Add(2027, new([new(2027, 1, 1)], [])));
        var state = Apply(own, CalendarDecider.TakeShipped(own, release, _act, _moment));
        Assert.Equal([3, 4], state.Versions.Skip(2).Select(v => v.Info.Version));
        Assert.Equal([2027, 2028], state.Versions.Skip(2).SelectMany(v => v.Info.ChangedYears));
        Assert.Equal([new DateOnly(2026, 1, 1)], state.Years[2026].Off);
    }

    [Fact]
    public void A_year_is_read_as_it_was_in_each_version()
    {
        var state = Apply(First, CalendarDecider.Put(First, 2027, new([new(2027, 1, 1)], []), _act, _moment));
        state = Apply(state, CalendarDecider.Put(state, 2026, new([], []), _act, _moment));
        Assert.Null(state.Year(2027, 1));
        Assert.Equal(2, state.Year(2027, 2)?.ChangedIn);
        Assert.Equal(2, state.Year(2027, 3)?.ChangedIn);
        Assert.Equal((2, 1), (state.Year(2026, 2)?.Version, state.Year(2026, 2)?.ChangedIn));
        Assert.Empty(state.Year(2026, 3)!.Arrangement.Off);
        Assert.Null(state.Year(2026, 0));
        Assert.Null(state.Year(2026, 4));
        Assert.Null(state.Snapshot(4));
    }

    // Stored bytes are for ever.
    [Theory]
    [InlineData("""{"type":"calendar-year-changed","recordedAt":"2026-11-04T02:00:00+00:00","occurredOn":"2026-11-04","actor":"admin","role":"administrator","command":"c-1","data":{"year":2027,"arrangement":{"off":["2027-01-01"],"work":["2027-01-03"],"source":"x"}}}""")]
    [InlineData("""{"type":"calendar-arranged","recordedAt":"2026-11-04T02:00:00+00:00","occurredOn":"2026-11-04","actor":"admin","role":"administrator","command":"c-1","data":{"years":{"2027":{"off":["2027-01-01"],"work":["2027-01-03"],"source":"x"}}}}""")]
    public void The_stored_shape_does_not_change(string bytes)
    {
        var stored = new StoredFact(1, Encoding.UTF8.GetBytes(bytes), new byte[32], []);
        var entry = CalendarFact.Codec.Decode(stored);
        Assert.Equal([new DateOnly(2027, 1, 3)], CalendarState.Initial.Evolve(entry).Years[2027].Work);
        Assert.Equal(bytes, Encoding.UTF8.GetString(CalendarFact.Codec.Encode(entry, CalendarFact.StreamOf("cn"), []).Bytes.Span));
    }

    private static ImmutableArray<DateOnly> Days(string days) =>
        [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => DateOnly.ParseExact(d, "yyyy-MM-dd"))];

    private static CalendarState Apply(CalendarState state, Decision<CalendarFact> decision) => decision.Facts.Aggregate(state, (s, e) => s.Evolve(e));

    /// <summary>Arrangements that can be put, their days in any order.</summary>
    public static class Puts
    {
        public static Arbitrary<Put> Any() => Arb.From(
            from year in Gen.Choose(2025, 2029)
            from named in Gen.Choose(0, 40).SelectMany(n => Gen.ListOf(Gen.Choose(1, 365), n))
            from worked in Gen.ListOf(ArbMap.Default.GeneratorFor<bool>(), named.Count)
            select From(year, [.. named.Distinct().Select(n => new DateOnly(year, 1, 1).AddDays(n - 1))], worked));

        private static Put From(int year, DateOnly[] named, List<bool> worked)
        {
            var work = named.Where((d, i) => worked[i] && d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).ToArray();
            return new(year, new([.. named.Except(work)], [.. work], worked.Count % 2 == 0 ? null : "公告"));
        }

        public sealed record Put(int Year, YearArrangement Arrangement);
    }
}
