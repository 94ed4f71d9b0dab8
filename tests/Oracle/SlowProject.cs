namespace Agency.Tests.Oracle;

// Readings (see also SlowReadings for those that a test can switch, SlowItemClock.cs for the clock, and SlowLedger.cs for the ledgers, L1 to L10):
//  P1  A sweep may record a deemed acceptance on a day t with t > W and t ≥ the fifth working day after the day of recording.
//  P2  "Complete" waits for the confirmation of items of another kind, like dependants and milestones.
//  P3  An undetermined item holds completeness open.
//  P4  Of an item of a higher authority the office records the authority's steps; submission, supplement, hand-in and
//      withdrawal are the owner's, the clerk's or the office's.
//  P5  Withdrawal is the one step that may be dated into a pause.
//  P6  Only owed materials can be handed in.
//  P7  A revoked item has been approved: it cannot be struck.
//  P8  milestoneRule any: an undetermined milestone holds the stage open too.
//  P9  An item whose last round ended without an approval that stands (a revoked one does not) and that applies no longer is
//      notApplicable (or undetermined), whether it was struck or the answer changed. Open and approved rounds keep their state.
//  P10 The office may enter every step, the owner's too (5.7 "any step").
//  P11 Who is not the office may not date back (api.md: occurredOn "from the office").
//  P12 "Within a pause": at the step's place (its day, after everything recorded of that day) the project is paused. A step
//      on the day of the pause recorded before it, or on the day of continuation recorded after it, is outside.
//  P13 The system's acceptance happens although W + 1 lies in a pause, if W itself was reached before it.
//  P14 W is judged with the pauses that happened up to the command's day.
//  P15 Prerequisites are judged at the step's place: a revocation later than the step's day does not disturb it.
//  P16 A revocation is refused if dated before any submission of a dependant (whatever became of that round), and allowed on
//      its day. A dependant approved after the revocation's day keeps its state (5, "other dependants keep their state").
//  P17 The committed date of 5.3 is the due date that the acceptance itself gives the clock on its own day.
//  P18 Steps of items of another kind beyond submission, supplement, hand-in, withdrawal, start and end are the office's.
//  P19 An answer dated up to W is an answer in time also when the system's fact has already been recorded, if that fact is
//      the item's last step in force; with a later step it is refused as 5.2.
//  P20 A command that is refused records no deemed acceptance.
//  P21 Ready day: no earlier than the registration's day, unless the item's own first submission is (L4).
//  P22 A pause, and a termination, dated before any recorded step in force (the system's included) is refused; on its day allowed.
//  P23 A stage's days stop with the day it was reached; days counted by a round that ended, struck items' too, stay counted.
//  P24 A declared edge is tolerant if tolerantEdges names the same pair; tolerantEdges add no edge.
//  P25 Announced days and lengthening by pauses do not matter to the rules, only to reminders.
//  P27 A termination is a command of no item: it records no deemed acceptance, it only withdraws the open rounds.
//  P28 "Works finished" is a project fact: not within a pause (5.7). Reported by the owner or the office, on the day of S3's
//      milestone or after it (at its place in the record), once per work. The day that counts is the fact's own day.
//  P29 A plan change that names an item is, like a step, never dated before that item's last step in force (5.7). In a pause
//      plan changes go on (5.9), so they can be dated into one.
//  P30 A struck item's ledger does not end, it is interrupted: see L1.
//  P31 A work can be merged away as long as none of its own instances was submitted; work 1 never.
//  P32 Corrected history is judged in effective order, each step by the plan as it stood when the step was recorded (plan
//      changes, as corrected, recorded before it). A rule that the record broke before the correction is not held against it.
//  P33 A correction changes the day and the values, never the kind or the item. A round's limit, cap and department are
//      found anew only for an acceptance that is itself corrected: of its new day, by the plan as it stood when it was recorded.
//  P34 In the commit of a correction the system's facts that no longer follow are superseded; new ones are recorded where a
//      later step needs them, or where one stood for that application (right behind its receipt) and follows with other
//      days. Otherwise they are left to the sweep. An acceptance by silence of another day of receipt is none of this one.
//  P35 An answer of "yes" answers the others with "no" for good: taking it back leaves them at "no" (and an exactlyOne group
//      undetermined, all its members that were not struck).
//  P36 Merging, striking and the rest are the office's alone; so are pause, continuation and termination.
//  P37 A plan change dated back before the day a stage was reached takes part in finding that day (asOf counts it from its own
//      day, 4.2), although "reached" was a recorded fact by then.
//  P38 A stage, and the total, is red once more days were counted than its limit (6.5 speaks of a due date, which a union
//      does not have); a stage reached or a project complete within its limit is grey. SP has no limit and no light. The light of
//      the project is that of what runs: a complete one's is grey, though its total has ended red.
//  P39 A project of which nothing applies is not complete, as a stage without an applicable item is not (6.7).
//  P26 The office's confirmation is a step: it cannot be dated before the decision, and it is the day from which
//      dependants and milestones see the approval.

