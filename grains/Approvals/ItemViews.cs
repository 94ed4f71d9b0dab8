using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>Makes what clients see of items.</summary>
internal static class ItemViews
{
    public static ItemView Of(PlannedItem item, string department, ProjectState state, ProjectClocks clocks)
    {
        var taken = state.Item(item.Code);
        ImmutableArray<string> missing = [.. item.Prerequisites.Where(p => state.Item(p.Code).ApprovedOn is null).Select(p => p.Code)];
        return new(
            item.Code,
            item.Definition.Name,
            item.Definition.NameEn,
            item.Definition.Stage,
            null,
            department,
            StatusOf(item, state),
            taken.Version,
            item.Item.Condition,
            item.Definition.CountsInTotal,
            item.Definition.Milestone,
            [.. item.Prerequisites.Select(p => p.Code)],
            [.. item.Prerequisites.Where(p => p.Tolerant).Select(p => p.Code)],
            missing,
            clocks.Item(item),
            [.. taken.Rounds.Select(r => Of(r, taken, clocks.Calendar))]);
    }

    public static ItemStatus StatusOf(PlannedItem item, ProjectState state) => state.Item(item.Code).Round?.Status switch
    {
        RoundStatus.Submitted => ItemStatus.Submitted,
        RoundStatus.SupplementRequested => ItemStatus.SupplementRequested,
        RoundStatus.Accepted => ItemStatus.Accepted,
        RoundStatus.Suspended => ItemStatus.Suspended,
        RoundStatus.Approved => ItemStatus.Approved,
        _ when item.Applicability == Applicability.Undetermined => ItemStatus.Undetermined,
        _ when item.Applicability == Applicability.NotApplicable => ItemStatus.NotApplicable,
        RoundStatus.Denied => ItemStatus.Denied,
        RoundStatus.Refused => ItemStatus.Refused,
        RoundStatus.Withdrawn => ItemStatus.Withdrawn,
        _ => IsReady(item, state) ? ItemStatus.Ready : ItemStatus.NotReady,
    };

    /// <summary>Whether every prerequisite that its submission waits for is approved.</summary>
    public static bool IsReady(PlannedItem item, ProjectState state) => item.Prerequisites.All(p => p.Tolerant || state.Item(p.Code).ApprovedOn is not null);

    private static RoundView Of(Round round, ItemState item, WorkingCalendar calendar) => new(
        round.Number,
        round.Status,
        round.SubmittedOn,
        round.ReceivedOn,
        round.Status == RoundStatus.Submitted ? ItemClock.AnswerDue(round.ReceivedOn, calendar) : null,
        round.SupplementRequestedOn,
        round.SupplementDueOn,
        round.Missing,
        round.AcceptedOn,
        round.AcceptedBySystem,
        [.. round.Pauses.Select(p => Of(p, round, item, calendar))],
        round.ExtensionDays,
        [.. round.Owed.Select(o => new ToleratedView(o.Material, o.DueOn, o.HandedInOn))],
        round.Status is RoundStatus.Approved or RoundStatus.Denied ? round.EndedOn : null,
        round.EndedOn,
        round.DecisionNumber,
        round.ValidUntil,
        round.AwaitsConfirmation,
        null);

    private static SuspensionView Of(Pause pause, Round round, ItemState item, WorkingCalendar calendar) => new(
        pause.Procedure,
        item.Steps.First(s => s.Version == pause.Version).Texts.GetValueOrDefault(Act.Reason),
        pause.AnnouncedDays,
        pause.SuspendedOn,
        AnnouncedEnd(pause, round, calendar),
        pause.ResumedOn);

    /// <summary>The day on which a procedure was announced to end.</summary>
    public static DateOnly AnnouncedEnd(Pause pause, Round round, WorkingCalendar calendar) => round.Terms!.Unit == DayUnit.WorkingDays
        ? calendar.Add(pause.SuspendedOn, pause.AnnouncedDays)
        : calendar.OnOrAfter(pause.SuspendedOn.AddDays(pause.AnnouncedDays));
}
