namespace Agency.Tests.Oracle;

/// <summary>
/// The forecast by following every path (domain 8), date by date. Each answer is a recursion over the items; nothing is
/// sorted, numbered or passed over twice.
/// </summary>
public sealed class SlowForecast
{
    private readonly SlowCalendar _calendar;
    private readonly SlowForecastProject _project;
    private readonly Dictionary<string, SlowForecastItem> _open;
    private readonly ILookup<string, (SlowForecastItem Item, bool Tolerant)> _dependants;
    private readonly Dictionary<string, Span> _spans = [];
    private readonly Dictionary<string, int> _tails = [];
    private readonly Dictionary<DateOnly, int> _numbers = [];
    private readonly Dictionary<int, HashSet<string>> _before = [];
    private DateOnly _numbered;

    public SlowForecast(SlowCalendar calendar, SlowForecastProject project)
    {
        _calendar = calendar;
        _project = project;
        _open = project.Items.Where(i => i.Phase is not (SlowPhase.Approved or SlowPhase.Undetermined or SlowPhase.NotApplicable)).ToDictionary(i => i.Code);
        _dependants = _open.Values.SelectMany(i => i.Prerequisites.Select(p => (p.Code, Value: (i, p.Tolerant)))).ToLookup(p => p.Code, p => p.Value);
        _numbered = project.AsOf;
        _numbers[project.AsOf] = 0;
    }

    private sealed record Span(DateOnly Start, DateOnly Accepted, DateOnly End, DateOnly Finish);

    public IEnumerable<string> Open => _open.Keys;

    /// <summary>The last finish; the day itself where nothing is open.</summary>
    public DateOnly ProjectFinish => Latest(_open.Count == 0 ? [] : [.. _open.Keys.Select(Finish), .. _project.Works.Where(IsAwaited).Select(ConstructionEnd).OfType<DateOnly>()]);

    public int WorkingDays => Number(ProjectFinish);

    public DateOnly Start(string code) => Of(code).Start;

    public DateOnly Finish(string code) => Of(code).Finish;

    /// <summary>By how many working days its finish can be later, if all that follows takes as long as was found.</summary>
    public int Slack(string code) => WorkingDays - Number(Finish(code)) - Tail(code);

    public DateOnly LatestFinish(string code) => _calendar.WorkingDaysAfter(_project.AsOf, Number(Finish(code)) + Slack(code));

    /// <summary>Working days that the finish comes nearer if the item is decided today.</summary>
    public int Gain(string code)
    {
        SlowForecast then = new(_calendar, _project with { Decided = new Dictionary<string, DateOnly>(_project.Decided) { [code] = _project.AsOf } });
        return WorkingDays - then.WorkingDays;
    }

    public HashSet<DateOnly> CountedSoFar => [.. _project.Items.Where(i => i.Counts).SelectMany(i => i.Counted).SelectMany(c => Days(c.From, c.To))];

    /// <summary>The total limit less the approval days so far and those to come.</summary>
    public int PromisedSlack
    {
        get
        {
            HashSet<DateOnly> coming = [];
            foreach (SlowForecastItem item in _open.Values.Where(i => i.Counts && i.Phase != SlowPhase.AwaitingConfirmation))
            {
                if (item.Phase == SlowPhase.ToSubmit && _project.Decided.ContainsKey(item.Code))
                    continue; // decided: it takes no days of its own
                coming.UnionWith(Days(Of(item.Code).Accepted, Finish(item.Code)));
            }
            return _project.TotalLimitDays - CountedSoFar.Count - coming.Count;
        }
    }

    /// <summary>The day on which the limit is reached if every working day to come counts, or was reached.</summary>
    public DateOnly Promised
    {
        get
        {
            List<DateOnly> so = [.. CountedSoFar.Order()];
            return so.Count > _project.TotalLimitDays ? so[_project.TotalLimitDays - 1] : _calendar.WorkingDaysAfter(_project.AsOf, _project.TotalLimitDays - so.Count);
        }
    }

    /// <summary>Whether each keeps back the next, from one that nothing keeps back to the finish.</summary>
    public string? WrongChain(IReadOnlyList<string> chain)
    {
        if (chain.Any(c => Slack(c) != 0))
            return "an item on it has slack";
        if (chain.Count == 0)
            return _open.Count == 0 ? null : "it is empty";
        if (Finish(chain[^1]) != ProjectFinish)
            return "it does not end with the finish";
        for (int i = 1; i < chain.Count; i++)
            if (!KeepsBack(chain[i - 1], chain[i]))
                return $"{chain[i - 1]} does not keep back {chain[i]}";
        return null;
    }

