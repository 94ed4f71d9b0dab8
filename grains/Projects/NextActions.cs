using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.People;

namespace Agency.Projects;

/// <summary>Who has to do what next, by when.</summary>
internal static class NextActions
{
    /// <summary>The actions that an item waits for; none while its prerequisites do.</summary>
    public static IEnumerable<NextAction> Of(PlannedItem item, string department, ProjectState state, WorkingCalendar calendar, Clock clock)
    {
        var round = state.Item(item.Code).Round;
        switch (ItemViews.StatusOf(item, state))
        {
            case ItemStatus.Undetermined:
                yield return new(item.Code, Role.Office, null, ActionKind.Answer, null);
                break;
            case ItemStatus.Ready or ItemStatus.Denied or ItemStatus.Refused or ItemStatus.Withdrawn when ItemViews.IsReady(item, state):
                yield return new(item.Code, Role.Owner, null, ActionKind.Submit, null);
                break;
            case ItemStatus.Submitted:
                yield return new(item.Code, Role.Department, department, ActionKind.Accept, ItemClock.AnswerDue(round!.ReceivedOn, calendar));
                break;
            case ItemStatus.SupplementRequested:
                yield return new(item.Code, Role.Owner, null, ActionKind.Supplement, round!.SupplementDueOn);
                break;
            case ItemStatus.Accepted:
                yield return new(item.Code, Role.Department, department, ActionKind.Decide, clock.DueDate);
                break;
            case ItemStatus.Suspended:
                foreach (var pause in round!.RunningPauses)
                    yield return new(item.Code, Role.Department, department, ActionKind.Resume, ItemViews.AnnouncedEnd(pause, round, calendar));
                break;
            case ItemStatus.Approved when round!.AwaitsConfirmation:
                yield return new(item.Code, Role.Office, null, ActionKind.Confirm, null);
                break;
        }

        if (round is { Status: RoundStatus.Accepted or RoundStatus.Suspended })
        {
            foreach (var owed in round.Owed.Where(o => o.HandedInOn is null)) yield return new(item.Code, Role.Owner, null, ActionKind.HandIn, owed.DueOn);
        }
    }
}
