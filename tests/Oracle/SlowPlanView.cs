namespace Agency.Tests.Oracle;

/// <summary>
/// The plan as a list of plan changes leaves it (domain 4.2–4.4): which instances there are, whether each applies, and its
/// effective prerequisites. Built from nothing every time.
/// </summary>
public sealed class SlowPlanView
{
    private readonly SlowPlan _plan;
    private readonly Dictionary<string, bool> _answers = [];
    private readonly HashSet<string> _struck = [];
    private readonly List<string> _added = [];
    private readonly Dictionary<string, SlowPlanItem> _kept = [];
    private readonly List<(string Item, DateOnly Day, int Limit)> _lowered = [];
    private readonly List<int> _works = [1];
    private readonly HashSet<string> _withSteps;
    private readonly Dictionary<string, SlowPlanItem> _submitted = [];
    private readonly HashSet<string> _inWorks = [];
    private readonly Dictionary<string, SlowTri> _applies = [];
    private int _nextWork = 2;

    private SlowPlanView(SlowPlan plan, IEnumerable<string> withSteps, IEnumerable<SlowPlanItem> submitted)
    {
        _plan = plan;
        _withSteps = [.. withSteps];
        foreach (SlowPlanItem item in submitted)
            _submitted.TryAdd(Base(item.Code), item with { Code = Base(item.Code) });
        Flow = plan.Flow;
    }

    public SlowFlow Flow { get; private set; }

    public IReadOnlyList<int> Works => _works;

    public int NextWork => _nextWork;

    public IReadOnlyDictionary<string, bool> Answers => _answers;

    /// <summary>Every instance of the plan, applicable or not, by its code.</summary>
    public Dictionary<string, SlowPlanItem> Items { get; } = [];

    public static string Base(string code) => code.Split('@')[0];

    public static int WorkOf(string code) => code.Contains('@', StringComparison.Ordinal) ? int.Parse(code.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture) : 1;

    public static string Instance(string code, int work) => work == 1 ? code : $"{code}@{work}"; // 4.4: @1 is never written

    /// <param name="changes">Plan changes and divisions, in recorded order (4.2).</param>
    /// <param name="withSteps">Instances that have steps: they are kept (4.2).</param>
    /// <param name="submitted">Items as they were planned when they were submitted: a step may be dated before the move to the flow that has its item.</param>
    public static SlowPlanView Build(SlowPlan plan, IEnumerable<SlowStep> changes, IEnumerable<string> withSteps, IEnumerable<SlowPlanItem> submitted)
    {
        SlowPlanView view = new(plan, withSteps, submitted);
        foreach (var (condition, yes) in plan.Answers.OrderBy(a => a.Value ? 0 : 1).ThenBy(a => a.Key, StringComparer.Ordinal))
            view.SetAnswer(condition, yes, false);
        foreach (SlowStep change in changes)
            view.Apply(change);
        view.Settle();
        return view;
    }

    public bool IsStruck(string code) => _struck.Contains(code);

    public bool IsInWorks(string code) => _inWorks.Contains(Base(code));

    /// <summary>4.2: a lowered limit counts for acceptances on or after its day.</summary>
    public int LimitFor(string code, DateOnly acceptedOn)
    {
        int limit = Items[code].LimitDays;
        foreach (var (item, day, lowered) in _lowered)
            if (item == code && day <= acceptedOn)
                limit = lowered;
        return limit;
    }

    /// <summary>The lowest limit that stands, whatever its day: a further lowering must lie below it.</summary>
    public int CurrentLimit(string code)
    {
        int limit = Items[code].LimitDays;
        foreach (var (item, _, lowered) in _lowered)
            if (item == code)
                limit = lowered;
        return limit;
    }

    public SlowTri Applies(string code) => Applies(code, []);

    /// <summary>4.3: effective prerequisites with their tolerance; a strict path beside a tolerant one wins.</summary>
    public Dictionary<string, bool> Prerequisites(string code)
    {
        Dictionary<string, bool> result = [];
        foreach (var (pre, tolerant) in Expand(code, []))
            result[pre] = result.TryGetValue(pre, out bool before) ? before && tolerant : tolerant;
        return result;
    }

    /// <summary>Items that have the item among their effective prerequisites.</summary>
    public IEnumerable<string> Dependants(string code) => Items.Keys.Where(other => Prerequisites(other).ContainsKey(code));

