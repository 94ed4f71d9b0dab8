using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Forecasts;

/// <summary>What a forecast follows from.</summary>
/// <param name="Clocks">Plan, record and clocks at the end of the day from which it is forecast.</param>
/// <param name="Pace">What is supposed of window and owner.</param>
internal sealed record ForecastBasis(ProjectClocks Clocks, Pace Pace)
{
    /// <summary>What departments really took, by the item's code, in the unit of its limit; an item that is not among them takes its limit.</summary>
    public IReadOnlyDictionary<string, ItemMedian> Medians { get; init; } = ImmutableDictionary<string, ItemMedian>.Empty;

    public Timeline Timeline => new(Clocks.Today, Clocks.Calendar);
}

/// <summary>An item that is not approved yet.</summary>
/// <param name="Round">Its round, open or awaiting confirmation; null while it is to be submitted, be it again.</param>
/// <param name="Counts">Whether the days of its department are among the project's approval days.</param>
internal readonly record struct OpenItem(PlannedItem Item, Round? Round, bool Counts);

/// <summary>What is left to do in a project: its open items, then the constructions of its works, as activities.</summary>
internal sealed class ProjectTasks
{
    private readonly ForecastBasis _basis;
    private readonly Supposition _what;
    private readonly ProjectState _state;
    private readonly List<(Construction Of, bool[] Earlier)> _constructions;
    private readonly List<Link> _links = [];
    private readonly int[] _places;

    public ProjectTasks(ForecastBasis basis, Supposition what)
    {
        (_basis, _what, _state) = (basis, what, basis.Clocks.State);
        _places = new int[what.Plan.Items.Length];
        Array.Fill(_places, -1);
        foreach (var item in what.Plan.Items)
        {
            if (item.Applicability != Applicability.Applies || _state.TerminatedOn is not null) continue;
            var taken = _state.Items.GetValueOrDefault(item.Code);
            if (taken?.ApprovedOn is not null) continue;
            var round = taken?.Round;
            if (round is { EndedOn: not null, Status: not RoundStatus.Approved }) round = null;
            _places[item.Index] = Items.Count;
            Items.Add(new(item, round, item.Definition.CountsInTotal && Counts(round, what.Decided.ContainsKey(item.Code))));
        }

        List<Construction> constructions = Items.Count == 0 ? [] : [.. Construction.Of(what.Plan, basis.Clocks, basis.Timeline)];
        _constructions = constructions.ConvertAll(c => (c, EarlierThan(c, constructions)));
        _constructions.RemoveAll(c => !Items.Exists(open => Waits(open.Item, c)));
        Activities = new Activity[Items.Count + _constructions.Count];
        var first = new int[Activities.Length + 1];
        Fill(first);
        Network = new(first, [.. _links]);
    }

    /// <summary>The open items, in the plan's order: the first of the activities, in the same order.</summary>
    public List<OpenItem> Items { get; } = [];

    /// <summary>Those of them that are supposed to take a median, in the same order.</summary>
    public List<ItemMedian> Medians { get; } = [];

    public Activity[] Activities { get; }

    public Network Network { get; }

    // What is supposed decided takes no days of its own; what only awaits confirmation takes none any more.
    private static bool Counts(Round? round, bool decided) => round is null ? !decided : round.EndedOn is null;

    private void Fill(int[] first)
    {
        for (var place = 0; place < Items.Count; place++)
        {
            var activity = Of(Items[place]);
            Activities[place] = _what.Decided.TryGetValue(activity.Code, out var by) ? activity.Decided(by) : activity;
            first[place + 1] = _links.Count;
        }

        for (var i = 0; i < _constructions.Count; i++)
        {
            Activities[Items.Count + i] = _constructions[i].Of.Activity;
            foreach (var item in _constructions[i].Of.After) _links.Add(new(_places[item], ToEnd: false, 0));
            first[Items.Count + i + 1] = _links.Count;
        }
    }

