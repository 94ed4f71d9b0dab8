using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>Whether a step may follow what is recorded: the rules of domain 5, but for who may take it (<see cref="StepAuthority"/>).</summary>
/// <param name="Item">The item as planned, with its prerequisites.</param>
/// <param name="State">What it has been through up to the step.</param>
/// <param name="Project">What the project has been through up to the step, its other items among it.</param>
/// <param name="Plan">The plan that the step is judged by.</param>
/// <param name="Procedures">The procedures that stop a clock, by code.</param>
/// <param name="Day">The day of the step.</param>
/// <param name="Version">Its place among the facts of that day.</param>
internal sealed record StepRules(
    PlannedItem Item,
    ItemState State,
    ProjectState Project,
    FlowPlan Plan,
    IReadOnlyDictionary<string, Procedure> Procedures,
    WorkingCalendar Calendar,
    DateOnly Day,
    long Version)
{
    private string Code => Item.Definition.Code;

    /// <summary>Why the step is refused; null when it may be taken.</summary>
    /// <param name="given">Whether a text of this name comes with it.</param>
    public Refusal? Check(Step step, Func<string, bool> given) => Standing(step) ?? Order() ?? step switch
    {
        Submission => Submittable(),
        SupplementRequest s => In(RoundStatus.Submitted) ?? Supplementable(s),
        Supplement => In(RoundStatus.SupplementRequested),
        Acceptance s => In(RoundStatus.Submitted) ?? Tolerable(s),
        HandIn s => In(RoundStatus.Accepted, RoundStatus.Suspended) ?? Owed(s),
        ApplicationRefusal s => Refusable(s, given),
        Suspension s => In(RoundStatus.Accepted, RoundStatus.Suspended) ?? Reasoned(given) ?? Suspendable(s),
        Resumption s => In(RoundStatus.Suspended) ?? Resumable(s),
        Extension s => In(RoundStatus.Accepted, RoundStatus.Suspended) ?? Reasoned(given) ?? Extendable(s, given),
        ItemDecision { Outcome: DecisionOutcome.Denied } => In(RoundStatus.Accepted) ?? Reasoned(given),
        ItemDecision s => In(RoundStatus.Accepted) ?? Approvable(s),
        Confirmation => State.Round is { Status: RoundStatus.Approved, AwaitsConfirmation: true } ? null : Refused("nothing-to-confirm"),
        Withdrawal => In(RoundStatus.Submitted, RoundStatus.SupplementRequested, RoundStatus.Accepted, RoundStatus.Suspended) ?? Reasoned(given),
        Delivery => In(RoundStatus.Approved) ?? (State.Round!.DeliveredOn is null ? null : Refused("already-delivered")),
        Revocation => In(RoundStatus.Approved) ?? Reasoned(given) ?? Revocable(),
        _ => throw new NotSupportedException($"{step.GetType().Name} has no rule."),
    };

    private Refusal? Standing(Step step)
    {
        if (Project.TerminatedOn is not null) return Refused("project-terminated");
        return step is not Withdrawal && Project.Standstill.Holds(Day, Version) ? Refused("project-paused", ("day", Day)) : null;
    }

    private Refusal? Order() => Day < State.LastDay ? Refused("before-last-step", ("day", Day), ("last", State.LastDay)) : null;

    private Refusal? In(params ReadOnlySpan<RoundStatus> states)
    {
        if (State.Round is not { } round) return Refused("item-not-submitted");
        if (states.Contains(round.Status)) return null;
        return round.AcceptedBySystem && round.Status == RoundStatus.Accepted && states.Contains(RoundStatus.Submitted)
            ? Refused("deemed-accepted", ("acceptedOn", round.AcceptedOn!.Value), ("answerDue", ItemClock.AnswerDue(round.ReceivedOn, Project.Standstill, Calendar)!.Value))
            : Refused("step-not-possible", ("state", round.Status));
    }

    private Refusal? Submittable()
    {
        if (Applicable() is { } refusal) return refusal;
        if (State.Round is { Status: not (RoundStatus.Denied or RoundStatus.Refused or RoundStatus.Withdrawn or RoundStatus.Revoked) } round)
            return Refused(round.Status == RoundStatus.Approved ? "item-already-approved" : "item-already-submitted");
        return Missing(tolerant: false) is { Length: > 0 } missing ? Refused("item-not-ready", ("missing", missing)) : null;
    }

    private Refusal? Applicable() => Item.Applicability switch
    {
        Applicability.Applies => null,
        Applicability.Undetermined => Refused("item-undetermined"),
        _ => Refused("item-not-applicable"),
    };

    // The effective prerequisites that are not approved on or before the day; the tolerant ones only where asked for.
    private string Missing(bool tolerant) => string.Join(", ", Item.Prerequisites
        .Where(p => (tolerant || !p.Tolerant) && Project.Item(p.Code).ApprovedFrom(Day) != Day)
        .Select(p => p.Code));

    private Refusal? Supplementable(SupplementRequest step)
    {
        if (State.Round is { SupplementRequestedOn: not null }) return Refused("supplement-already-requested");
        return step.DueOn <= Day ? Refused("due-date-not-after", ("day", Day)) : null;
    }

    private Refusal? Tolerable(Acceptance step)
    {
        if (step.Tolerated.IsEmpty) return null;
        var terms = step.Terms ?? throw new InvalidOperationException("An acceptance is checked with its terms.");
        var due = Count.Of([(Day, Day)], terms.LimitDays, terms.Unit, Calendar).Due;
        foreach (var owed in step.Tolerated)
        {
            if (!Item.Definition.Materials.Any(m => m.Name == owed.Material && !m.Essential)) return Refused("material-essential", ("material", owed.Material));
            if (owed.DueOn < Day || owed.DueOn >= due) return Refused("tolerated-due-date", ("material", owed.Material), ("from", Day), ("before", due!.Value));
        }

        return null;
    }

    private Refusal? Owed(HandIn step)
    {
        var owed = State.Round!.Owed;
        var strange = step.Materials.FirstOrDefault(m => !owed.Any(o => o.Material == m.Name && o.HandedInOn is null));
        return strange is null ? null : Refused("material-not-owed", ("material", strange.Name));
    }

    private Refusal? Refusable(ApplicationRefusal step, Func<string, bool> given)
    {
        if (step.Kind == RefusalKind.Returned)
        {
            return In(RoundStatus.SupplementRequested) ?? Reasoned(given)
                ?? (State.Round!.SupplementDueOn is { } due && Day <= due ? Refused("supplement-still-open", ("due", due)) : null);
        }

        return In(RoundStatus.Submitted) ?? Reasoned(given)
            ?? (step.Kind == RefusalKind.NotCompetent && string.IsNullOrWhiteSpace(step.CompetentAuthority) ? Refused("competent-authority-missing") : null);
    }

    private Refusal? Suspendable(Suspension step)
    {
        if (!Procedures.TryGetValue(step.Procedure, out var procedure)) return Refused("unknown-procedure", ("procedure", step.Procedure));
        if (State.Round!.RunningProcedures.Any(p => p.Procedure == step.Procedure)) return Refused("procedure-running", ("procedure", step.Procedure));
        var max = procedure.MaxDays ?? Procedure.LongestDays;
        if (step.AnnouncedDays < 1 || step.AnnouncedDays > max) return Refused("announced-days", ("procedure", step.Procedure), ("max", max));
        return Overdue() ? Refused("clock-overdue") : null;
    }

    private Refusal? Resumable(Resumption step)
    {
        var running = State.Round!.RunningProcedures.Select(p => p.Procedure).ToArray();
        if (step.Procedure is null) return running.Length == 1 ? null : Refused("procedure-unnamed", ("running", string.Join(", ", running)));
        return running.Contains(step.Procedure) ? null : Refused("procedure-not-running", ("procedure", step.Procedure), ("running", string.Join(", ", running)));
    }

    private Refusal? Extendable(Extension step, Func<string, bool> given)
    {
        var round = State.Round!;
        if (!given(Extension.GrantedBy)) return Refused("granted-by-missing");
        if (round.ExtensionDays > 0) return Refused("already-extended");
        var max = round.Terms!.MaxExtensionDays;
        if (max == 0) return Refused("not-extendable");
        if (step.Days < 1 || step.Days > max) return Refused("extension-days", ("max", max));
        return Overdue() ? Refused("clock-overdue") : null;
    }

    private Refusal? Approvable(ItemDecision step)
    {
        if (Applicable() is { } refusal) return refusal;
        if (State.Round!.Owed.FirstOrDefault(o => o.HandedInOn is null) is { } owed) return Refused("material-owed", ("material", owed.Material), ("due", owed.DueOn));
        if (Missing(tolerant: true) is { Length: > 0 } missing) return Refused("prerequisites-missing", ("missing", missing));
        return step.ValidUntil < Day ? Refused("valid-until", ("day", Day)) : null;
    }

    // What builds on the approval was right to: it cannot be taken back from before that.
    private Refusal? Revocable() => Item.Dependants
        .SelectMany(d => Project.Item(Plan.Items[d].Code).Rounds.Select(r => (Plan.Items[d].Code, r.SubmittedOn)))
        .Where(r => r.SubmittedOn > Day)
        .Select(r => Refused("revoked-before-dependant", ("dependant", r.Code), ("submitted", r.SubmittedOn)))
        .FirstOrDefault();

    private bool Overdue() => ItemClock.IsOverdue(State.Round!, Project.Standstill, Day, Calendar);

    private Refusal? Reasoned(Func<string, bool> given) => !given(Act.Reason) ? Refused("reason-missing") : null;

    private Refusal Refused(string code, params ReadOnlySpan<(string Name, object Value)> arguments) => Refusal.Of(code, [("item", Code), .. arguments]);
}
