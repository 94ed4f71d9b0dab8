using Agency.Calendar;
using Agency.Catalogue;
using Agency.Projects;
using Agency.Services;

namespace Agency.Visits;

/// <summary>When the project is to be visited next (domain 9); derived, so that it moves with the calendar.</summary>
/// <param name="NextVisitDueOn">The last day in time, a working day; null while nobody is to visit: the project stands still or has
/// ended, or it was never visited and has no manager.</param>
/// <param name="FirstContact">Whether it is the manager's first contact that is due.</param>
/// <param name="Overdue">Whether that day has passed.</param>
/// <param name="EveryDays">Calendar days between visits, as it stands.</param>
[GenerateSerializer, Immutable, Alias("agency.visit-plan")]
public sealed record VisitPlan([property: Id(0)] DateOnly? NextVisitDueOn, [property: Id(1)] bool FirstContact, [property: Id(2)] bool Overdue, [property: Id(3)] int EveryDays)
{
    /// <param name="managerSince">The day on which the manager in office was appointed; null: there is none.</param>
    internal static VisitPlan Of(ProjectState state, DateOnly? managerSince, DateOnly today, VisitRules rules, WorkingCalendar calendar)
    {
        DateOnly? permit = state.Reached.TryGetValue(FlowStage.StartPermit, out var reached) ? reached : null;
        var every = permit <= today ? rules.DaysAfterStartPermit : rules.DaysBeforeStartPermit;
        if (state.Status != ProjectStatus.Active) return new(null, false, false, every);

        var since = Since(state, managerSince);
        DateOnly? due = since is { } counted ? DueOn(counted.From, counted.First, permit, rules, calendar) : null;
        return new(due, since?.First ?? false, today > due, every);
    }

    /// <summary>The day from which the next visit of a project is counted, and whether it is the manager's first contact; null: nobody is to visit.</summary>
    internal static (DateOnly From, bool First)? Since(ProjectState state, DateOnly? managerSince)
    {
        DateOnly? last = state.Service.Visits.All.IsEmpty ? null : state.Service.Visits.All.Max(v => v.VisitedOn);
        if (managerSince is { } appointed && !(last >= appointed)) return (Going(appointed, state), true);
        return last is { } visited ? (Going(visited, state), false) : null;
    }

    /// <summary>The last day in time for a visit.</summary>
    /// <param name="permit">The day of S3's milestone; null while it is not reached.</param>
    internal static DateOnly DueOn(DateOnly from, bool first, DateOnly? permit, VisitRules rules, WorkingCalendar calendar) =>
        first ? calendar.Add(from, rules.FirstContactWorkingDays) : calendar.OnOrAfter(Next(from, permit, rules));

    // A visit that was due before the permit stays due.
    private static DateOnly Next(DateOnly last, DateOnly? permit, VisitRules rules)
    {
        var weekly = last.AddDays(rules.DaysBeforeStartPermit);
        return permit <= weekly ? last.AddDays(rules.DaysAfterStartPermit) : weekly;
    }

    // What was due during a standstill is due anew after it.
    private static DateOnly Going(DateOnly since, ProjectState state) =>
        state.Standstill.Pauses is [.., { To: { } to }] && to > since ? to : since;
}