    private bool KeepsBack(string before, string after)
    {
        SlowForecastItem item = _open[after];
        Span span = Of(after);
        foreach ((string code, bool tolerant) in item.Prerequisites)
            if (code == before && (EndOnly(item, tolerant) ? Finish(before) == span.Finish : After(Finish(before), _project.OwnerLag) == span.Start && span.End == span.Finish))
                return true;
        return WaitsForConstruction(item) && StartsConstruction(before, item.Work)
            && (_project.Decided.ContainsKey(after) ? ConstructionEnd(item.Work) == span.Finish : ConstructionEnd(item.Work) == span.Start && span.End == span.Finish);
    }

    private bool StartsConstruction(string code, int work) => WaitsFor(work) is { } items && items.Any(i => i.Code == code) && ConstructionStart(work) == Finish(code);

    // Begun, or supposed to be decided: only the end waits.
    private bool EndOnly(SlowForecastItem item, bool tolerant) => tolerant || item.Phase != SlowPhase.ToSubmit || _project.Decided.ContainsKey(item.Code);

    private Span Of(string code)
    {
        if (_spans.TryGetValue(code, out Span? span))
            return span;
        return _spans[code] = Work(_open[code]);
    }

    private Span Work(SlowForecastItem item)
    {
        DateOnly today = _project.AsOf;
        List<DateOnly> ends = [.. Waits(item).Where(w => EndOnly(item, w.Tolerant)).Select(w => Finish(w.Code))];
        List<DateOnly> starts = [.. Waits(item).Where(w => !EndOnly(item, w.Tolerant)).Select(w => After(Finish(w.Code), _project.OwnerLag))];
        DateOnly start = today, accepted = today, end = today;
        switch (item.Phase)
        {
            case SlowPhase.ToSubmit:
                if (starts.Count == 0)
                    starts.Add(After(item.ReadyOn ?? today, _project.OwnerLag));
                if (WaitsForConstruction(item))
                    (_project.Decided.ContainsKey(item.Code) ? ends : starts).Add(ConstructionEnd(item.Work)!.Value);
                start = Latest(starts);
                accepted = After(start, _project.Window);
                end = After(accepted, item.LimitDays, item.Unit);
                break;
            case SlowPhase.Submitted:
                start = accepted = Latest([After(item.ReceivedOn!.Value, _project.Window)]);
                end = After(accepted, item.LimitDays, item.Unit);
                break;
            case SlowPhase.SupplementRequested:
                start = accepted = After(today, _project.OwnerLag + _project.Window);
                end = After(accepted, item.LimitDays, item.Unit);
                break;
            case SlowPhase.Running:
            case SlowPhase.Suspended:
                if (item.ProcedureEnds is { } over)
                    start = accepted = Latest([over]);
                int left = item.LimitDays - item.Counted.Sum(c => item.Unit == SlowUnit.Natural ? c.To.DayNumber - c.From.DayNumber : _calendar.WorkingDaysBetween(c.From, c.To));
                end = left <= 0 ? accepted : After(accepted, left, item.Unit);
                break;
            case SlowPhase.AwaitingConfirmation:
                ends.Clear(); // decided already: only the confirmation is left, and waits for nothing
                break;
        }

        if (_project.Decided.TryGetValue(item.Code, out DateOnly by))
        {
            end = by;
            accepted = item.Phase == SlowPhase.ToSubmit || accepted > by ? by : accepted;
            start = accepted;
        }

        return new(start, accepted, end, Latest([end, .. ends]));
    }

    private IEnumerable<(string Code, bool Tolerant)> Waits(SlowForecastItem item) => item.Prerequisites.Where(p => _open.ContainsKey(p.Code));

    // The longest way from its finish to the end, each step as long as it was found to be.
    private int Tail(string code)
    {
        if (_tails.TryGetValue(code, out int tail))
            return tail;
        foreach ((SlowForecastItem item, bool tolerant) in _dependants[code])
            if (item.Phase != SlowPhase.AwaitingConfirmation)
                tail = Math.Max(tail, (EndOnly(item, tolerant) ? 0 : _project.OwnerLag + Length(item)) + Tail(item.Code));
        foreach (int work in _project.Works)
            if (IsAwaited(work) && WaitsFor(work) is { } items && items.Any(i => i.Code == code) && (!AnyOf(work) || code == FirstOf(items)))
                tail = Math.Max(tail, Number(ConstructionEnd(work)!.Value) - Number(ConstructionStart(work)!.Value) + ConstructionTail(work));
        return _tails[code] = tail;
    }

    private int ConstructionTail(int work) => _open.Values.Where(i => i.Work == work && WaitsForConstruction(i))
        .Select(i => (_project.Decided.ContainsKey(i.Code) ? 0 : Length(i)) + Tail(i.Code)).DefaultIfEmpty(0).Max();