public sealed record SlowItemReport(
    SlowItemState State,
    IReadOnlyList<SlowRound> Rounds,
    DateOnly? ReadyOn,
    SlowClockOutput Clock,
    IReadOnlyDictionary<string, bool> Prerequisites,
    IReadOnlyList<DateOnly> CountedDays);

public sealed record SlowStageReport(bool Applicable, DateOnly? StartedOn, DateOnly? ReachedOn, bool Complete, int UsedDays, IReadOnlyList<DateOnly> Days, SlowLight Light);

public sealed record SlowProjectReport(
    IReadOnlyDictionary<string, SlowItemReport> Items,
    IReadOnlyDictionary<string, SlowStageReport> Stages,
    string? CurrentStage,
    int ApprovalDays,
    IReadOnlyList<DateOnly> ApprovalDaySet,
    int SpanDays,
    bool Complete,
    bool Paused,
    DateOnly? TerminatedOn,
    SlowLight TotalLight,
    SlowLight Light);

public sealed partial class SlowProject(SlowCalendar calendar, SlowPlan plan, SlowReadings? readings = null)
{
    private readonly SlowReadings _readings = readings ?? SlowReadings.Default;

    // ---------------------------------------------------------------- the record

    private static readonly SlowKind[] _changes =
        [SlowKind.Strike, SlowKind.Restore, SlowKind.Add, SlowKind.LowerLimit, SlowKind.Answer, SlowKind.Move, SlowKind.Divide, SlowKind.Merge];

    private static readonly SlowKind[] _projectFacts = [SlowKind.Pause, SlowKind.Continue, SlowKind.Terminate, SlowKind.WorksFinished];

    private static bool IsItemStep(SlowStep step) => !_changes.Contains(step.Kind) && !_projectFacts.Contains(step.Kind) && step.Kind != SlowKind.Correct;

    /// <summary>5.8: the facts in force, each at its place, corrections taken in, superseded ones left out.</summary>
    public static List<SlowStep> InForce(IReadOnlyList<SlowStep> history)
    {
        HashSet<int> superseded = [.. history.SelectMany(f => f.Supersedes)];
        List<SlowStep> facts = [];
        for (int i = 0; i < history.Count; i++)
            if (history[i].Kind != SlowKind.Correct && !superseded.Contains(i) && Resolve(history, i) is { } fact)
                facts.Add(fact);

        // 5.2: where an answer in time, or another day of receipt, has taken its place, the system's acceptance is not in force
        foreach (string item in facts.Where(f => f.BySystem && f.Kind == SlowKind.Accept).Select(f => f.Item).Distinct().ToArray())
        {
            HashSet<int> taken = [.. SlowItemLife.Read(StepsOf(facts, item), new SlowCalendar([], []), [], false, DateOnly.MaxValue).Steps.Select(s => s.Sequence)];
            facts.RemoveAll(f => f.BySystem && f.Kind == SlowKind.Accept && f.Item == item && !taken.Contains(f.Sequence));
        }
        return facts;
    }

    /// <summary>What stands at a place: the last correction of it that itself stands, else what was recorded there.</summary>
    private static SlowStep? Resolve(IReadOnlyList<SlowStep> history, int place)
    {
        for (int i = history.Count - 1; i > place; i--)
        {
            if (history[i].Kind != SlowKind.Correct || history[i].Target != place)
                continue;
            SlowStep? correction = Resolve(history, i); // a correction can itself be corrected
            if (correction is null)
                continue;
            return correction.Instead is null ? null : correction.Instead with { Sequence = place, RecordedOn = history[place].RecordedOn };
        }
        return history[place] with { Sequence = place };
    }

    /// <summary>Effective order: by day, then as recorded (6.1); the system's acceptance happened as its day began (5.2).</summary>
    private static List<SlowStep> InEffect(IEnumerable<SlowStep> facts) =>
        [.. facts.OrderBy(f => f.OccurredOn).ThenBy(f => f.BySystem && f.Kind == SlowKind.Accept ? 0 : 1).ThenBy(f => f.Sequence)];

    private static List<SlowStep> StepsOf(IEnumerable<SlowStep> facts, string item) => InEffect(facts.Where(f => IsItemStep(f) && f.Item == item));

    private static List<SlowPause> Pauses(IEnumerable<SlowStep> facts)
    {
        List<SlowPause> pauses = [];
        foreach (SlowStep fact in InEffect(facts.Where(f => f.Kind is SlowKind.Pause or SlowKind.Continue)))
        {
            if (fact.Kind == SlowKind.Pause)
                pauses.Add(new SlowPause(fact.OccurredOn, null));
            else if (pauses.Count > 0)
                pauses[^1] = pauses[^1] with { To = fact.OccurredOn };
        }
        return pauses;
    }

