namespace Agency.Tests.Oracle;

public sealed class SlowSuspension
{
    public required string Procedure { get; init; }

    public required DateOnly From { get; init; }

    public required int AnnouncedDays { get; init; }

    public DateOnly? To { get; set; }
}

public sealed class SlowRound
{
    public required int Number { get; init; }

    public required DateOnly SubmittedOn { get; init; }

    /// <summary>5.2: the day of the last submission or supplement.</summary>
    public DateOnly ReceivedOn { get; set; }

    public DateOnly? SupplementRequestedOn { get; set; }

    public DateOnly? SupplementDueOn { get; set; }

    /// <summary>The day that counts; for the system's acceptance the day of receipt.</summary>
    public DateOnly? AcceptedOn { get; set; }

    public bool AcceptedBySystem { get; set; }

    public int? FixedLimit { get; set; }

    public int? FixedCap { get; set; }

    public string? FixedDepartment { get; set; }

    public List<SlowSuspension> Suspensions { get; } = [];

    public DateOnly? ExtendedOn { get; set; }

    public int ExtensionDays { get; set; }

    public List<SlowTolerated> Tolerated { get; } = [];

    public List<string> HandedIn { get; } = [];

    public DateOnly? DecidedOn { get; set; }

    public bool Approved { get; set; }

    /// <summary>5.1: needed for items of another kind; set with the decision where the office records it.</summary>
    public DateOnly? ConfirmedOn { get; set; }

    public DateOnly? DeliveredOn { get; set; }

    public DateOnly? RevokedOn { get; set; }

    /// <summary>The first day of the suspension that runs, or that ran when the round was withdrawn.</summary>
    public DateOnly? SuspendedSince { get; set; }

    /// <summary>The day of decision, refusal or withdrawal.</summary>
    public DateOnly? EndedOn { get; set; }

    public IEnumerable<string> RunningProcedures => Suspensions.Where(s => s.To is null).Select(s => s.Procedure);

    public IEnumerable<string> Owed => Tolerated.Select(t => t.Material).Where(m => !HandedIn.Contains(m));
}

/// <summary>
/// The life of one item: its steps in effective order, read from the front. Reading is permissive: whether a step was
/// allowed is judged elsewhere.
/// </summary>
public sealed class SlowItemLife
{
    private readonly SlowCalendar _calendar;
    private readonly IReadOnlyList<SlowPause> _pauses;
    private readonly bool _deem;

    private SlowItemLife(SlowCalendar calendar, IReadOnlyList<SlowPause> pauses, bool deem)
    {
        _calendar = calendar;
        _pauses = pauses;
        _deem = deem;
    }

    public List<SlowRound> Rounds { get; } = [];

    /// <summary>From which day the item was in which state: the last entry with From &lt; d holds day d (6.1).</summary>
    public List<(DateOnly From, SlowItemState State)> Timeline { get; } = [];

    public List<SlowStep> Steps { get; } = [];

    public SlowRound? Round => Rounds.Count == 0 ? null : Rounds[^1];

    /// <summary>Null: no step yet.</summary>
    public SlowItemState? State => Timeline.Count == 0 ? null : Timeline[^1].State;

    /// <summary>W of the open application, null if none waits or a pause keeps it away.</summary>
    public DateOnly? W => State == SlowItemState.Submitted ? _calendar.W(Round!.ReceivedOn, _pauses) : null;

    public static SlowItemLife Read(IEnumerable<SlowStep> steps, SlowCalendar calendar, IReadOnlyList<SlowPause> pauses, bool deem, DateOnly upTo)
    {
        SlowItemLife life = new(calendar, pauses, deem);
        foreach (SlowStep step in steps)
        {
            if (step.OccurredOn > upTo)
                continue;
            life.DeemIfDue(step.OccurredOn);
            life.Apply(step);
        }
        life.DeemIfDue(upTo);
        return life;
    }

    /// <summary>The state in which day d began.</summary>
    public SlowItemState? StateAtStartOf(DateOnly day)
    {
        SlowItemState? state = null;
        foreach (var (from, s) in Timeline)
            if (from < day)
                state = s;
        return state;
    }

