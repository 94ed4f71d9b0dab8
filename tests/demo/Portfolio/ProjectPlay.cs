namespace Agency.Demo.Portfolio;

/// <summary>Plays one project of the portfolio from its registration to today, one request after the other, by entries from paper.</summary>
/// <param name="helped">The service to it.</param>
/// <param name="tell">Told the day that has been played, and how many facts it made.</param>
internal sealed class ProjectPlay(Service service, Venture venture, ItemCourse course, ServiceCourse helped, CityCalendar calendar, DateOnly today, Action<DateOnly, int> tell)
{
    private static readonly string[] _shared = ["建设单位统一社会信用代码证照", "授权委托书", "项目申请一张表单"];

    private readonly Agenda _agenda = new(venture.RegisteredOn, calendar);
    private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<int, DateOnly> _finished = [];
    private ILookup<string, string> _dependants = Array.Empty<(string, string)>().ToLookup(d => d.Item1, d => d.Item2);
    private bool _isNew;

    // Before this day nothing is left to be done of a project that was there already.
    private DateOnly _known = venture.RegisteredOn;
    private bool _isComplete;

    // Paused, and not to go on.
    private bool _stands;

    /// <summary>Plays to today; what was played before stays.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        _isNew = await service.Register(Paper(Registration(), venture.RegisteredOn), cancellationToken);
        if (_isNew) tell(_agenda.Now, 1);
        else if (await IsTerminated(cancellationToken)) return;