    /// <summary>4.2: would the answer make two members of a group apply?</summary>
    public bool AnswerMakesTwo(string condition, bool yes)
    {
        if (!yes)
            return false;
        foreach (SlowGroup group in Flow.Groups)
        {
            foreach (string member in group.Items.SelectMany(Instances).Where(i => Definition(Base(i))?.Condition == condition && !_struck.Contains(i)))
            {
                IEnumerable<string> others = group.Items.SelectMany(Instances)
                    .Where(o => Base(o) != Base(member) && (!IsInWorks(o) || !IsInWorks(member) || WorkOf(o) == WorkOf(member)));
                // 'two yes': another member applies, or follows the same condition
                if (others.Any(o => Applies(o) == SlowTri.Yes || (Definition(Base(o))?.Condition == condition && !_struck.Contains(o))))
                    return true;
            }
        }
        return false;
    }

    /// <summary>4.2: groups, by work, of which two members apply.</summary>
    public IEnumerable<string> Doubles()
    {
        foreach (SlowGroup group in Flow.Groups)
            foreach (int work in _works)
            {
                IEnumerable<string> members = group.Items.Select(i => _inWorks.Contains(i) ? Instance(i, work) : i);
                if (members.Count(m => Applies(m) == SlowTri.Yes) > 1)
                    yield return $"{string.Join('+', group.Items)}@{work}";
            }
    }

    /// <summary>Is the condition one that an item of the flow asks?</summary>
    public bool Asks(string condition) => Flow.Items.Concat(_kept.Values).Any(i => i.Condition == condition);

    public bool CanAdd(string code) => !IsInPlan(code) && _plan.CatalogueItems.Any(i => i.Code == code);

    private void Apply(SlowStep change)
    {
        switch (change.Kind)
        {
            case SlowKind.Strike:
                _struck.Add(change.Item);
                break;
            case SlowKind.Restore:
                _struck.Remove(change.Item);
                break;
            case SlowKind.Add:
                _added.Add(change.Item);
                break;
            case SlowKind.LowerLimit:
                _lowered.Add((change.Item, change.OccurredOn, change.Days));
                break;
            case SlowKind.Answer:
                SetAnswer(change.Condition!, change.Yes, true);
                break;
            case SlowKind.Move:
                // 4.2: a flow move keeps items with rounds and added ones
                foreach (SlowPlanItem item in Flow.Items)
                    if (_withSteps.Any(code => Base(code) == item.Code))
                        _kept[item.Code] = item;
                Flow = change.Flow!;
                break;
            case SlowKind.Divide:
                int number = change.Work > 1 ? change.Work : _nextWork; // the record names the number
                _works.Add(number);
                _nextWork = Math.Max(_nextWork, number + 1); // numbers are never reused
                break;
            case SlowKind.Merge:
                _works.Remove(change.Work);
                break;
            default:
                throw new InvalidOperationException($"{change.Kind} is no plan change");
        }
    }

    private void SetAnswer(string condition, bool yes, bool overwrite)
    {
        if (!overwrite && _answers.ContainsKey(condition))
            return;
        _answers[condition] = yes;
        if (!yes)
            return;
        // 4.2: one yes answers the other members' conditions with no
        foreach (SlowGroup group in Flow.Groups)
            if (group.Items.Any(i => Definition(i)?.Condition == condition))
                foreach (string other in group.Items)
                    if (Definition(other)?.Condition is { } c && c != condition)
                        _answers[c] = false;
    }

    private void Settle()
    {
        // 4.4: every item of S2, S3, S4, and SP items that depend, through declared prerequisites, on one of those
        List<string> codes = AllCodes();
        foreach (string code in codes)
            if (Definition(code)!.Stage is "S2" or "S3" or "S4")
                _inWorks.Add(code);
        bool grown = true;
        while (grown)
        {
            grown = false;
            foreach (string code in codes)
                if (Definition(code)!.Stage == "SP" && !_inWorks.Contains(code) && Declared(code).Any(e => _inWorks.Contains(e.Before)))
                    grown = _inWorks.Add(code);
        }
        foreach (string code in codes)
            if (IsInPlan(code))
                foreach (string instance in Instances(code))
                    Items[instance] = Definition(code)! with { Code = instance };
        foreach (string instance in _withSteps) // 4.2: an item that already has steps is kept, an instance too
            if (Definition(Base(instance)) is { } definition)
                Items.TryAdd(instance, definition with { Code = instance });
    }

    private List<string> AllCodes() =>
        [.. Flow.Items.Select(i => i.Code).Concat(_kept.Keys).Concat(_plan.CatalogueItems.Select(i => i.Code)).Concat(_submitted.Keys).Distinct()];

    private bool IsInPlan(string code) =>
        Flow.Items.Any(i => i.Code == code) || _kept.ContainsKey(code) || _added.Contains(code) || _withSteps.Any(s => Base(s) == code);

    private SlowPlanItem? Definition(string code) =>
        Flow.Items.FirstOrDefault(i => i.Code == code)
        ?? _kept.GetValueOrDefault(code)
        ?? _plan.CatalogueItems.FirstOrDefault(i => i.Code == code)
        ?? _submitted.GetValueOrDefault(code);

