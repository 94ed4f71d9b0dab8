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
    /// <param name="work">The work that it belongs to, in a project that is divided.</param>
    public static ItemView Of(PlannedItem item, int? work, string department, ProjectState state, ProjectClocks clocks)
    {
        var taken = state.Item(item.Code);
        ImmutableArray<string> missing = [.. item.Prerequisites.Where(p => state.Item(p.Code).ApprovedOn is null).Select(p => p.Code)];
        return new(
            item.Code,
            item.Definition.Name,
            item.Definition.NameEn,
            item.Definition.Stage,
            work,
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
            [.. taken.Rounds.Select(r => Of(r, taken, state.Standstill, clocks.Calendar))],
            BasisChanged(item, taken, state));
    }

    public static ItemStatus StatusOf(PlannedItem item, ProjectState state) => state.Item(item.Code).Round?.Status switch
    {
        RoundStatus.Submitted => ItemStatus.Submitted,
        RoundStatus.SupplementRequested => ItemStatus.SupplementRequested,
        RoundStatus.Accepted => ItemStatus.Accepted,
        RoundStatus.Suspended => ItemStatus.Suspended,
        RoundStatus.Approved => ItemStatus.Approved,
        RoundStatus.Revoked when item.Applicability == Applicability.Applies => ItemStatus.Revoked,
        _ when item.Applicability == Applicability.Undetermined => ItemStatus.Undetermined,
        _ when item.Applicability == Applicability.NotApplicable => ItemStatus.NotApplicable,
        RoundStatus.Denied => ItemStatus.Denied,
        RoundStatus.Refused => ItemStatus.Refused,
        RoundStatus.Withdrawn => ItemStatus.Withdrawn,
        _ => state.IsReady(item) ? ItemStatus.Ready : ItemStatus.NotReady,
    };

    /// <summary>Codes of the items that were applied for on the last approval of an item, which has been revoked.</summary>
    public static IEnumerable<string> BuiltOn(string revoked, FlowPlan plan, ProjectState state) => plan.Items
        .Where(i => i.Prerequisites.Any(p => p.Code == revoked) && BuildsOn(state.Item(revoked).Round, state.Item(i.Code)))
        .Select(i => i.Code);

    // What was not applied for yet waits anew; what was keeps its state and is marked.
    private static bool BasisChanged(PlannedItem item, ItemState taken, ProjectState state) =>
        item.Prerequisites.Any(p => state.Item(p.Code).Rounds.Any(r => BuildsOn(r, taken)));

    private static bool BuildsOn(Round? revoked, ItemState taken) =>
        taken.Round is { EndedOn: null } or { Status: RoundStatus.Approved } && revoked?.RevokedOn >= taken.Round.SubmittedOn;

    private static RoundView Of(Round round, ItemState item, Standstill standstill, WorkingCalendar calendar) => new(
        round.Number,
        round.Status,
        round.SubmittedOn,
        round.ReceivedOn,
        round.Status == RoundStatus.Submitted ? ItemClock.AnswerDue(round.ReceivedOn, standstill, calendar) : null,
        round.SupplementRequestedOn,
        round.SupplementDueOn,
        round.Missing,
        round.AcceptedOn,
        round.AcceptedBySystem,
        [.. round.Procedures.Select(p => Of(p, round, item, calendar))],
        round.ExtensionDays,
        [.. round.Owed.Select(o => new ToleratedView(o.Material, o.DueOn, o.HandedInOn))],
        round.Status is RoundStatus.Approved or RoundStatus.Denied or RoundStatus.Revoked ? round.EndedOn : null,
        round.EndedOn,
        round.DecisionNumber,
        round.ValidUntil,
        round.AwaitsConfirmation,
        round.DeliveredOn,
        round is { Status: RoundStatus.Approved, DeliveredOn: null, EndedOn: { } decided } ? calendar.Add(decided, Delivery.Days) : null,
        round.RevokedOn,
        round.Application,
        [.. NoticesOf(round, item)]);

    private static IEnumerable<NumberedNotice> NoticesOf(Round round, ItemState item) => StepsOf(round, item)
        .Where(s => s.Fact is Step { DocumentNumber: not null })
        .Select(s => new NumberedNotice(ProjectFact.Codec.NameOf(s.Fact), ((Step)s.Fact).DocumentNumber!, s.OccurredOn));

    // A round's steps are those from its submission to the next.
    private static IEnumerable<Entry<ProjectFact>> StepsOf(Round round, ItemState item)
    {
        var number = 0;
        foreach (var step in item.Steps)
        {
            if (step.Fact is Submission) number++;
            if (number == round.Number) yield return step;
        }
    }

    private static SuspensionView Of(ProcedureRun run, Round round, ItemState item, WorkingCalendar calendar) => new(
        run.Procedure,
        item.Steps.First(s => s.Version == run.Version).Texts.GetValueOrDefault(Act.Reason),
        run.AnnouncedDays,
        run.SuspendedOn,
        ItemClock.AnnouncedEnd(run, round, calendar),
        run.ResumedOn);
}