    private static bool IsPaused(IEnumerable<SlowStep> facts) => Pauses(facts).Any(p => p.To is null);

    private static List<string> WithSteps(IEnumerable<SlowStep> facts) => [.. facts.Where(IsItemStep).Select(f => f.Item).Distinct()];

    /// <summary>The plan as the changes among these facts leave it, in recorded order (4.2).</summary>
    private SlowPlanView PlanOf(IEnumerable<SlowStep> changes, IEnumerable<SlowStep> steps) =>
        SlowPlanView.Build(
            plan,
            changes.Where(f => _changes.Contains(f.Kind)).OrderBy(f => f.Sequence),
            WithSteps(steps),
            steps.OrderBy(f => f.Sequence).Select(f => f.Planned).OfType<SlowPlanItem>());

    private SlowItemLife Life(IEnumerable<SlowStep> facts, string item, DateOnly upTo) =>
        SlowItemLife.Read(StepsOf(facts, item), calendar, Pauses(facts), false, upTo);

    /// <summary>Approved and not revoked, and confirmed where that is needed (4.3, 5.1).</summary>
    private bool Stands(IEnumerable<SlowStep> facts, SlowPlanItem item, DateOnly upTo)
    {
        SlowItemLife life = Life(facts, item.Code, upTo);
        return life.State == SlowItemState.Approved && (item.Organ != SlowOrgan.Other || life.Round!.ConfirmedOn is not null);
    }

    private SlowClockOutput Clock(
        IReadOnlyList<SlowStep> facts, SlowPlanItem item, DateOnly today, DateOnly? readyOn = null, Func<DateOnly, SlowPlanView>? planOf = null) =>
        SlowItemClock.Run(new SlowClockInput
        {
            Calendar = calendar,
            LimitDays = item.LimitDays,
            Unit = item.Unit,
            ExtensionCap = item.MaxExtensionDays,
            StatutoryDays = item.StatutoryDays,
            StatutoryUnit = item.StatutoryUnit,
            StatutoryStart = item.StatutoryStart,
            Steps = StepsOf(facts, item.Code),
            Pauses = Pauses(facts),
            ReadyOn = readyOn,
            AppliesOn = planOf is null ? _ => true : day => AppliesIn(planOf(day), item.Code),
            UnitOn = planOf is null ? null : day => planOf(day).Items.GetValueOrDefault(item.Code, item).Unit,
            ConstructionFrom = item.Stage == "S4" ? ConstructionFrom(facts, item.Code, today, planOf) : null,
            ConstructionTo = item.Stage == "S4" ? FinishedOn(facts, item.Code) : null,
            TerminatedOn = facts.FirstOrDefault(f => f.Kind == SlowKind.Terminate)?.OccurredOn,
            Today = today,
        });

    // ---------------------------------------------------------------- judging

    /// <summary>Would the command be accepted today, and which facts would it add to the record?</summary>
    public SlowVerdict Judge(IReadOnlyList<SlowStep> history, SlowStep step, DateOnly today)
    {
        step = step with { RecordedOn = today };
        List<SlowStep> facts = InForce(history);
        if (step.Kind == SlowKind.Correct)
            return JudgeCorrection(history, step, today);
        if (!IsItemStep(step))
            return JudgeProject(history, facts, step, today);

        List<string> refusals = [];
        List<string> dependsOn = [];
        List<SlowStep> deemed = [];
        Dated(step, today, refusals);
        if (facts.Any(f => f.Kind == SlowKind.Terminate))
            refusals.Add("5.9 terminated"); // afterwards only corrections

        // 4.2: a command is judged by the plan as it stands, whatever its day
        SlowPlanView view = PlanOf(facts, facts);
        if (!view.Items.TryGetValue(step.Item, out SlowPlanItem? item))
            return new SlowVerdict([.. refusals, "404 unknown item"], [], dependsOn);

        // 5.7: never before the item's last step in force; only an answer in time may precede the system's acceptance
        List<SlowStep> steps = StepsOf(facts, step.Item);
        if (IsAnswer(step) && steps.LastOrDefault(f => f.BySystem && f.Kind == SlowKind.Accept) is { } system && step.OccurredOn < system.OccurredOn)
        {
            if (steps[^1].Sequence != system.Sequence)
            {
                refusals.Add("5.2 later step"); // refused once a later step of the round stands
            }
            else
            {
                facts.RemoveAll(f => f.Sequence == system.Sequence);
                steps.RemoveAll(f => f.Sequence == system.Sequence);
            }
        }
        if (steps.Count > 0 && step.OccurredOn < steps[^1].OccurredOn)
            refusals.Add("5.7 order");

        List<SlowStep> before = [.. facts.Where(f => f.OccurredOn <= step.OccurredOn)];
        Check(before, view, item, step, today, refusals, dependsOn, deemed, out SlowStep recorded);

        if (step.Kind == SlowKind.Revoke)
        {
            // 5, revoke: not before a dependant's submission (P16)
            foreach (string dependant in view.Dependants(step.Item))
                if (facts.Any(f => f.Kind == SlowKind.Submit && f.Item == dependant && f.OccurredOn > step.OccurredOn))
                    refusals.Add("5 revoke before submission");
                else if (facts.Any(f => f.Kind == SlowKind.Decide && f.Approved && f.Item == dependant && f.OccurredOn > step.OccurredOn))
                    dependsOn.Add("P16");
        }
        return refusals.Count > 0 ? new SlowVerdict(refusals, [], dependsOn) : new SlowVerdict([], [.. deemed, recorded], dependsOn);
    }

