using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Projects;

/// <summary>A random project that is led twice at once: by the deciders, and by the slow model that was written from the rules alone.</summary>
internal sealed class RandomLife
{
    private const string Code = "2024-511302-47-01-000001";
    private const string Owner = "91511302MA62900AX9";
    private static readonly CityData _city = CityDataFiles.Load(Path.Combine(AppContext.BaseDirectory, "data"));
    private static readonly DepartmentCodes _departments = new(_city);
    private static readonly ShippedCalendar _shipped = HolidayFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json"));
    private static readonly WorkingCalendar _calendar = new(1, _shipped.Years);
    private static readonly SlowCalendar _slowCalendar = new(_shipped.Years.Values.SelectMany(y => y.Off), _shipped.Years.Values.SelectMany(y => y.Work));

    private readonly Random _random;
    private readonly RandomPlan _plan;
    private readonly SlowProject _slow;
    private readonly List<SlowStep> _slowRecord = [];
    private readonly PlanBook _plans = new();

    // Where each fact of the one record is in the other.
    private readonly Dictionary<long, int> _places = [];
    private DateOnly _today;

    // After each act: how many facts there were in each record, and the day.
    private readonly List<(int Entries, int Slow, DateOnly Today)> _known = [];

    public RandomLife(int seed)
    {
        _random = new(seed);
        _today = new DateOnly(2024, 1, 2).AddDays(_random.Next(600));
        _plan = new(_random, _today);
        _slow = new(_slowCalendar, _plan.Slow);
        _plans.Add(_plan.Flow);
        var details = new ProjectDetails("n", "o", Owner, "511300-ZJJ", KeyLevel.Other, null, null, null, []);
        var registered = new ProjectRegistered(Code, _plan.Flow.Code, 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, _plan.Answers.ToImmutableSortedDictionary(), details);
        State = ProjectState.None.With([Context(Office()).Entry(registered, 1)]);
        _known.Add((1, 0, _today));
    }

    public ProjectState State { get; private set; } = ProjectState.None;

    public int Accepted { get; private set; }

    public DateOnly Today => _today;

    public static WorkingCalendar Calendar => _calendar;

    /// <summary>The project as it is seen.</summary>
    public ProjectViews Views(AsKnown asKnown, WorkingCalendar? calendar = null) => asKnown.Views(State, _plans, _departments, calendar ?? _calendar, Moment())!;

    /// <summary>The project as it is seen on a later day, when nothing has happened since the last act and nobody has looked for silence.</summary>
    public ProjectViews ViewsOn(DateOnly day, WorkingCalendar? calendar = null) =>
        new AsKnown(null, State.Entries[^1].RecordedAt, null).Views(State, _plans, _departments, calendar ?? _calendar, new(new(day, new(4, 0), TimeSpan.Zero), day))!;

    /// <summary>The project as it is seen on a later day, when nothing has happened since the last act.</summary>
    public ProjectViews LookedAtOn(DateOnly day) => AsKnown.Now.Views(State, _plans, _departments, _calendar, new(new(day, new(4, 0), TimeSpan.Zero), day))!;

    /// <summary>What the portfolio keeps of it after the last act.</summary>
    public ProjectSummary Summary(string code) =>
        ProjectSummary.Of(code, State, ViewsOn(ShanghaiTime.DayOf(State.Entries[^1].RecordedAt)).Clocks, _departments);

    /// <summary>The steps that people have taken, entered from paper by the office into a project like it, in an order of the caller's.</summary>
    /// <param name="next">Which of the items' next steps is entered: given how many there are, its index.</param>
    /// <returns>The project; null if some step cannot be entered in any order.</returns>
    public RandomLife? Entered(Func<int, int> next)
    {
        var queues = State.Items.Values.Select(i => new Queue<Entry<ProjectFact>>(i.Steps.Where(s => s.Actor.Role != Role.System))).ToList();
        var other = new RandomLife(this);
        for (var refused = 0; queues.Count > 0 && refused < 1000;)
        {
            var queue = queues[next(queues.Count)];
            if (queue.Count == 0)
            {
                queues.Remove(queue);
                continue;
            }

            var step = queue.Peek();
            var department = _departments.Of(_plan.Items.Single(i => i.Code == ((Step)step.Fact).Item).Organ, Authority.City, "511302");
            var behalf = step.Fact is Submission or Supplement or HandIn or Withdrawal or Confirmation || _departments.Find(department)!.Kind != OrganKind.Department ? null : department;
            var decision = StepDecider.Decide((Step)step.Fact, other.State, other.Context(Office(step.OccurredOn) with { OnBehalfOf = behalf, Texts = Reason(late: true) }));
            if (decision.Refusal is not null)
            {
                refused++;
                continue;
            }

            other.State = other.State.With(decision.Facts);
            queue.Dequeue();
        }

        return queues.Count == 0 ? other : null;
    }

