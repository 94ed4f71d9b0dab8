using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Agency.Calendar;
using Agency.Clocks;
using Agency.People;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>The projects of a shard, and how they stand; the grain around it brings day, calendar and summaries.</summary>
internal sealed class PortfolioShard
{
    private readonly Dictionary<string, PortfolioRow> _rows = new(StringComparer.Ordinal);

    // By the next day on which their lights can move; an entry is old when the row says another day.
    private readonly PriorityQueue<PortfolioRow, DateOnly> _due = new();
    private readonly PortfolioCounts _counts = new();
    private readonly Strings _strings = new();
    private WorkingCalendar? _calendar;
    private DateOnly _today;

    public PortfolioShard() => Sweeping = new(_rows);

    public IEnumerable<PortfolioRow> Rows => _rows.Values;

    /// <summary>Which of them a sweep has to look at.</summary>
    public SweepIndex Sweeping { get; }

    /// <summary>The version of the project's stream that is known; 0 for none.</summary>
    public long VersionOf(string code) => _rows.TryGetValue(code, out var row) ? row.Version : 0;

    /// <summary>Takes a summary in, unless a newer one is there.</summary>
    public void Take(long version, ProjectSummary summary)
    {
        if (VersionOf(summary.Code) >= version) return;
        if (_rows.TryGetValue(summary.Code, out var before)) _counts.Add(before, -1);
        var row = _rows[summary.Code] = new(version, _strings.Shared(summary), PackedRound.Of(summary.Ended, _strings));
        if (_calendar is not null) Look(row);
        _counts.Add(row, 1);
        Sweeping.Put(row);
    }

    /// <summary>The first of the projects that fit and that are seen, one more than are asked for if there are more.</summary>
    public ShardPage Find(PortfolioQuery query, Sight sight, DateOnly today, WorkingCalendar calendar)
    {
        Turn(today, calendar);
        query = query with { Text = query.Text?.ToUpperInvariant() };
        var order = new PortfolioOrder(query, today, calendar);
        var past = query is { Past: true, Department: { } department } ? _strings.Among([department]) : null;
        var (total, first) = (0, new PriorityQueue<PortfolioRow, PortfolioRow>(order));
        foreach (var row in _rows.Values)
        {
            if (!query.Fits(row, past) || !sight.Includes(row.Summary)) continue;
            total++;
            if (!order.IsAfter(row)) continue;
            if (first.Count <= query.Limit) first.Enqueue(row, row);
            else if (order.Order(row, first.Peek()) < 0) first.DequeueEnqueue(row, row);
        }

        var items = new PlacedListing[first.Count];
        for (var i = items.Length - 1; i >= 0; i--) items[i] = order.Placed(first.Dequeue());
        return new([.. items], total);
    }

    /// <summary>Those of some projects that are seen.</summary>
    public ImmutableArray<string> SeenOf(ImmutableArray<string> codes, Sight sight) =>
        [.. codes.Where(code => _rows.TryGetValue(code, out var row) && row.IsProject && sight.Includes(row.Summary))];

    /// <summary>The rounds of some departments that ended from a day to a day, by department and item.</summary>
    public ImmutableArray<RoundFigures> EndedRounds(ImmutableArray<string> departments, ImmutableArray<string>? items, DateOnly from, DateOnly to)
    {
        var (asked, of) = (_strings.Among(departments), items is { } some ? _strings.Among(some) : null);
        var counters = new Dictionary<(ushort Department, ushort Item), RoundCounter>();
        var (first, last) = (PackedRound.DayOf(from), PackedRound.DayOf(to));
        foreach (var row in _rows.Values)
        {
            foreach (ref readonly var round in row.Ended.AsSpan())
            {
                if (round.Day < first || round.Day > last || !asked[round.Department] || (of is not null && !of[round.Item])) continue;
                ref var counter = ref CollectionsMarshal.GetValueRefOrAddDefault(counters, (round.Department, round.Item), out _);
                (counter ??= new()).Add(round);
            }
        }

        return [.. counters.Select(c => c.Value.Figures(_strings.CodeOf(c.Key.Department), _strings.CodeOf(c.Key.Item)))];
    }

    /// <summary>The first of the deadlines that differ between two calendars.</summary>
    public ImpactPage Impact(ImpactQuery query, Sight sight, DateOnly today, WorkingCalendar from, WorkingCalendar to)
    {
        var (total, moved) = (0, new List<MovedDeadline>());
        foreach (var row in _rows.Values.Where(r => sight.Includes(r.Summary)))
        {
            foreach (var clock in row.Summary.Clocks)
            {
                if (clock.Since is null || (sight.Actor is { OwnOnly: true, Role: Role.Department } && clock.Department != sight.Actor.Department)) continue;
                var (one, other) = (clock.At(today, from, LightRule.Default).Due!.Value, clock.At(today, to, LightRule.Default).Due!.Value);
                if (one == other) continue;
                total++;
                var place = new DeadlinePlace(row.Summary.Code, clock.Scope, clock.Code);
                if (query.After is null || DeadlinePlace.Order.Compare(place, query.After) > 0) moved.Add(new(place, row.Summary.Name!, clock.Department, one, other));
            }
        }

        return ImpactPage.First([new([.. moved], total, false)], query.Limit);
    }

    /// <summary>How the projects stand by each dimension.</summary>
    public PortfolioOverview Overview(Sight sight, DateOnly today, WorkingCalendar calendar)
    {
        Turn(today, calendar);
        if (sight.IsWhole) return _counts.Overview();
        var own = new PortfolioCounts();
        foreach (var row in Seen(sight)) own.Add(row, 1);
        return own.Overview();
    }

    public ImmutableArray<TrendGroup> Trend(Dimension? by, Sight sight, DateOnly today, WorkingCalendar calendar)
    {
        Turn(today, calendar);
        return PortfolioStatistics.Trend(by, Seen(sight), today, calendar);
    }

    private IEnumerable<PortfolioRow> Seen(Sight sight) => _rows.Values.Where(r => r.IsProject && sight.Includes(r.Summary));

    // A new calendar moves any light, a new day only those that are due by it.
    private void Turn(DateOnly today, WorkingCalendar calendar)
    {
        if (_calendar?.Version != calendar.Version || today < _today)
        {
            (_calendar, _today) = (calendar, today);
            _due.Clear();
            foreach (var row in _rows.Values) Recount(row);
        }
        else if (today > _today)
        {
            _today = today;
            while (_due.TryPeek(out var row, out var day) && day <= today)
            {
                _due.Dequeue();
                if (row.NextChange == day && _rows.GetValueOrDefault(row.Summary.Code) == row) Recount(row);
            }
        }
    }

    private void Recount(PortfolioRow row)
    {
        _counts.Add(row, -1);
        Look(row);
        _counts.Add(row, 1);
    }

    private void Look(PortfolioRow row)
    {
        row.Look(_today, _calendar!, LightRule.Default);
        if (row.NextChange is { } day) _due.Enqueue(row, day);
    }
}