    /// <summary>What a sweep on that day would record (5.2).</summary>
    public IReadOnlyList<SlowStep> Sweep(IReadOnlyList<SlowStep> history, DateOnly today)
    {
        List<SlowStep> facts = InForce(history);
        if (facts.Any(f => f.Kind == SlowKind.Terminate))
            return [];
        SlowPlanView view = PlanOf(facts, facts);
        List<SlowStep> recorded = [];
        foreach (SlowPlanItem item in view.Items.Values.Where(i => i.DeemedAcceptance))
        {
            SlowItemLife life = Life(facts, item.Code, today);
            if (life.W is not { } w || today <= w)
                continue;
            DateOnly receivedRecordedOn = life.Steps.Last(s => s.Kind is SlowKind.Submit or SlowKind.Supplement).RecordedOn;
            DateOnly fifth = calendar.WorkingDaysAfter(receivedRecordedOn, 5);
            if (_readings.SweepWaitsPastTheFifthDay ? today > fifth : today >= fifth)
                recorded.Add(Fixed(SlowItemLife.DeemedAcceptance(item.Code, life.Round!.ReceivedOn, w, today), view, item));
        }
        return recorded;
    }

    private static bool IsAnswer(SlowStep step) =>
        step.Kind is SlowKind.RequestSupplement or SlowKind.Accept || (step.Kind == SlowKind.Refuse && step.Refusal != SlowRefusal.Returned);

    private static void Dated(SlowStep step, DateOnly today, List<string> refusals)
    {
        if (step.OccurredOn > today)
            refusals.Add("5.7 future");
        if (step.OccurredOn < today && step.Actor.Role != SlowRole.Office)
            refusals.Add("5.7 office only");
        if (step.OccurredOn < today && !step.HasLateReason)
            refusals.Add("5.7 late reason");
    }

    /// <summary>4.2: limit, department and extension cap of a round are fixed at its acceptance.</summary>
    private static SlowStep Fixed(SlowStep acceptance, SlowPlanView view, SlowPlanItem item) => acceptance with
    {
        FixedLimit = view.LimitFor(item.Code, acceptance.AcceptedOn ?? acceptance.OccurredOn),
        FixedCap = item.MaxExtensionDays,
        FixedDepartment = item.Department,
    };

