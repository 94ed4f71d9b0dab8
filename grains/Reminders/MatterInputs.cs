using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.Mandates;
using Agency.Projects;
using Agency.Ratings;
using Agency.Visits;

namespace Agency.Reminders;

/// <summary>What a project's facts leave standing that somebody may have to be reminded of, beside its clocks and problems.</summary>
internal static class MatterInputs
{
    public static IEnumerable<MatterInput> Of(ProjectState state, FlowPlan plan, DepartmentCodes departments)
    {
        foreach (var item in plan.Items)
        {
            if (state.Item(item.Code).Round is not { } round) continue;
            foreach (var input in OfRound(item, round, departments.Find(state.Registration!.DepartmentOf(item, departments))!)) yield return input;
        }

        if (VisitPlan.Since(state, state.Service.Manager?.Since) is { } visit) yield return new(MatterKind.Visit, "", visit.From, Unit: visit.First ? DayUnit.WorkingDays : DayUnit.NaturalDays);
        if (MandateView.Waiting(state.Service.Mandate) is { Days: { } days } mandate) yield return new(MatterKind.Mandate, "", mandate.Since, days);
        foreach (var (id, followUp) in state.Service.OpenFollowUps) yield return new(MatterKind.FollowUp, $"{id}/{followUp.Number}", followUp.DueOn, Department: followUp.Department);
        foreach (var rating in state.Service.Ratings.All.Where(r => r.HasCase && r.Taken(CaseStep.Closure) is null)) yield return new(MatterKind.Case, rating.Id, rating.RatedOn);
    }

    private static IEnumerable<MatterInput> OfRound(PlannedItem item, Round round, Department department)
    {
        MatterInput At(MatterKind kind, DateOnly from, int days = 0, DayUnit unit = DayUnit.WorkingDays) => new(kind, item.Code, from, days, unit, department.Code);
        switch (round.Status)
        {
            case RoundStatus.Submitted:
                yield return At(MatterKind.Answer, round.ReceivedOn, ItemClock.AnswerDays) with { RecordedOn = item.Definition.DeemedAcceptance ? ShanghaiTime.DayOf(round.ReceiptRecordedAt) : null };
                break;
            case RoundStatus.SupplementRequested when round.SupplementDueOn is { } due:
                yield return At(MatterKind.Supplement, due);
                break;
            case RoundStatus.Suspended:
                foreach (var run in round.RunningProcedures) yield return At(MatterKind.Procedure, run.SuspendedOn, run.AnnouncedDays, round.Terms!.Unit);
                break;
            case RoundStatus.Approved:
                if (round.ValidUntil is { } until) yield return At(MatterKind.Validity, until);
                if (NextActions.IsUndelivered(round, department)) yield return At(MatterKind.Delivery, round.EndedOn!.Value, Delivery.Days);
                break;
        }

        if (round.Status is RoundStatus.Accepted or RoundStatus.Suspended)
        {
            foreach (var owed in round.Owed.Where(o => o.HandedInOn is null)) yield return At(MatterKind.Material, owed.DueOn);
        }
    }
}
