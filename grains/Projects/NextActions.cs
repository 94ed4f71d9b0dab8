using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.People;

namespace Agency.Projects;

/// <summary>Who has to do what next, by when.</summary>
internal static class NextActions
{
    /// <summary>The actions that an item waits for; none while its prerequisites do.</summary>
    public static IEnumerable<NextAction> Of(PlannedItem item, string department, ProjectState state, ProjectClocks clocks)
    {
        var round = state.Item(item.Code).Round;
        switch (ItemViews.StatusOf(item, state))
        {
            case ItemStatus.Undetermined:
                yield return new(item.Code, Role.Office, null, ActionKind.Answer, null);
                break;
            case ItemStatus.Ready or ItemStatus.Denied or ItemStatus.Refused or ItemStatus.Withdrawn or ItemStatus.Revoked when state.IsReady(item):
                yield return new(item.Code, Role.Owner, null, ActionKind.Submit, null);
                break;
            case ItemStatus.Submitted:
                yield return new(item.Code, Role.Department, department, ActionKind.Accept, ItemClock.AnswerDue(round!.ReceivedOn, state.Standstill, clocks.Calendar));
                break;
            case ItemStatus.SupplementRequested:
                yield return new(item.Code, Role.Owner, null, ActionKind.Supplement, round!.SupplementDueOn);
                break;
            case ItemStatus.Accepted:
                yield return new(item.Code, Role.Department, department, ActionKind.Decide, clocks.Item(item).DueDate);
                break;
            case ItemStatus.Suspended:
                foreach (var run in round!.RunningProcedures)
                    yield return new(item.Code, Role.Department, department, ActionKind.Resume, ItemClock.AnnouncedEnd(run, round, clocks.Calendar));
                break;
            case ItemStatus.Approved when round!.AwaitsConfirmation:
                yield return new(item.Code, Role.Office, null, ActionKind.Confirm, null);
                break;
            case ItemStatus.Approved when round!.DeliveredOn is null && state.CompletedOn is null:
                yield return new(item.Code, Role.Department, department, ActionKind.Deliver, clocks.Calendar.Add(round.EndedOn!.Value, Delivery.Days));
                break;
        }

        if (round is { Status: RoundStatus.Accepted or RoundStatus.Suspended })
        {
            foreach (var owed in round.Owed.Where(o => o.HandedInOn is null)) yield return new(item.Code, Role.Owner, null, ActionKind.HandIn, owed.DueOn);
        }
    }
}