    private RandomLife(RandomLife like)
    {
        (_random, _plan, _slow, _plans, _today) = (like._random, like._plan, like._slow, like._plans, like._today);
        State = ProjectState.None.With([like.State.Entries[0]]);
    }

    /// <summary>Takes a random step of a random item, as <see cref="Step"/> does among others.</summary>
    public void StepAnItem()
    {
        var item = _plan.Items[_random.Next(_plan.Items.Length)];
        if (_random.Next(3) == 0) _today = _today.AddDays(_random.Next(1, 5));
        var (step, slow) = RandomSteps.Next(_random, item, State.Item(item.Code), _today);
        var (act, slowActor) = RandomActor(step, item, _today);
        Give($"{step} by {act.Actor.Role}", act, slow with { Actor = slowActor }, context => StepDecider.Decide(step, State, context));
    }

    /// <summary>Gives a random command to both, and compares what they say.</summary>
    public void Step()
    {
        if (_random.Next(3) == 0) _today = _today.AddDays(_random.Next(1, 5));
        var day = _random.Next(3) == 0 ? _today.AddDays(-_random.Next(-1, 9)) : _today;
        switch (_random.Next(20))
        {
            case 0:
                var (change, slowChange) = RandomChanges.Plan(_random, Codes(), State, day);
                Give($"{change}", Office(day), slowChange, context => PlanDecider.Decide(change, State, context));
                break;
            case 1 when _random.Next(2) == 0:
                var (fact, slowFact) = RandomChanges.Standstill(_random, State, day);
                Give($"{fact}", Office(day), slowFact, context => StandstillDecider.Decide(fact, State, context));
                break;
            case 2 when _places.Count > 0:
                var (corrections, slowCorrection) = RandomChanges.Corrections(_random, State, _places, _slowRecord, _today);
                Give($"{string.Join("; ", corrections)}", Office(_today), slowCorrection, context => CorrectionDecider.Decide(corrections, State, new(context, _ => _calendar)));
                break;
            default:
                var item = _plans.Of(State.Plan!).Items[_random.Next(_plans.Of(State.Plan!).Items.Length)].Definition;
                var (step, slow) = RandomSteps.Next(_random, item, State.Item(item.Code), day);
                var (act, slowActor) = RandomActor(step, item, day);
                Give($"{step} by {act.Actor.Role}", act, slow with { Actor = slowActor }, context => StepDecider.Decide(step, State, context));
                break;
        }
    }

    private void Give(string what, Act act, SlowStep slow, Func<ProjectContext, Decision<ProjectFact>> decide)
    {
        var decision = decide(Context(act));
        var verdict = _slow.Judge(_slowRecord, slow, _today);

        // The model says itself where its verdict hangs on a reading that the rules leave open.
        if (verdict.DependsOn.Count > 0) return;
        Assert.True(
            decision.Refusal is null == verdict.Accepted,
            $"{what} on {slow.OccurredOn}, today {_today}: {Say(decision.Refusal)}, but by the rules {verdict.Refusal ?? "accepted"}.");
        if (decision.Refusal is not null) return;

        Accepted++;
        var shared = decision.Facts.Where(f => f.Actor.Role != Role.System || f.Fact is DeemedAcceptance or Withdrawal).OrderBy(f => f.Fact is Withdrawal && f.Actor.Role == Role.System).ToArray();
        foreach (var (index, fact) in shared.Index())
        {
            if (index < verdict.Facts.Count && fact.Actor.Role != Role.System) _places[fact.Version] = _slowRecord.Count + index;
        }

        State = State.With(decision.Facts);
        _slowRecord.AddRange(verdict.Facts);
        _known.Add((State.Entries.Length, _slowRecord.Count, _today));
    }

