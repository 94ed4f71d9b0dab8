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
    // 快到期: with so many working days left what is to be done turns yellow, unless it has a light of its own.
    private const int Near = 1;

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
                _ => LightOf(a.By, clocks.Today, clocks.Calendar),
            };
            return new Duty(state.Registration!.Code, state.Details!.Name, state.Details.OwnerName, a, item?.Definition.Name, null, DaysLeft(a.By, clocks.Today, clocks.Calendar), light);
        }),
    ];

    /// <summary>What was recorded after an instant, as far as it concerns the worker.</summary>
    public static ImmutableArray<Change> Since(DateTimeOffset instant, Worker worker, ProjectState state, Func<string, string?> departmentOf) =>
    [
        .. state.Entries.Reverse().TakeWhile(e => e.RecordedAt > instant)
            .Where(e => worker.Kind == WorkerKind.Department ? e.Fact is Step step && departmentOf(step.Item) == worker.Id : IsAgent(worker, state))
            .Take(Worklists.Worklist.MostChanges)
            .Select(e => new Change(state.Registration!.Code, state.Details!.Name, e.Version, ProjectFact.Codec.NameOf(e.Fact), (e.Fact as Step)?.Item, e.RecordedAt, e.OccurredOn, e.Actor.Id, e.Actor.Role))
            .Reverse(),
    ];

    /// <summary>One worklist of those of many projects.</summary>
    public static Worklist Worklist(IReadOnlyCollection<ProjectDuties> projects, DateOnly today) => new(
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
        [.. projects.SelectMany(p => p.Changes).DistinctBy(c => (c.Project, c.Sequence)).OrderByDescending(c => c.RecordedAt).ThenByDescending(c => c.Sequence).Take(Worklists.Worklist.MostChanges).Reverse()]);

    // A manager follows all that is to be done, a clerk what the mandate covers and the owner would have to do.
    private static bool Concerns(Worker worker, NextAction action, ProjectState state, ProjectClocks clocks) => worker.Kind switch
    {
        WorkerKind.Department => action.Who == Role.Department && action.Department == worker.Id,
        WorkerKind.Agent when state.Service.Manager?.Agent == worker.Id => true,
        _ => action is { Who: Role.Owner, Item: { } item } && clocks.Plan.Find(item) is { } planned && IsClerk(worker, state) && state.Service.Mandate!.IsInTerm(clocks.Today) && state.Service.Mandate.Covers(planned),
    };

    private static bool IsClerk(Worker worker, ProjectState state) => state.Service.Mandate is { IsAgreed: true } mandate && mandate.ActingClerks.Any(c => c.Agent == worker.Id);

    // The last manager of a project that has ended is told that, too.
    private static bool IsAgent(Worker worker, ProjectState state) => (state.Service.Managers is [.., var last] && last.Agent == worker.Id) || IsClerk(worker, state);

    private static int? DaysLeft(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is not { } day ? null : day >= today ? calendar.Count(today, day) : -calendar.Count(day, today);

    private static Light LightOf(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is not { } day ? Light.Grey : day < today ? Light.Red : calendar.Count(today, day) <= Near ? Light.Yellow : Light.Green;
}
