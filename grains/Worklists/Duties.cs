using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Clocks;
using Agency.People;
using Agency.Projects;

namespace Agency.Worklists;

/// <summary>Makes worklists of what is to be done next in projects.</summary>
internal static class Duties
{
    // 快到期: with so many working days left what is to be done turns yellow, unless a clock says otherwise.
    private const int Near = 1;

    /// <summary>The duties that <paramref name="worker"/> has in a project.</summary>
    public static ImmutableArray<Duty> Of(Worker worker, ProjectState state, IEnumerable<NextAction> actions, ProjectClocks clocks) =>
    [
        .. actions.Where(a => Concerns(worker, a)).Select(a =>
        {
            var item = a.Item is { } code ? clocks.Plan.Find(code) : null;
            var light = a.What == ActionKind.Decide && item is not null ? clocks.Item(item).Light : LightOf(a.By, clocks.Today, clocks.Calendar);
            return new Duty(state.Registration!.Code, state.Details!.Name, state.Details.OwnerName, a, item?.Definition.Name, null, DaysLeft(a.By, clocks.Today, clocks.Calendar), light);
        }),
    ];

    /// <summary>What was recorded after an instant, as far as it concerns the worker.</summary>
    public static ImmutableArray<Change> Since(DateTimeOffset instant, Worker worker, ProjectState state, Func<string, string?> departmentOf) =>
    [
        .. state.Entries.Reverse().TakeWhile(e => e.RecordedAt > instant)
            .Where(e => worker.Kind != WorkerKind.Department || (e.Fact is Step step && departmentOf(step.Item) == worker.Id))
            .Take(Worklists.Worklist.MostChanges)
            .Select(e => new Change(state.Registration!.Code, state.Details!.Name, e.Version, ProjectFact.Codec.NameOf(e.Fact), (e.Fact as Step)?.Item, e.RecordedAt, e.OccurredOn, e.Actor.Id, e.Actor.Role))
            .Reverse(),
    ];

    /// <summary>One worklist of those of many projects.</summary>
    public static Worklist Worklist(IReadOnlyCollection<ProjectDuties> projects, DateOnly today) => new(
        today,
        [
            .. projects.SelectMany(p => p.Duties)
                .OrderBy(d => d.Action.By ?? DateOnly.MaxValue)
                .ThenBy(d => d.Project, StringComparer.Ordinal)
                .ThenBy(d => d.Action.Item, StringComparer.Ordinal)
                .ThenBy(d => d.Action.What),
        ],
        [.. projects.SelectMany(p => p.Changes).OrderByDescending(c => c.RecordedAt).ThenByDescending(c => c.Sequence).Take(Worklists.Worklist.MostChanges).Reverse()]);

    private static bool Concerns(Worker worker, NextAction action) => worker.Kind switch
    {
        WorkerKind.Department => action.Who == Role.Department && action.Department == worker.Id,
        _ => true,
    };

    private static int? DaysLeft(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is not { } day ? null : day >= today ? calendar.Count(today, day) : -calendar.Count(day, today);

    private static Light LightOf(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is not { } day ? Light.Grey : day < today ? Light.Red : calendar.Count(today, day) <= Near ? Light.Yellow : Light.Green;
}
