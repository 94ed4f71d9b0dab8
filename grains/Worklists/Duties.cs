using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Clocks;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Worklists;

/// <summary>Makes worklists of what is to be done next in projects.</summary>
internal static class Duties
{
    /// <summary>The duties that <paramref name="worker"/> has in a project.</summary>
    public static ImmutableArray<Duty> Of(Worker worker, ProjectState state, IEnumerable<NextAction> actions, ProjectClocks clocks, ServiceRules rules) =>
    [
        .. actions.Where(a => Concerns(worker, a, state, clocks)).Select(a =>
        {
            var item = a.Item is { } code ? clocks.Plan.Find(code) : null;
            var light = a switch
            {
                { What: ActionKind.Decide } when item is not null => clocks.Item(item).Light,
                { What: ActionKind.FollowUp or ActionKind.CloseCase, By: { } due } => rules.LightOf(due, clocks.Today, clocks.Calendar),
                _ => rules.LightOfDuty(a.By, clocks.Today, clocks.Calendar),
            };
            return new Duty(state.Registration!.Code, state.Details!.Name, state.Details.OwnerName, a, item?.Definition.Name, null, DaysLeft(a.By, clocks.Today, clocks.Calendar), light);
        }),
    ];

    /// <summary>What was recorded after an instant, as far as it concerns the worker.</summary>
    public static ImmutableArray<Change> Since(DateTimeOffset instant, Worker worker, ProjectState state, Func<string, string?> departmentOf) =>
    [
        .. state.Entries.Reverse().TakeWhile(e => e.RecordedAt > instant)
            .Where(e => worker.Kind == WorkerKind.Department ? e.Fact is Step step && departmentOf(step.Item) == worker.Id : IsTold(worker, e.Version, state))
            .Take(Worklists.Worklist.MostChanges)
            .Select(e => new Change(state.Registration!.Code, state.Details!.Name, e.Version, ProjectFact.Codec.NameOf(e.Fact), (e.Fact as Step)?.Item, e.RecordedAt, e.OccurredOn, e.Actor.Id, e.Actor.Role))
            .Reverse(),
    ];

    /// <summary>One worklist of those of many projects.</summary>
    public static Worklist Worklist(IReadOnlyCollection<ProjectDuties> projects, IEnumerable<string> unread, DateOnly today) => new(
        today,
        [
            // Who is manager and stands in for the clerk has the same to do but once.
            .. projects.SelectMany(p => p.Duties).DistinctBy(d => (d.Project, d.Action))
                .OrderBy(d => d.Action.By ?? DateOnly.MaxValue)
                .ThenBy(d => d.Project, StringComparer.Ordinal)
                .ThenBy(d => d.Action.Item, StringComparer.Ordinal)
                .ThenBy(d => d.Action.What)
                .ThenBy(d => d.Action.Subject, StringComparer.Ordinal),
        ],
        [.. projects.SelectMany(p => p.Changes).DistinctBy(c => (c.Project, c.Sequence)).OrderByDescending(c => c.RecordedAt).ThenByDescending(c => c.Sequence).Take(Worklists.Worklist.MostChanges).Reverse()],
        [.. unread]);

    // A manager follows all that is to be done, a clerk what the mandate covers and the owner would have to do.
    private static bool Concerns(Worker worker, NextAction action, ProjectState state, ProjectClocks clocks) => worker.Kind switch
    {
        WorkerKind.Department => action.Who == Role.Department && action.Department == worker.Id,
        WorkerKind.Agent when state.Service.Manager?.Agent == worker.Id => true,
        _ => action is { Who: Role.Owner, Item: { } item } && clocks.Plan.Find(item) is { } planned && IsClerk(worker, state) && state.Service.Mandate!.IsInTerm(clocks.Today) && state.Service.Mandate.Covers(planned),
    };

    private static bool IsClerk(Worker worker, ProjectState state) => state.Service.Mandate is { IsAgreed: true } mandate && mandate.ActingClerks.Any(c => c.Agent == worker.Id);

    // The last manager of a project that has ended is told that, too, and the last clerks of a mandate what ended it.
    private static bool IsTold(Worker worker, long version, ProjectState state) =>
        (state.Service.Managers is [.., var last] && last.Agent == worker.Id)
        || IsClerk(worker, state)
        || state.Service.Mandates.Any(m => !m.IsOpen && m.LastClerks.Any(c => c.Agent == worker.Id && (version <= c.EndedBy || version == m.Version)));

    private static int? DaysLeft(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is not { } day ? null : day >= today ? calendar.Count(today, day) : -calendar.Count(day, today);
}