    /// <summary>Every rule that looks only at what stands before the step.</summary>
    private void Check(
        List<SlowStep> before,
        SlowPlanView view,
        SlowPlanItem item,
        SlowStep step,
        DateOnly today,
        List<string> refusals,
        List<string> dependsOn,
        List<SlowStep> deemed,
        out SlowStep recorded)
    {
        DateOnly day = step.OccurredOn;
        recorded = step.Kind switch
        {
            SlowKind.Accept when step.FixedLimit is null => Fixed(step with { BySystem = false, AcceptedOn = null }, view, item),
            SlowKind.Submit => step with { Planned = item },
            _ => step,
        };

        // 5.1, 5.7, 5.9: while a project is paused no step but withdrawal; never within a pause
        if (IsPaused(before))
        {
            if (step.Kind != SlowKind.Withdraw)
                refusals.Add("5.7 pause");
            else if (day < today)
            {
                dependsOn.Add("P5");
                if (!_readings.WithdrawalWithinPause)
                    refusals.Add("5.7 pause");
            }
        }

        // 5.2: deemed acceptance is judged at the command's day
        SlowItemLife life = Life(before, item.Code, day);
        bool deemedNow = false;
        if (item.DeemedAcceptance && life.W is { } w && day > w)
        {
            SlowStep system = Fixed(SlowItemLife.DeemedAcceptance(item.Code, life.Round!.ReceivedOn, w, today), view, item);
            if (IsPaused(before.Where(f => f.OccurredOn <= system.OccurredOn)))
                dependsOn.Add("P13");
            deemed.Add(system);
            before = [.. before, system with { Sequence = int.MaxValue }];
            life = Life(before, item.Code, day);
            deemedNow = true;
        }

        SlowRound? round = life.Round;
        Who(step, item, round, refusals, dependsOn);

        SlowItemState? state = life.State;
        bool open = state is SlowItemState.Accepted or SlowItemState.Suspended;
        switch (step.Kind)
        {
            case SlowKind.Submit:
                if (state is not (null or SlowItemState.Denied or SlowItemState.Refused or SlowItemState.Withdrawn or SlowItemState.Revoked))
                    refusals.Add("5 transition");
                if (view.Applies(item.Code) != SlowTri.Yes)
                    refusals.Add("4.2 applies");
                foreach (var (pre, tolerant) in view.Prerequisites(item.Code))
                    if (!tolerant && !Stands(before, view.Items[pre], day))
                    {
                        refusals.Add("4.3 prerequisite"); // 5.7: also dated before its approval
                        break;
                    }
                break;

            case SlowKind.RequestSupplement:
                if (state != SlowItemState.Submitted)
                    refusals.Add(deemedNow || round?.AcceptedBySystem == true ? "5.2" : "5 transition");
                else if (round!.SupplementRequestedOn is not null)
                    refusals.Add("5 once per round");
                break;

            case SlowKind.Supplement:
                if (state != SlowItemState.SupplementRequested)
                    refusals.Add("5 transition");
                break;

            case SlowKind.Accept:
                if (state != SlowItemState.Submitted)
                {
                    refusals.Add(deemedNow || round?.AcceptedBySystem == true ? "5.2" : "5 transition");
                    break;
                }
                if (step.Tolerated.Count > 0)
                {
                    // 5.3: only what is marked not essential, with a due date before the committed one (P17)
                    if (step.Tolerated.Any(t => !item.NonEssential.Contains(t.Material)))
                        refusals.Add("5.3 essential");
                    DateOnly? due = Clock([.. before, recorded with { Sequence = int.MaxValue }], item, day).DueDate;
                    if (step.Tolerated.Any(t => due is null || t.DueOn >= due))
                        refusals.Add("5.3 due date");
                }
                break;

            case SlowKind.HandIn:
                if (!open)
                {
                    refusals.Add("5 transition");
                }
                else if (step.Materials.Count == 0 || step.Materials.Any(m => !round!.Owed.Contains(m)))
                {
                    dependsOn.Add("P6");
                    if (_readings.HandInOnlyWhatIsOwed)
                        refusals.Add("5.3 not owed");
                }
                break;

            case SlowKind.Refuse:
                if (step.Refusal == SlowRefusal.Returned)
                {
                    if (state != SlowItemState.SupplementRequested)
                        refusals.Add("5 transition");
                    else if (day <= round!.SupplementDueOn)
                        refusals.Add("5 notice not passed"); // once the notice's date has passed
                }
                else if (state != SlowItemState.Submitted)
                {
                    refusals.Add(deemedNow || round?.AcceptedBySystem == true ? "5.2" : "5 transition");
                }
                if (step.Refusal == SlowRefusal.NotCompetent && string.IsNullOrEmpty(step.CompetentAuthority))
                    refusals.Add("5 competent authority");
                break;

            case SlowKind.Suspend:
                if (!open)
                    refusals.Add("5 transition");
                else if (round!.RunningProcedures.Contains(step.Procedure))
                    refusals.Add("5 procedure runs");
                else if (Clock(before, item, day).Overdue)
                    refusals.Add("6.2 overdue suspension");
                if (step.Procedure is null || !plan.Procedures.TryGetValue(step.Procedure, out int? maximum))
                    refusals.Add("5 procedure unknown");
                else if (step.AnnouncedDays < 1 || step.AnnouncedDays > maximum)
                    refusals.Add("5 announced days");
                break;

            case SlowKind.Resume:
                if (state != SlowItemState.Suspended)
                    refusals.Add("5 transition");
                else if (step.Procedure is null ? round!.RunningProcedures.Count() != 1 : !round!.RunningProcedures.Contains(step.Procedure))
                    refusals.Add("5 procedure to resume");
                else
                    recorded = step with { Procedure = step.Procedure ?? round.RunningProcedures.Single() }; // the record names it
                break;

            case SlowKind.Extend:
                if (!open)
                {
                    refusals.Add("5 transition");
                    break;
                }
                if (round!.ExtendedOn is not null)
                    refusals.Add("5.4 once");
                if (step.Days < 1 || step.Days > (round.FixedCap ?? item.MaxExtensionDays))
                    refusals.Add("5.4 cap");
                if (string.IsNullOrEmpty(step.GrantedBy))
                    refusals.Add("5.4 granted by");
                if (Clock(before, item, day).Overdue)
                    refusals.Add("5.4 after the due date");
                break;

            case SlowKind.Decide:
                if (state != SlowItemState.Accepted)
                    refusals.Add("5 transition");
                if (!step.Approved)
                {
                    if (string.IsNullOrEmpty(step.Reason))
                        refusals.Add("5.5 reason"); // a denial also needs its reason
                    break; // denial never waits (4.2, 5.3)
                }
                if (view.Applies(item.Code) != SlowTri.Yes)
                    refusals.Add("4.2 applies"); // 4.3: approval needs the item to apply
                if (view.Prerequisites(item.Code).Any(p => !Stands(before, view.Items[p.Key], day)))
                    refusals.Add("4.3 prerequisite"); // tolerant ones included
                if (state == SlowItemState.Accepted && round!.Owed.Any())
                    refusals.Add("5.3 owed");
                break;

            case SlowKind.Confirm:
                if (state != SlowItemState.Approved)
                    refusals.Add("5 transition");
                else if (item.Organ != SlowOrgan.Other || round!.ConfirmedOn is not null)
                    refusals.Add("5.1 nothing to confirm");
                break;

            case SlowKind.Withdraw:
                if (!open && state is not (SlowItemState.Submitted or SlowItemState.SupplementRequested))
                    refusals.Add("5 transition");
                break;

            case SlowKind.Deliver:
                if (state != SlowItemState.Approved || round!.DeliveredOn is not null)
                    refusals.Add("5 transition");
                break;

            case SlowKind.Revoke:
                if (state != SlowItemState.Approved)
                    refusals.Add("5 transition");
                break;

            default:
                throw new InvalidOperationException($"{step.Kind} is no step of an item");
        }
    }