    /// <summary>The system's fact of 5.2 as it would be recorded.</summary>
    public static SlowStep DeemedAcceptance(string item, DateOnly receivedOn, DateOnly w, DateOnly recordedOn) =>
        new(SlowKind.Accept, w.AddDays(1)) { Item = item, BySystem = true, AcceptedOn = receivedOn, RecordedOn = recordedOn };

    private void DeemIfDue(DateOnly day)
    {
        // 5.2: an answer on W is in time; without one the item counts as accepted from the day of receipt.
        if (_deem && W is { } w && day > w)
            Apply(DeemedAcceptance("", Round!.ReceivedOn, w, day));
    }

    private void Apply(SlowStep step)
    {
        DateOnly day = step.OccurredOn;
        if (step.Kind == SlowKind.Accept && step.BySystem && (State != SlowItemState.Submitted || step.AcceptedOn != Round!.ReceivedOn))
            return; // already deemed, or answered in time; or that of another receipt
        if (Round is null && step.Kind != SlowKind.Submit)
            return; // in a record that breaks a rule: what came first is gone
        Steps.Add(step);
        switch (step.Kind)
        {
            case SlowKind.Submit:
                Rounds.Add(new SlowRound { Number = Rounds.Count + 1, SubmittedOn = day, ReceivedOn = day });
                Enter(day, SlowItemState.Submitted);
                break;
            case SlowKind.RequestSupplement:
                Round!.SupplementRequestedOn = day;
                Round.SupplementDueOn = step.DueOn ?? day.AddDays(30); // the notice's date: default 30 natural days
                Enter(day, SlowItemState.SupplementRequested);
                break;
            case SlowKind.Supplement:
                Round!.ReceivedOn = day;
                Enter(day, SlowItemState.Submitted);
                break;
            case SlowKind.Accept:
                DateOnly acceptedOn = step.AcceptedOn ?? day; // 5.2: from the day of receipt
                Round!.AcceptedOn = acceptedOn;
                Round.AcceptedBySystem = step.BySystem;
                Round.FixedLimit = step.FixedLimit;
                Round.FixedCap = step.FixedCap;
                Round.FixedDepartment = step.FixedDepartment;
                Round.Tolerated.AddRange(step.Tolerated);
                Enter(acceptedOn, SlowItemState.Accepted);
                break;
            case SlowKind.HandIn:
                Round!.HandedIn.AddRange(step.Materials);
                break;
            case SlowKind.Refuse:
                Round!.EndedOn = day;
                Enter(day, SlowItemState.Refused);
                break;
            case SlowKind.Suspend:
                Round!.Suspensions.Add(new SlowSuspension { Procedure = step.Procedure ?? "", From = day, AnnouncedDays = step.AnnouncedDays });
                Round.SuspendedSince ??= day;
                Enter(day, SlowItemState.Suspended);
                break;
            case SlowKind.Resume:
                // resumption names the procedure unless only one runs; the clock resumes when the last ends
                if (Round!.Suspensions.FirstOrDefault(s => s.To is null && (step.Procedure is null || s.Procedure == step.Procedure)) is { } ended)
                    ended.To = day;
                if (!Round.RunningProcedures.Any())
                {
                    Round.SuspendedSince = null;
                    Enter(day, SlowItemState.Accepted);
                }
                break;
            case SlowKind.Extend:
                Round!.ExtendedOn = day;
                Round.ExtensionDays += step.Days;
                break;
            case SlowKind.Decide:
                Round!.DecidedOn = day;
                Round.EndedOn = day;
                Round.Approved = step.Approved;
                if (step.Actor.Role == SlowRole.Office)
                    Round.ConfirmedOn = day; // 5.1: what the office itself records is confirmed
                Enter(day, step.Approved ? SlowItemState.Approved : SlowItemState.Denied);
                break;
            case SlowKind.Confirm:
                Round!.ConfirmedOn = day;
                break;
            case SlowKind.Withdraw:
                Round!.EndedOn = day;
                foreach (SlowSuspension s in Round.Suspensions.Where(s => s.To is null))
                    s.To = day;
                Enter(day, SlowItemState.Withdrawn);
                break;
            case SlowKind.Deliver:
                Round!.DeliveredOn = day;
                break;
            case SlowKind.Revoke:
                Round!.RevokedOn = day;
                Enter(day, SlowItemState.Revoked);
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} is no step of an item");
        }
    }

    private void Enter(DateOnly day, SlowItemState state) => Timeline.Add((day, state));
}