    private Activity Of(OpenItem open)
    {
        if (open.Round is { Status: RoundStatus.Approved }) return new(open.Item.Code, 0, 0, 0, DayUnit.WorkingDays, Begun: true);

        var waits = false;
        foreach (var prerequisite in open.Item.Prerequisites)
        {
            if (_places[prerequisite.Index] is var before && before < 0) continue;
            var tolerant = prerequisite.Tolerant || _what.Tolerant.Contains((prerequisite.Index, open.Item.Index));
            _links.Add(new(before, tolerant, _basis.Pace.OwnerLag));
            waits |= !tolerant;
        }

        if (open.Round is not null) return Begun(open.Item, open.Round);
        var construction = _constructions.FindIndex(c => Waits(open.Item, c));
        if (construction >= 0) _links.Add(new(Items.Count + construction, ToEnd: false, 0));
        return new(open.Item.Code, waits ? 0 : Math.Max(0, _basis.Timeline.At(ReadyOn(open.Item.Code)) + _basis.Pace.OwnerLag), _basis.Pace.Window, Limit(open.Item), open.Item.Definition.LimitUnit);
    }

    private Activity Begun(PlannedItem item, Round round)
    {
        var timeline = _basis.Timeline;
        if (round.Status is RoundStatus.Submitted or RoundStatus.SupplementRequested)
        {
            var accepted = round.Status == RoundStatus.Submitted ? timeline.At(round.ReceivedOn) : _basis.Pace.OwnerLag;
            return new(item.Code, Math.Max(0, accepted + _basis.Pace.Window), 0, Limit(item), item.Definition.LimitUnit, Begun: true);
        }

        var from = 0;
        foreach (var run in round.RunningProcedures) from = Math.Max(from, timeline.At(ItemClock.AnnouncedEnd(run, round, timeline.Calendar)));
        var clock = _basis.Clocks.Item(item);
        var left = _what.Durations.TryGetValue(item.Code, out var days) ? days - clock.UsedDays : clock.RemainingDays;

        // None left: decided on that very day, be it a day off.
        return new(item.Code, from, 0, Math.Max(0, left), left > 0 ? clock.Unit : DayUnit.WorkingDays, Begun: true);
    }

    // What is ready only by what is supposed, or without what is undetermined, is so from today on, though it may have been once before.
    private DateOnly ReadyOn(string item) =>
        _basis.Clocks.Find(item) is { } known && _state.IsReady(known) && _basis.Clocks.ReadyOn(item) is { } day ? day : _basis.Timeline.AsOf;

    // For a clock that has not begun.
    private int Limit(PlannedItem item)
    {
        if (_what.Durations.TryGetValue(item.Code, out var days)) return days;
        if (!_basis.Medians.TryGetValue(item.Code, out var median)) return _state.Plan!.LimitOn(item.Definition, _basis.Timeline.AsOf);
        if (!_what.Decided.ContainsKey(item.Code)) Medians.Add(median);
        return median.Days;
    }

    private bool Waits(PlannedItem item, (Construction Of, bool[] Earlier) construction) =>
        Construction.Holds(item, _state) && construction.Of.Work == WorkExpansion.WorkOf(item.Code) && !construction.Earlier[item.Index];

    // The items that a construction waits for: in a flow whose edges run against the stages an S4 item can be among them, and does not
    // wait for that construction.
    private bool[] EarlierThan(Construction construction, List<Construction> all)
    {
        var earlier = new bool[_places.Length];
        var open = new Stack<int>(construction.After);
        while (open.TryPop(out var index))
        {
            if (_places[index] < 0 || earlier[index]) continue;
            earlier[index] = true;
            var item = _what.Plan.Items[index];
            foreach (var prerequisite in item.Prerequisites) open.Push(prerequisite.Index);
            if (!Construction.Holds(item, _state) || all.Find(c => c.Work == WorkExpansion.WorkOf(item.Code)) is not { } other) continue;
            foreach (var milestone in other.After) open.Push(milestone);
        }

        return earlier;
    }
}
