using System.Collections.Immutable;
using Agency.Clocks;

namespace Agency.Forecasts;

/// <summary>Forecasts a project (domain 8): the critical path method over its open items and constructions.</summary>
internal static class Forecast
{
    /// <summary>The forecast as things stand.</summary>
    public static ForecastView Of(ForecastBasis basis) => Of(basis, Supposition.Nothing(basis.Clocks.Plan));

    /// <summary>The forecast if things were otherwise.</summary>
    public static ForecastView Of(ForecastBasis basis, Supposition what)
    {
        var (timeline, total) = (basis.Timeline, basis.Clocks.Total());
        var tasks = new ProjectTasks(basis, what);
        var path = new CriticalPath(tasks.Network, tasks.Activities, timeline);
        var finish = tasks.Items.Count == 0 ? basis.Clocks.State.CompletedOn ?? timeline.AsOf : timeline.Day(path.Finish);
        var promised = total.RemainingDays < 0 ? ReachedOn(total.LimitDays, basis.Clocks) : timeline.Day(total.RemainingDays);
        return new(
            timeline.AsOf,
            finish,
            path.Finish,
            promised,
            total.RemainingDays - ApprovalDays(tasks, path),
            [.. path.Chain().Where(place => place < tasks.Items.Count).Select(place => tasks.Activities[place].Code)],
            timeline.Calendar.IsProvisional(timeline.AsOf, promised > finish ? promised : finish),
            [.. tasks.Items.Select((open, place) => Of(open, path.Times[place], timeline))],
            Levers(tasks, path),
            [.. tasks.Medians]);
    }

    private static ItemForecast Of(OpenItem open, Times times, Timeline timeline) => new(
        open.Item.Code,
        open.Round?.SubmittedOn ?? timeline.Day(times.Start),
        timeline.Day(times.Finish),
        timeline.Day(times.Latest),
        times.Slack,
        times.IsCritical);

    // The clock's due date would not do: where nothing ran for a while it is the end of that while.
    private static DateOnly ReachedOn(int limit, ProjectClocks clocks)
    {
        foreach (var (from, to) in clocks.Counted(clocks.Plan.Items.Where(i => i.Definition.CountsInTotal), clocks.Today))
        {
            var days = clocks.Calendar.Count(from, to);
            if (limit <= days) return clocks.Calendar.Add(from, limit);
            limit -= days;
        }

        throw new ArgumentOutOfRangeException(nameof(limit), limit, "It is not reached.");
    }

    // Days to come on which a department's clock counts: parallel items share them (domain 6.7).
    private static int ApprovalDays(ProjectTasks tasks, CriticalPath path)
    {
        var counted = new List<(int From, int To)>();
        for (var place = 0; place < tasks.Items.Count; place++)
        {
            var times = path.Times[place];
            if (tasks.Items[place].Counts) counted.Add((times.Accepted, times.Finish));
        }

        var days = 0;
        foreach (var (from, to) in Intervals.Union(counted)) days += to - from;
        return days;
    }

    private static ImmutableArray<Lever> Levers(ProjectTasks tasks, CriticalPath path)
    {
        var critical = new List<int>();
        for (var place = 0; place < tasks.Items.Count; place++)
        {
            if (path.Times[place].IsCritical) critical.Add(place);
        }

        return
        [
            .. critical.Zip(path.FinishIfDecided([.. critical]), (place, finish) => new Lever(tasks.Activities[place].Code, path.Finish - finish))
                .Where(lever => lever.GainDays > 0)
                .OrderByDescending(lever => lever.GainDays)
                .ThenBy(lever => lever.Item, StringComparer.Ordinal),
        ];
    }
}