    /// <summary>Corrects the day of one fact, if that is possible.</summary>
    public bool TryMove(long version, int days)
    {
        var correction = new Correction(version, State.Entries[(int)version - 1].OccurredOn.AddDays(days), null, false);
        var decision = CorrectionDecider.Decide([correction], State, new(Context(Office(_today)), _ => _calendar));
        if (decision.Refusal is null) State = State.With(decision.Facts);
        return decision.Refusal is null;
    }

    private static string Say(Refusal? refusal) => refusal is null ? "accepted" : $"{refusal.Code} ({string.Join(", ", refusal.Arguments.Select(a => $"{a.Key} {a.Value}"))})";

    private ImmutableArray<string> Codes() => [.. _plans.Of(State.Plan!).Items.Select(i => i.Code)];

    /// <summary>Compares all that is seen of the project today.</summary>
    public void Compare()
    {
        Compare(AsKnown.Now, _slow.Ask(_slowRecord, _slowRecord.Count, _today, _today));
    }

    /// <summary>Compares what was known at some time of how things stood on some day.</summary>
    public void CompareThePast()
    {
        var (entries, recorded, knowing) = _known[_random.Next(_known.Count)];
        var asOf = _today.AddDays(-_random.Next(40));
        var known = new AsKnown(_random.Next(3) == 0 ? null : asOf, _random.Next(3) == 0 ? null : State.Entries[entries - 1].RecordedAt, null);
        Compare(known, known.RecordedBy is null
            ? _slow.Ask(_slowRecord, _slowRecord.Count, _today, known.AsOf ?? _today)
            : _slow.Ask(_slowRecord, recorded, knowing, known.AsOf ?? _today));
    }

    /// <summary>Compares all that is seen of the project on some day, as it was known at some time.</summary>
    private void Compare(AsKnown asKnown, SlowAnswer answer)
    {
        var views = Views(asKnown);
        var (project, report) = (views.Project(Cities.Shipped.Service), answer.Report);
        Same("back-filled", (answer.BackFilled.Count, answer.Entries), (project.BackFilled.Entries, project.BackFilled.Of - 1)); // the model's record begins after the registration
        Same("the ledger", string.Join('\n', answer.Ledger.Days.Select(d => $"{d.Key} {d.Value}")), string.Join('\n', views.Ledger().Days.Where(d => d.Holder != Holder.NonWorking).Select(d => $"{d.Date} {d.Holder}")));
        foreach (var item in views.Plan().Items)
        {
            var slow = report.Items[item.Code];
            if (!(asKnown.AsOf < State.RegisteredOn)) Same(item.Code, $"{slow.State}", $"{item.State}"); // nothing was planned before
            Same(item.Code, slow.Rounds.Count, item.Rounds.Length);
            Same(item.Code, slow.Rounds is [.., var last] ? last.AcceptedOn : null, item.Rounds is [.., var round] ? round.AcceptedOn : null);
            Compare(item, slow.Clock);
        }

        foreach (var (code, ledger) in answer.Items)
        {
            var days = views.Ledger(code)!.Days;
            Same($"the ledger of {code}", string.Join('\n', ledger.Days.Select(d => $"{d.Key} {d.Value}")), string.Join('\n', days.Select(d => $"{d.Date} {d.Holder}")));
        }

        foreach (var stage in project.Stages)
        {
            var slow = report.Stages[stage.Code];
            Same(stage.Code, slow.StartedOn, stage.StartedOn);
            Same(stage.Code, slow.ReachedOn, stage.ReachedOn);
            Same(stage.Code, slow.UsedDays, stage.Clock.UsedDays);
            Same(stage.Code, slow.Applicable, stage.State != StageStatus.NotApplicable);
            Same(stage.Code, slow.Complete, stage.State == StageStatus.Complete);
            Same(stage.Code, $"{slow.Light}", $"{stage.Clock.Light}");
        }

        Same("approval days", report.ApprovalDays, project.Clock.UsedDays);
        Same("total light", $"{report.TotalLight}", $"{project.Clock.Light}");
        Same("light", $"{report.Light}", $"{project.Light}");
        Same("complete", report.Complete, project.CompletedOn is not null);
        Same("span", report.SpanDays, project.SpanDays ?? 0);
        Same("current stage", report.CurrentStage, project.CurrentStage);
    }