    /// <summary>5.1.</summary>
    private void Who(SlowStep step, SlowPlanItem item, SlowRound? round, List<string> refusals, List<string> dependsOn)
    {
        SlowRole role = step.Actor.Role;
        if (role == SlowRole.Office)
            return; // P10
        bool ownerOrClerk = role is SlowRole.Owner or SlowRole.Clerk;
        bool allowed;
        switch (step.Kind)
        {
            case SlowKind.Submit or SlowKind.Supplement or SlowKind.HandIn or SlowKind.Withdraw:
                allowed = ownerOrClerk;
                if (ownerOrClerk && item.Organ == SlowOrgan.HigherAuthority)
                {
                    dependsOn.Add("P4");
                    allowed = _readings.OwnerSubmitsToHigherAuthority;
                }
                break;
            case SlowKind.Confirm:
                allowed = false;
                break;
            case SlowKind.Accept or SlowKind.Decide when item.Organ == SlowOrgan.Other:
                allowed = ownerOrClerk;
                break;
            default:
                // its department alone; of another kind or a higher authority only the office (P18)
                string department = round is { AcceptedOn: not null, FixedDepartment: { } fixedDepartment } ? fixedDepartment : item.Department;
                allowed = item.Organ == SlowOrgan.Department && role == SlowRole.Department && step.Actor.Department == department;
                if (item.Organ == SlowOrgan.Other && ownerOrClerk)
                    dependsOn.Add("P18");
                break;
        }
        if (!allowed)
            refusals.Add("5.1 who");
    }

    // ---------------------------------------------------------------- the state on a day