    private IEnumerable<string> Instances(string code) => _inWorks.Contains(code) ? _works.Select(n => Instance(code, n)) : [code];

    /// <summary>4.3: the declared prerequisites of a code, of the flow or of the catalogue.</summary>
    private List<SlowEdge> Declared(string code)
    {
        if (Flow.Edges is null || !Flow.Items.Any(i => i.Code == code))
            return [.. _plan.CatalogueEdges.Where(e => e.After == code && Definition(e.Before) is not null)];
        // the flow's own edges; an added item brings its catalogue edges both ways (4.2)
        return [.. Flow.Edges.Where(e => e.After == code)
            .Concat(_plan.CatalogueEdges.Where(e => e.After == code && !Flow.Items.Any(i => i.Code == e.Before) && (_added.Contains(e.Before) || _kept.ContainsKey(e.Before))))
            .Distinct()];
    }

    private List<(string Pre, bool Tolerant)> Expand(string instance, HashSet<string> path)
    {
        List<(string, bool)> result = [];
        if (!path.Add(instance))
            return result;
        string code = Base(instance);
        foreach (SlowEdge edge in Declared(code))
        {
            bool tolerant = Flow.TolerantEdges.Contains(edge);
            // 4.4: within the work and towards S1; an item outside works waits for all works
            IEnumerable<string> pres = !_inWorks.Contains(edge.Before) ? [edge.Before]
                : _inWorks.Contains(code) ? [Instance(edge.Before, WorkOf(instance))]
                : _works.Select(n => Instance(edge.Before, n));
            foreach (string pre in pres)
            {
                if (Items.ContainsKey(pre) && Applies(pre) != SlowTri.No)
                    result.Add((pre, tolerant)); // an undetermined one blocks
                else
                    foreach (var (further, furtherTolerant) in Expand(pre, path))
                        result.Add((further, tolerant || furtherTolerant)); // one tolerant edge makes the path tolerant
            }
        }
        path.Remove(instance);
        return result;
    }

    private SlowTri Applies(string instance, HashSet<string> asking)
    {
        if (_applies.TryGetValue(instance, out SlowTri known))
            return known;
        SlowTri result = Find(instance, asking);
        if (asking.Count == 0)
            _applies[instance] = result;
        return result;
    }

    private SlowTri Find(string instance, HashSet<string> asking)
    {
        if (!Items.TryGetValue(instance, out SlowPlanItem? item) || _struck.Contains(instance))
            return SlowTri.No; // a struck item is notApplicable whatever its group
        if (item.Applies is { } said)
            return said;
        SlowTri raw = Raw(instance, item, asking);
        foreach (SlowGroup group in Flow.Groups.Where(g => g.Items.Contains(Base(instance))))
        {
            List<string> members = [.. group.Items.SelectMany(Instances)
                .Where(o => !_inWorks.Contains(Base(o)) || !_inWorks.Contains(Base(instance)) || WorkOf(o) == WorkOf(instance))
                .Where(Items.ContainsKey)];
            bool another = members.Any(o => o != instance && !_struck.Contains(o) && Raw(o, Items[o], asking) == SlowTri.Yes);
            if (raw == SlowTri.Undetermined && another)
                raw = SlowTri.No;
            else if (raw == SlowTri.No && !another && group.ExactlyOne)
                raw = SlowTri.Undetermined; // exactlyOne with none is undetermined
        }
        return raw;
    }

    private SlowTri Raw(string instance, SlowPlanItem item, HashSet<string> asking)
    {
        if (item.Applies is { } said)
            return said;
        if (item.Condition is { } condition)
            return _answers.TryGetValue(condition, out bool yes) ? (yes ? SlowTri.Yes : SlowTri.No) : SlowTri.Undetermined;
        if (item.AppliesIf.Count == 0)
            return SlowTri.Yes;
        if (asking.Contains(instance))
            return SlowTri.Undetermined;
        HashSet<string> further = [.. asking, instance];
        bool undetermined = false;
        foreach (string named in item.AppliesIf)
        {
            IEnumerable<string> instances = !_inWorks.Contains(named) ? [named]
                : _inWorks.Contains(Base(instance)) ? [Instance(named, WorkOf(instance))]
                : _works.Select(n => Instance(named, n));
            foreach (string other in instances)
            {
                SlowTri tri = Applies(other, further);
                if (tri == SlowTri.Yes)
                    return SlowTri.Yes;
                if (tri == SlowTri.Undetermined)
                    undetermined = true;
            }
        }
        return undetermined ? SlowTri.Undetermined : SlowTri.No;
    }
}