    private void Compare(ItemView item, SlowClockOutput slow)
    {
        var clock = item.Clock;
        Same(item.Code, $"{slow.State}", $"{clock.State}");
        if (clock.State == ClockState.None) return;
        Same(item.Code, slow.UsedDays, clock.UsedDays);
        Same(item.Code, slow.DueDate, clock.DueDate);
        Same(item.Code, slow.StatutoryDueDate, clock.StatutoryDueDate);
        Same(item.Code, slow.StatutoryBreached, clock.StatutoryBreached);
        Same(item.Code, $"{slow.Light}", $"{clock.Light}");

        // In natural days a due date that has moved to a working day leaves no days, not fewer than none.
        if (clock.Unit == DayUnit.WorkingDays || slow.RemainingDays >= 0) Same(item.Code, slow.RemainingDays, clock.RemainingDays);
    }

    private void Same<T>(string what, T expected, T actual, [CallerArgumentExpression(nameof(actual))] string member = "") =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}, {member}, on {_today}:\n{actual}\nbut by the rules\n{expected}.");

    /// <summary>The flow and the record, for whoever has to find out what went wrong.</summary>
    public string Story() => $"{_plan}\n{string.Join('\n', State.Entries.Select(e => $"{e.Version} {e.OccurredOn:yyyy-MM-dd} recorded {ShanghaiTime.DayOf(e.RecordedAt):yyyy-MM-dd} {e.Actor.Role} {ProjectFact.Codec.NameOf(e.Fact)} {(e.Fact is ProjectRegistered ? "" : FactJson.Payload(e.Fact))}"))}";

    private (Act Act, SlowActor Slow) RandomActor(Step step, ItemDefinition item, DateOnly day)
    {
        var department = _departments.Of(item.Organ, Authority.City, "511302");
        var isDepartment = _departments.Find(department)!.Kind == OrganKind.Department;
        var applicants = step is Submission or Supplement or HandIn or Withdrawal;
        return (day == _today ? _random.Next(8) : 0) switch
        {
            1 => (new(new("o", Role.Owner, null, Owner), "c", Texts: Reason(late: false)), SlowActor.Owner),
            2 => (new(new("k", Role.Clerk), "c", Texts: Reason(late: false)), new SlowActor(SlowRole.Nobody)), // there is no mandate
            3 => (new(new("d", Role.Department, department), "c", Texts: Reason(late: false)), SlowActor.Of(department)),
            4 => (new(new("d", Role.Department, "511303-LYJ"), "c", Texts: Reason(late: false)), SlowActor.Of("511303-LYJ")),
            _ => (Office() with { OccurredOn = day, OnBehalfOf = applicants || step is Confirmation || !isDepartment ? null : department, Texts = Reason(late: true) }, SlowActor.Office),
        };
    }

    private static Act Office() => new(new("p", Role.Office), "c");

    // A correction is an act of today; it names the days that it corrects itself.
    private Act Office(DateOnly day) => day == _today
        ? Office() with { Texts = Reason(late: false) }
        : Office() with { OccurredOn = day, Texts = Reason(late: true) };

    private static ImmutableSortedDictionary<string, string?> Reason(bool late)
    {
        var texts = Act.NoTexts.Add(Act.Reason, "r").Add(Extension.GrantedBy, "h");
        return late ? texts.Add(Act.LateReason, "l") : texts;
    }

    private ProjectContext Context(Act act) => new(act, Moment(), _calendar, _city, _departments, _plans);

    private Moment Moment() => new(new DateTimeOffset(_today, new(4, 0), TimeSpan.Zero).AddTicks(State.Entries.Length), _today);
}