        var plan = venture.Works == 1 ? null : await Post<Plan>("works", Paper(new() { ["name"] = "二标段", ["reason"] = "分两个标段建设" }, venture.RegisteredOn), cancellationToken, once: true);
        Take(_isNew && plan is not null ? plan : await service.Plan(venture.Code, cancellationToken));
        Foresee();
        while (_agenda.Take(today) is { } move && await Make(move, cancellationToken))
        {
            // One after the other.
        }
    }

    private Dictionary<string, object?> Registration() => new()
    {
        ["code"] = venture.Code,
        ["name"] = venture.Name,
        ["flow"] = venture.Flow,
        ["ownerName"] = venture.Owner.Name,
        ["ownerCreditCode"] = venture.Owner.CreditCode,
        ["district"] = venture.District,
        ["authority"] = venture.Authority,
        ["leadDepartment"] = venture.LeadDepartment,
        ["keyLevel"] = venture.KeyLevel,
        ["cluster"] = venture.Cluster,
        ["investment"] = venture.Investment,
        ["plannedConstructionDays"] = venture.ConstructionDays,
        ["conditions"] = venture.Conditions,
    };

    // Whether nothing is left to be played of a project that is there already.
    private async Task<bool> IsTerminated(CancellationToken cancellationToken)
    {
        var project = await service.Project(venture.Code, cancellationToken);
        foreach (var work in project.Works.Where(w => w.FinishedOn is not null)) _finished[work.Number] = work.FinishedOn!.Value;
        _stands = project.State == "paused" && (venture.Fate != Fate.Continued || venture.ContinuedOn > today);
        return project.State == "terminated";
    }

    private void Take(Plan plan)
    {
        _agenda.Keep(m => !m.IsOfItems);
        _agenda.Know(plan.Items.Select(i => i.Code));
        foreach (var item in plan.Items) _items[item.Code] = item;
        _dependants = plan.Items.SelectMany(i => i.Prerequisites.Select(p => (Before: p, i.Code))).ToLookup(d => d.Before, d => d.Code);
        foreach (var item in plan.Items) Next(item);
        foreach (var work in plan.Items.Select(i => i.Work ?? 1).Distinct()) NextFinish(work);
        if (!_isNew) _known = plan.Items.SelectMany(i => i.Rounds).Select(r => r.DecidedOn ?? r.AcceptedOn ?? r.ReceivedOn).Concat(_finished.Values).Append(_known).Max();
        Complete();
    }

    private void Complete()
    {
        if (_isComplete || !_items.Values.All(i => !i.Applies || i.Approved)) return;
        _isComplete = true;
        foreach (var move in helped.Completed(_items.Values.Where(i => i.Approved).Max(i => i.Round.DecidedOn!.Value))) _agenda.Add(move);
    }

    // What happens to the project as a whole.
    private void Foresee()
    {
        foreach (var move in helped.Foreseen(today).Where(m => m.Day >= _known || m.After.Any(a => a.Day >= _known))) _agenda.Add(move);
        if (venture.Fate is Fate.Paused or Fate.Continued && !_stands) _agenda.Add(new(MoveKind.Pause, venture.FateOn, "pause", new() { ["reason"] = "建设资金尚未落实,建设单位申请缓建", ["documentNumber"] = $"南重服〔{venture.FateOn.Year}〕缓{venture.Index}号" }));
        if (venture.Fate == Fate.Terminated) _agenda.Add(new(MoveKind.Termination, venture.FateOn, "termination", new() { ["reason"] = "投资方调整投资计划,项目不再实施", ["documentNumber"] = $"南重服〔{venture.FateOn.Year}〕终{venture.Index}号" }));
        if (venture.AnsweredOn is { } day && _items.Values.Any(i => i.State == "undetermined"))
            _agenda.Add(new(MoveKind.Answer, day, "plan/changes", new() { ["kind"] = "answer", ["condition"] = venture.LeftOpen, ["answer"] = venture.Lot.Happens("answer", 0.5), ["reason"] = "情形已核实" }));
    }

    // False: nothing follows any more.
    private async Task<bool> Make(Move move, CancellationToken cancellationToken)
    {
        switch (move.Kind)
        {
            case MoveKind.Step:
                await Take(move, cancellationToken);
                return true;
            case MoveKind.WorksFinished:
                await Post<object>(move.Step, Paper(move), cancellationToken);
                _finished[move.Work] = move.Day;
                foreach (var item in _items.Values.Where(i => i.Stage == "S4" && (i.Work ?? 1) == move.Work).ToList()) Next(item);
                break;
            case MoveKind.Answer:
                var plan = await Post<Plan>(move.Step, Paper(move), cancellationToken);
                Take(plan);
                break;
            case MoveKind.Termination or MoveKind.Pause or MoveKind.Service when _isComplete && !move.IsOfEnd:
                return true;
            case MoveKind.Service:
                var made = await service.Post<Made>($"/projects/{venture.Code}/{move.Step}", Paper(move), $"demo-{move.Step}-{move.Day:yyyyMMdd}", cancellationToken, move.Puts);
                foreach (var after in move.After) _agenda.Add(after with { Step = after.Step.Replace("{id}", made.Id, StringComparison.Ordinal) });
                break;
            case MoveKind.Pause:
                await Post<object>(move.Step, Paper(move), cancellationToken, once: true);
                _stands = venture.Fate == Fate.Paused || venture.ContinuedOn > today;
                if (_stands) _agenda.Keep(m => m.Kind is MoveKind.Service or MoveKind.Answer);
                else _agenda.Hold(venture.ContinuedOn);
                if (!_stands) _agenda.Add(new(MoveKind.Continuation, venture.ContinuedOn, "continuation", new() { ["reason"] = "资金已到位,恢复推进" }));
                break;
            default:
                await Post<object>(move.Step, Paper(move), cancellationToken, once: true);
                if (move.Kind == MoveKind.Termination) return false;
                break;
        }

        // Of a project that was there already this may be a repeat.
        if (_isNew) tell(_agenda.Now, 1);
        return true;
    }

    // A step; or all that is handed in on that day for a stage, as one.
    private async Task Take(Move move, CancellationToken cancellationToken)
    {
        var stage = _items[move.Item!].Stage;
        var together = move.IsSubmission && stage != "SP" ? _agenda.TakeWith(move, m => m.IsSubmission && _items[m.Item!].Stage == stage) : [move];
        if (together.Count == 1)
        {
            var was = _items[move.Item!];
            var item = await Post<Item>($"approvals/{Uri.EscapeDataString(was.Code)}/{move.Step}", Paper(move), cancellationToken);
            Took(item);
            tell(_agenda.Now, 1);
            return;
        }

        Dictionary<string, object?> body = new() { ["items"] = together.Select(m => m.Item), ["materials"] = Move.Materials(_shared) };
        await Post<object>($"stages/{stage}/applications", Paper(body, move.Day), cancellationToken);
        foreach (var each in together) Took(course.Submitted(_items[each.Item!], move.Day));
        tell(_agenda.Now, together.Count + 1);
    }

    private void Took(Item item)
    {
        _items[item.Code] = item;
        Next(item);
        if (!item.Approved || item.Round.DeliveredOn is not null) return;
        foreach (var dependant in _dependants[item.Code]) Next(_items[dependant]);
        Complete();
        if (item is { Stage: "S3", Milestone: true }) NextFinish(item.Work ?? 1);
    }

    private void Next(Item item)
    {
        if (!_stands && course.Next(item, item.State is "ready" or "notReady" ? Since(item) : null) is { } move) _agenda.Add(move);
    }

    // Since when an item can be submitted: the last of its prerequisites' approvals, in S4 of the report that its work is finished.
    private DateOnly? Since(Item item)
    {
        var since = venture.RegisteredOn;
        foreach (var before in item.Prerequisites)
        {
            if (_items[before] is not { Approved: true } approved) return null;
            if (approved.Round.DecidedOn > since) since = approved.Round.DecidedOn.Value;
        }

        if (item.Stage != "S4") return since;
        return _finished.TryGetValue(item.Work ?? 1, out var finished) ? finished > since ? finished : since : null;
    }

    // A work is built once what reaches S3 in it is approved.
    private void NextFinish(int work)
    {
        Item[] permits = [.. _items.Values.Where(i => i is { Stage: "S3", Milestone: true, Applies: true } && (i.Work ?? 1) == work)];
        if (_stands || _finished.ContainsKey(work) || permits.Length == 0 || permits.Any(i => !i.Approved)) return;
        var finished = permits.Max(i => i.Round.DecidedOn!.Value).AddDays(venture.ConstructionDays * venture.Lot.Between($"built {work}", 90, 125) / 100);
        _agenda.Add(new(MoveKind.WorksFinished, calendar.After(finished, venture.Lot.Between("reported", 1, 5)), "works-finished", new() { ["work"] = work, ["finishedOn"] = finished }) { Work = work });
    }

    private static Dictionary<string, object?> Paper(Move move) => Paper(move.Body, move.Day);

    private static Dictionary<string, object?> Paper(Dictionary<string, object?> body, DateOnly day) => new(body) { ["occurredOn"] = day, ["lateReason"] = Building.LateReason };

    private Task<T> Post<T>(string path, IReadOnlyDictionary<string, object?> body, CancellationToken cancellationToken, bool once = false) =>
        service.Post<T>($"/projects/{venture.Code}/{path}", body, once ? $"demo-{path}" : null, cancellationToken);
}