    /// <summary>
    /// asOf: facts that happened up to that day, clocks at its end. today is the wall clock: a mere look shows a deemed
    /// acceptance only when the sweep might have recorded it (5.2).
    /// </summary>
    public SlowProjectReport State(IReadOnlyList<SlowStep> history, DateOnly asOf, DateOnly? today = null)
    {
        List<SlowStep> facts = Shown(history, asOf, today);
        SlowPlanView view = PlanOf(facts, facts);
        Func<DateOnly, SlowPlanView> planOf = PlanOfEachDay(facts);

        Dictionary<string, SlowItemReport> items = [];
        foreach (SlowPlanItem item in view.Items.Values)
        {
            SlowItemLife life = Life(facts, item.Code, asOf);
            DateOnly? ready = ReadyOn(facts, planOf, item.Code, asOf);
            items[item.Code] = new SlowItemReport(
                StateOf(facts, view, item, asOf), life.Rounds, ready, Clock(facts, item, asOf, ready, planOf), view.Prerequisites(item.Code), CountedDays(facts, item.Code, asOf));
        }

        Dictionary<string, SlowStageReport> stages = [];
        foreach (string stage in StagesOf(view))
            stages[stage] = StageOf(facts, view, planOf, stage, asOf);

        bool complete = IsComplete(facts, view, asOf);
        (DateOnly? first, DateOnly end) = Span(facts, complete, asOf);
        List<DateOnly> union = Union(items.Keys.Select(i => items[i].CountedDays.Where(d => planOf(d.AddDays(-1)).Items[i].CountsInTotal).ToList())); // 6.8, L2
        if (_readings.ApprovalDaysEndWithTheSpan)
            union.RemoveAll(d => d > end); // L8
        DateOnly? terminated = facts.FirstOrDefault(f => f.Kind == SlowKind.Terminate)?.OccurredOn;
        int span = first is null ? 0 : end.DayNumber - first.Value.DayNumber;
        string? current = StagesOf(view).Where(s => s != "SP").FirstOrDefault(s => stages[s].Applicable && stages[s].ReachedOn is null); // 6.8
        bool paused = IsPaused(facts);
        bool started = items.Values.Any(i => i.Rounds.Any(r => r.AcceptedOn is not null));
        SlowLight total = UnionLight(started, complete, paused, union.Count, view.Flow.TotalLimitDays);

        // 6.5: the worst of its running counted items, open stages and total
        List<SlowLight> lights = complete ? [] : [total]; // P38
        lights.AddRange(view.Items.Values.Where(i => i.CountsInTotal).Select(i => items[i.Code].Clock)
            .Where(c => c.State is SlowClockState.Running or SlowClockState.Stopped).Select(c => c.Light));
        lights.AddRange(stages.Values.Where(s => s.StartedOn is not null && s.ReachedOn is null).Select(s => s.Light));
        return new SlowProjectReport(items, stages, current, union.Count, union, span, complete, paused, terminated, total, paused ? SlowLight.Grey : lights.DefaultIfEmpty().Max());
    }

    /// <summary>6.5, P38: union days against a limit, same thresholds. Null: no limit, no light.</summary>
    private static SlowLight UnionLight(bool started, bool ended, bool paused, int used, int? limit)
    {
        if (paused || !started || limit is null)
            return SlowLight.Grey;
        if (used > limit)
            return SlowLight.Red;
        if (ended)
            return SlowLight.Grey;
        return limit - used <= Math.Max(1, (limit.Value + 4) / 5) ? SlowLight.Yellow : SlowLight.Green;
    }

    private static List<string> StagesOf(SlowPlanView view) =>
        [.. view.Flow.Stages.Select(s => s.Code).Concat(view.Items.Values.Select(i => i.Stage)).Distinct().Order(StringComparer.Ordinal)];

    private SlowItemState StateOf(List<SlowStep> facts, SlowPlanView view, SlowPlanItem item, DateOnly day)
    {
        SlowItemState? state = Life(facts, item.Code, day).State;
        SlowTri applies = view.Applies(item.Code);
        if (state is not null && !(state is SlowItemState.Denied or SlowItemState.Refused or SlowItemState.Withdrawn or SlowItemState.Revoked && applies != SlowTri.Yes)) // P9
            return state.Value;
        if (applies == SlowTri.No)
            return SlowItemState.NotApplicable;
        if (applies == SlowTri.Undetermined)
            return SlowItemState.Undetermined;
        foreach (var (pre, tolerant) in view.Prerequisites(item.Code))
            if (!tolerant && !Stands(facts, view.Items[pre], day))
                return SlowItemState.NotReady;
        return day < plan.RegisteredOn ? SlowItemState.NotReady : SlowItemState.Ready; // L4
    }

    /// <summary>Days on which something happened, in order: only at their end can anything have become true by a fact.</summary>
    private List<DateOnly> EventDays(List<SlowStep> facts, DateOnly asOf) =>
        [.. facts.Select(f => f.OccurredOn).Append(plan.RegisteredOn).Where(d => d <= asOf).Distinct().Order()];

    private SlowPlanView PlanOn(List<SlowStep> facts, DateOnly day)
    {
        List<SlowStep> then = [.. facts.Where(f => f.OccurredOn <= day)];
        return PlanOf(then, then);
    }

    /// <summary>Rule 7: the first day at whose end the item was ready, but never after its own first submission.</summary>
    private DateOnly? ReadyOn(List<SlowStep> facts, Func<DateOnly, SlowPlanView> planOf, string code, DateOnly asOf)
    {
        DateOnly? first = facts.Where(f => f.Kind == SlowKind.Submit && f.Item == code).Select(f => (DateOnly?)f.OccurredOn).Min();
        foreach (DateOnly day in EventDays(facts, asOf))
        {
            if (first <= day)
                return first;
            SlowPlanView view = planOf(day);
            if (view.Items.TryGetValue(code, out SlowPlanItem? item)
                && StateOf([.. facts.Where(f => f.OccurredOn <= day)], view, item, day) == SlowItemState.Ready)
                return day;
        }
        return first;
    }

