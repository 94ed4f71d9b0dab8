using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.Problems;
using Agency.Projects;
using Agency.Services;

namespace Agency.Portfolio;

/// <summary>A project that an agenda may have to speak of, as far as its summary tells.</summary>
/// <param name="Red">Its running clocks that are overdue, in no order.</param>
/// <param name="HasProblem">Whether a problem of it stands at the level of joint reviews, or higher.</param>
/// <param name="LastProgress">The last day on which something of it was recorded that is not the system's own; null while it is being built, for then nothing needs to be.</param>
[GenerateSerializer, Immutable, Alias("agency.agenda-candidate")]
public sealed record AgendaCandidate(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string LeadDepartment,
    [property: Id(3)] DateOnly RegisteredOn,
    [property: Id(4)] ImmutableArray<OverdueClock> Red,
    [property: Id(5)] bool HasProblem,
    [property: Id(6)] DateOnly? LastProgress)
{
    /// <summary>The candidate of a project; null where nothing in the summary makes it one.</summary>
    /// <param name="newSince">Registered on this day or later it is new.</param>
    /// <param name="quietSince">Nothing recorded after this day it may be without progress.</param>
    internal static AgendaCandidate? Of(ProjectSummary project, DateOnly newSince, DateOnly quietSince, DateOnly today, WorkingCalendar calendar, ServiceRules rules)
    {
        if (project is not { RegisteredOn: { } registered, State: ProjectStatus.Active }) return null;
        var red = project.Clocks.Select(c => (Clock: c, Standing: c.At(today, calendar, LightRule.Default))).Where(c => c.Standing.Light == Light.Red)
            .Select(c => new OverdueClock(c.Clock.Scope, c.Clock.Code, c.Clock.Department, c.Standing.Due, -c.Standing.Remaining)).ToImmutableArray();
        var problem = project.OpenProblems.Any(p => p.On(today, rules, calendar).Level >= ProblemLevel.JointReview);
        var last = project.InConstruction ? null : project.LastRecordedOn;
        return red.IsEmpty && !problem && registered < newSince && !(last <= quietSince)
            ? null
            : new(project.Code, project.Name!, project.LeadDepartment!, registered, red, problem, last);
    }

    /// <summary>For each reason those that have it most, each once.</summary>
    internal static ImmutableArray<AgendaCandidate> Most(IEnumerable<AgendaCandidate> candidates, DateOnly newSince, DateOnly quietSince, int limit)
    {
        var all = candidates.OrderBy(c => c.Code, StringComparer.Ordinal).ToArray();
        return
        [
            .. all.Where(c => !c.Red.IsEmpty).OrderByDescending(c => c.Red.Max(r => r.Days)).Take(limit)
                .Concat(all.Where(c => c.HasProblem).Take(limit))
                .Concat(all.Where(c => c.RegisteredOn >= newSince).OrderByDescending(c => c.RegisteredOn).Take(limit))
                .Concat(all.Where(c => c.LastProgress <= quietSince).OrderBy(c => c.LastProgress).Take(limit))
                .DistinctBy(c => c.Code),
        ];
    }
}

/// <summary>A clock that is overdue.</summary>
/// <param name="Code">Code of the item or stage; empty for the total.</param>
/// <param name="Department">Code of the item's department.</param>
/// <param name="Due">Its last day in time; null while it stands.</param>
/// <param name="Days">How many of its days it is overdue.</param>
[GenerateSerializer, Immutable, Alias("agency.overdue-clock")]
public readonly record struct OverdueClock(
    [property: Id(0)] ClockScope Scope, [property: Id(1)] string Code, [property: Id(2)] string? Department, [property: Id(3)] DateOnly? Due, [property: Id(4)] int Days);
