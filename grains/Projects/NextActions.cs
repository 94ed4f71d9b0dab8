using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.People;

namespace Agency.Projects;

/// <summary>Who has to do what next, by when.</summary>
internal static class NextActions
{
    /// <summary>The actions that an item waits for; none while its prerequisites do.</summary>
    /// <param name="department">Whose item it is: a department takes its own steps, the office enters those of a higher authority, and what
    /// anybody else does the applicant records (domain 5.1).</param>
    public static IEnumerable<NextAction> Of(PlannedItem item, Department department, ProjectState state, ProjectClocks clocks)
    {
        var who = department.Kind == OrganKind.Department ? Role.Department : StepAuthority.IsRecordedByApplicant(department.Kind) ? Role.Owner : Role.Office;
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
                yield return new(item.Code, who, department.Code, ActionKind.Accept, ItemClock.AnswerDue(round!.ReceivedOn, state.Standstill, clocks.Calendar));
                break;
            case ItemStatus.SupplementRequested:
                yield return new(item.Code, Role.Owner, null, ActionKind.Supplement, round!.SupplementDueOn);
                break;
            case ItemStatus.Accepted:
                yield return new(item.Code, who, department.Code, ActionKind.Decide, clocks.Item(item).DueDate);
                break;
            case ItemStatus.Suspended:
                foreach (var run in round!.RunningProcedures)
                    yield return new(item.Code, who, department.Code, ActionKind.Resume, ItemClock.AnnouncedEnd(run, round, clocks.Calendar));
                break;
            case ItemStatus.Approved when round!.AwaitsConfirmation:
                yield return new(item.Code, Role.Office, null, ActionKind.Confirm, null);
                break;
            case ItemStatus.Approved when IsToBeDelivered(round!, department, state):
                yield return new(item.Code, who, department.Code, ActionKind.Deliver, clocks.Calendar.Add(round.EndedOn!.Value, Delivery.Days));
                break;
        }

        if (round is { Status: RoundStatus.Accepted or RoundStatus.Suspended })
        {
            foreach (var owed in round.Owed.Where(o => o.HandedInOn is null)) yield return new(item.Code, Role.Owner, null, ActionKind.HandIn, owed.DueOn);
        }
    }

    /// <summary>Whether the decision has still to reach the applicant 送达, who has it already where it recorded the item itself.</summary>
    public static bool IsToBeDelivered(Round round, Department department, ProjectState state) =>
        state.CompletedOn is null && IsUndelivered(round, department);

    /// <summary>The same of a project that may be complete: its last decisions have still to be delivered.</summary>
    public static bool IsUndelivered(Round round, Department department) =>
        round is { Status: RoundStatus.Approved, DeliveredOn: null } && !StepAuthority.IsRecordedByApplicant(department.Kind);
}
