using Agency.Catalogue;
using Agency.Forecasts;
using Agency.Tests.Grains.Calendar;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Forecasts;

/// <summary>What holds for every network whose lengths are working days.</summary>
[Properties(Arbitrary = [typeof(Networks)], MaxTest = 500)]
public sealed class CriticalPathLaws
{
    [Property]
    public static bool Slack_is_never_negative_and_somewhere_none(Case given)
    {
        var path = given.Path();
        return Enumerable.Range(0, given.Activities.Length).All(i => path.Times[i].Slack >= 0)
            && Enumerable.Range(0, given.Activities.Length).Any(i => path.Times[i].IsCritical);
    }

    [Property]
    public static bool What_is_late_by_its_slack_moves_nothing_and_by_one_day_more_moves_the_finish_by_one(Case given)
    {
        var path = given.Path();
        return Enumerable.Range(0, given.Activities.Length).All(i =>
            given.Late(i, path.Times[i].Latest).Finish == path.Finish && given.Late(i, path.Times[i].Latest + 1).Finish == path.Finish + 1);
    }

    [Property]
    public static bool The_chain_is_as_long_as_the_whole(Case given)
    {
        var path = given.Path();
        var chain = path.Chain();
        var length = given.Activities[chain[0]].From;
        for (var i = 0; i < chain.Count; i++)
        {
            var (activity, held) = (given.Activities[chain[i]], given.Before[chain[i]].Where(l => i > 0 && l.Before == chain[i - 1]).ToList());
            if (i > 0 && held.Count == 0) return false;
            if (i > 0 && held.All(l => l.ToEnd || activity.Begun)) continue;
            length += (i > 0 ? held.Where(l => !l.ToEnd).Max(l => l.Lag) : 0) + activity.Window + activity.Days;
        }

        return length == path.Finish && chain.TrueForAll(i => given.Path().Times[i].IsCritical);
    }

    [Property]
    public static bool The_finish_is_the_longest_way_through(Case given)
    {
        var finishes = new int?[given.Activities.Length];
        return given.Path().Finish == Enumerable.Range(0, finishes.Length).Max(Finish);

        int Finish(int i)
        {
            if (finishes[i] is { } known) return known;
            var activity = given.Activities[i];
            var (starts, ends) = (given.Before[i].Where(l => !l.ToEnd && !activity.Begun), given.Before[i].Where(l => l.ToEnd || activity.Begun));
            var start = starts.Select(l => Finish(l.Before) + l.Lag).Append(activity.From).Max();
            finishes[i] = ends.Select(l => Finish(l.Before)).Append(start + activity.Window + activity.Days).Max();
            return finishes[i]!.Value;
        }
    }

    [Property]
    public static bool To_decide_something_at_once_never_moves_the_finish_away(Case given)
    {
        var all = Enumerable.Range(0, given.Activities.Length).ToArray();
        return given.Path().FinishIfDecided(all).Zip(all, (finish, i) => finish <= given.Path().Finish && finish == given.Decided(i).Finish).All(sound => sound);
    }

    public sealed class Case
    {
        private static readonly Timeline _timeline = new(new(2026, 3, 2), Shipped.Calendar);

        internal Case(Activity[] activities, Link[][] before) => (Activities, Before) = (activities, before);

        internal Activity[] Activities { get; }

        /// <summary>What each activity waits for: earlier ones.</summary>
        internal Link[][] Before { get; }

        internal CriticalPath Path() => Path(Activities, Before);

        /// <summary>With an activity that cannot finish before a position.</summary>
        internal CriticalPath Late(int activity, int position) => Path(
            [.. Activities, new("late", 0, 0, position, DayUnit.WorkingDays, Begun: true)],
            [.. Before.Select((links, i) => i == activity ? [.. links, new(Activities.Length, ToEnd: true, 0)] : links), []]);

        internal CriticalPath Decided(int activity) => Path([.. Activities.Select((a, i) => i == activity ? a.Decided(0) : a)], Before);

        public override string ToString() => string.Join("; ", Activities.Select((a, i) => $"{a} after {string.Join(' ', Before[i])}"));

        private static CriticalPath Path(Activity[] activities, Link[][] before) =>
            new(new([.. before.Aggregate(new List<int> { 0 }, (first, links) => [.. first, first[^1] + links.Length])], [.. before.SelectMany(l => l)]), activities, _timeline);
    }

    public static class Networks
    {
        public static Arbitrary<Case> Cases() => Arb.From(
            from count in Gen.Choose(1, 14)
            from activities in Gen.CollectToList(Enumerable.Range(0, count), One)
            from links in Gen.CollectToList(Enumerable.Range(0, count), Links)
            select new Case([.. activities], [.. links]));

        private static Gen<Activity> One(int index) =>
            from days in Gen.Choose(0, 9)
            from window in Gen.Choose(0, 2)
            from late in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 9)))
            from begun in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Activity($"I{index}", late, window, days, DayUnit.WorkingDays, begun);

        private static Gen<Link[]> Links(int index) => index == 0 ? Gen.Constant(Array.Empty<Link>()) :
            from befores in Gen.SubListOf(Enumerable.Range(0, index).ToArray())
            from links in Gen.CollectToList(befores, before =>
                from toEnd in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
                from lag in Gen.Choose(0, 2)
                select new Link(before, toEnd, lag))
            select links.ToArray();
    }
}