    /// <summary>Working days charged to the department, all rounds (6.7: of a natural-day item its working days alone).</summary>
    private List<DateOnly> CountedDays(List<SlowStep> facts, string code, DateOnly asOf)
    {
        SlowItemLife life = Life(facts, code, asOf);
        List<SlowPause> pauses = Pauses(facts);
        List<DateOnly> days = [];
        if (life.Steps.Count == 0)
            return days;
        for (DateOnly d = life.Steps[0].OccurredOn.AddDays(1); d <= asOf; d = d.AddDays(1))
            if (life.StateAtStartOf(d) == SlowItemState.Accepted && calendar.IsWorkingDay(d) && !pauses.Any(p => p.Charges(d)))
                days.Add(d);
        return days;
    }

    private static List<DateOnly> Union(IEnumerable<IReadOnlyList<DateOnly>> sets) => [.. sets.SelectMany(s => s).Distinct().Order()];

    private SlowStageReport StageOf(List<SlowStep> facts, SlowPlanView view, Func<DateOnly, SlowPlanView> planOf, string stage, DateOnly asOf)
    {
        List<SlowPlanItem> items = [.. view.Items.Values.Where(i => i.Stage == stage)];
        bool applicable = items.Any(i => view.Applies(i.Code) != SlowTri.No); // 6.7: no applicable item: notApplicable
        DateOnly? started = items.SelectMany(i => Life(facts, i.Code, asOf).Rounds).Select(r => r.AcceptedOn).Min(); // 6.7: first acceptance
        DateOnly? reached = ReachedOn(facts, planOf, stage, null, asOf);
        List<DateOnly> days = Union(items.Where(i => i.CountsInTotal).Select(i => CountedDays(facts, i.Code, asOf)));
        days.RemoveAll(d => d > reached); // up to that day
        int? limit = view.Flow.Stages.FirstOrDefault(s => s.Code == stage)?.LimitDays;
        SlowLight light = UnionLight(started is not null, reached is not null, IsPaused(facts), days.Count, limit);
        return new SlowStageReport(applicable, started, reached, applicable && StageComplete(facts, view, items, asOf), days.Count, days, light);
    }

    /// <summary>6.7: the first day at whose end the milestones are approved. It stays reached after a revocation. work: that work's instances alone.</summary>
    private DateOnly? ReachedOn(List<SlowStep> facts, Func<DateOnly, SlowPlanView> planOf, string stage, int? work, DateOnly asOf)
    {
        foreach (DateOnly day in EventDays(facts, asOf))
        {
            List<SlowStep> then = [.. facts.Where(f => f.OccurredOn <= day)];
            SlowPlanView view = planOf(day);
            List<SlowPlanItem> items = [.. view.Items.Values.Where(i => i.Stage == stage && (work is null || SlowPlanView.WorkOf(i.Code) == work))];
            if (!items.Any(i => view.Applies(i.Code) != SlowTri.No))
                continue;
            string rule = view.Flow.Stages.FirstOrDefault(s => s.Code == stage)?.MilestoneRule ?? "none";
            List<SlowPlanItem> milestones = rule == "none" ? [] : [.. items.Where(i => i.Milestone && view.Applies(i.Code) != SlowTri.No)];
            bool undetermined = milestones.Any(i => view.Applies(i.Code) == SlowTri.Undetermined);
            List<SlowPlanItem> applicable = [.. milestones.Where(i => view.Applies(i.Code) == SlowTri.Yes)];
            bool now;
            if (applicable.Count == 0)
                now = !undetermined && StageComplete(then, view, items, day);
            else if (rule == "any")
                now = applicable.Any(i => Stands(then, i, day)) && !(undetermined && _readings.UndeterminedHoldsAny);
            else
                now = applicable.All(i => Stands(then, i, day)) && !undetermined;
            if (now)
                return day;
        }
        return null;
    }

    /// <summary>6.7: complete when every applicable item in it is approved.</summary>
    private bool StageComplete(List<SlowStep> facts, SlowPlanView view, List<SlowPlanItem> items, DateOnly day)
    {
        foreach (SlowPlanItem item in items)
        {
            SlowTri applies = view.Applies(item.Code);
            if (applies == SlowTri.No || (applies == SlowTri.Undetermined && !_readings.UndeterminedHoldsComplete))
                continue;
            if (applies == SlowTri.Undetermined)
                return false;
            if (_readings.CompleteNeedsConfirmation ? !Stands(facts, item, day) : Life(facts, item.Code, day).State != SlowItemState.Approved)
                return false;
        }
        return true;
    }

    /// <summary>6.8: complete when all stages and applicable SP items are.</summary>
    private bool IsComplete(List<SlowStep> facts, SlowPlanView view, DateOnly day) =>
        view.Items.Keys.Any(i => view.Applies(i) != SlowTri.No) && StageComplete(facts, view, [.. view.Items.Values], day); // P39
}