    private int Length(SlowForecastItem item) => Number(Of(item.Code).End) - Number(Of(item.Code).Start);

    // Of S3 in the work what its milestone is made of, applicable and determined; none: there is no construction.
    private List<SlowForecastItem> Permits(int work)
    {
        List<SlowForecastItem> items = [.. _project.Items.Where(i => i.Stage == "S3" && i.Work == work && i.Phase is not (SlowPhase.Undetermined or SlowPhase.NotApplicable))];
        return _project.PermitRule != "none" && items.Any(i => i.Milestone) ? [.. items.Where(i => i.Milestone)] : items;
    }

    private bool AnyOf(int work) => _project.PermitRule == "any" && Permits(work).Any(i => i.Milestone);

    private bool HasConstruction(int work) => _project.ConstructionDays is not null && !_project.FinishedWorks.Contains(work) && Permits(work).Count > 0;

    private DateOnly? PermittedOn(int work)
    {
        List<DateOnly?> days = [.. Permits(work).Select(i => i.ApprovedOn)];
        return AnyOf(work) ? days.Min() : days.Contains(null) ? null : days.Max();
    }

    // The open items that the construction waits for; null if it waits for none.
    private List<SlowForecastItem>? WaitsFor(int work) =>
        HasConstruction(work) && PermittedOn(work) is null ? [.. Permits(work).Where(i => _open.ContainsKey(i.Code))] : null;

    private string FirstOf(List<SlowForecastItem> items) => items.OrderBy(i => Finish(i.Code)).ThenBy(i => i.Code, StringComparer.Ordinal).First().Code;

    // What is undetermined holds the milestone open, though nothing that is expected does.
    private DateOnly? ConstructionStart(int work) => !HasConstruction(work) ? null
        : PermittedOn(work) is { } day ? (IsHeldOpen(work) ? _project.AsOf : day) : (WaitsFor(work)! is var items && AnyOf(work) ? Finish(FirstOf(items)) : items.Select(i => Finish(i.Code)).Max());

    private bool IsHeldOpen(int work)
    {
        List<SlowForecastItem> items = [.. _project.Items.Where(i => i.Stage == "S3" && i.Work == work && i.Phase != SlowPhase.NotApplicable)];
        bool milestones = _project.PermitRule != "none" && items.Any(i => i.Milestone);
        return items.Any(i => i.Phase == SlowPhase.Undetermined && (i.Milestone || !milestones));
    }

    // A construction that nothing waits for moves nothing.
    private bool IsAwaited(int work) => _open.Values.Any(i => i.Work == work && WaitsForConstruction(i));

    private DateOnly? ConstructionEnd(int work) => ConstructionStart(work) is { } start ? Latest([After(start, _project.ConstructionDays!.Value, SlowUnit.Natural)]) : null;

    // Where the flow runs against the stages, what the construction waits for does not wait for it.
    private bool WaitsForConstruction(SlowForecastItem item)
    {
        if (item.Stage != "S4" || item.EverSubmitted || !HasConstruction(item.Work))
            return false;
        if (!_before.TryGetValue(item.Work, out HashSet<string>? before))
        {
            _before[item.Work] = before = [];
            foreach (SlowForecastItem permit in WaitsFor(item.Work) ?? [])
                Collect(permit.Code, before);
        }
        return !before.Contains(item.Code);
    }

    private void Collect(string code, HashSet<string> before)
    {
        if (!_open.TryGetValue(code, out SlowForecastItem? item) || !before.Add(code))
            return;
        foreach ((string prerequisite, _) in item.Prerequisites)
            Collect(prerequisite, before);
        if (item.Stage == "S4" && !item.EverSubmitted)
            foreach (SlowForecastItem permit in WaitsFor(item.Work) ?? [])
                Collect(permit.Code, before);
    }

    private DateOnly Latest(IEnumerable<DateOnly> days) => days.Append(_project.AsOf).Max();

    private DateOnly After(DateOnly day, int days, SlowUnit unit = SlowUnit.Working) =>
        unit == SlowUnit.Working ? _calendar.WorkingDaysAfter(day, days) : _calendar.OnOrAfter(day.AddDays(days));

    private IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (DateOnly day = from.AddDays(1); day <= to; day = day.AddDays(1))
            if (_calendar.IsWorkingDay(day))
                yield return day;
    }

    // Working days after the day from which it is forecast.
    private int Number(DateOnly day)
    {
        while (_numbered < day)
        {
            int before = _numbers[_numbered];
            _numbered = _numbered.AddDays(1);
            _numbers[_numbered] = before + (_calendar.IsWorkingDay(_numbered) ? 1 : 0);
        }
        return day < _project.AsOf ? -_calendar.WorkingDaysBetween(day, _project.AsOf) : _numbers[day];
    }
}
