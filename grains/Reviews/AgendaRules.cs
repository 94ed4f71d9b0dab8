using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.Departments;
using Agency.Portfolio;
using Agency.Problems;

namespace Agency.Reviews;

/// <summary>What the rules propose for an agenda (domain 11.2): each entry names its rule.</summary>
internal static class AgendaRules
{
    /// <summary>The most entries that are proposed.</summary>
    public const int Most = 200;

    // The most urgent first; ties by how long it has been so.
    private static readonly AgendaRule[] _order = [AgendaRule.Red, AgendaRule.Problem, AgendaRule.Resolution, AgendaRule.Deferred, AgendaRule.NoProgress, AgendaRule.NewProject];

    /// <summary>Those of the found that are not on the agenda, each matter once, by the first rule that finds it. What was deferred and is found by
    /// another rule besides is what was deferred, by that rule; of one matter several may have been.</summary>
    public static ImmutableArray<ProposedEntry> Proposed(IEnumerable<ProposedEntry> found, IEnumerable<AgendaSubject> agenda)
    {
        AgendaSubject[] standing = [.. agenda];
        var (matters, others) = (standing.Select(Matter).ToHashSet(), standing.Where(s => s.DeferredFrom is null).Select(Matter).ToHashSet());
        var taken = standing.Select(s => s.DeferredFrom).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (proposed, places) = (new List<ProposedEntry>(), new Dictionary<(string?, string?, string?, string?), int>());
        foreach (var entry in Ordered(found))
        {
            var (subject, matter) = (entry.Subject, Matter(entry.Subject));
            if (subject.DeferredFrom is { } from ? taken.Contains(from) || (matter != default && others.Contains(matter)) : matters.Contains(matter)) continue;
            if (matter != default && places.TryGetValue(matter, out var place))
            {
                if (subject.DeferredFrom is null) continue;
                if (proposed[place].Subject is { DeferredFrom: null, Rule: var rule })
                {
                    proposed[place] = proposed[place] with { Subject = subject with { Rule = rule } };
                    continue;
                }
            }
            else if (matter != default)
            {
                places[matter] = proposed.Count;
            }

            proposed.Add(entry);
        }

        return [.. proposed.Take(Most)];
    }

    private static IOrderedEnumerable<ProposedEntry> Ordered(IEnumerable<ProposedEntry> found) =>
        found.OrderBy(e => Array.IndexOf(_order, e.Subject.Rule!.Value))
            .ThenByDescending(e => e.WorkingDays ?? 0)
            .ThenBy(e => e.Since ?? DateOnly.MaxValue)
            .ThenBy(e => e.Subject.Project, StringComparer.Ordinal)
            .ThenBy(e => e.Subject.Item, StringComparer.Ordinal)
            .ThenBy(e => e.Subject.Problem, StringComparer.Ordinal)
            .ThenBy(e => e.Subject.Resolution, StringComparer.Ordinal)
            .ThenBy(e => e.Subject.DeferredFrom, StringComparer.Ordinal);

    /// <summary>An entry for each overdue item, and one for the project where a stage or the whole of it is overdue.</summary>
    public static IEnumerable<ProposedEntry> Red(AgendaCandidate project, DateOnly today, WorkingCalendar calendar)
    {
        foreach (var clock in project.Red.Where(c => c.Scope == ClockScope.Item))
            yield return Of(project, AgendaRule.Red, clock.Due?.AddDays(1), clock.Due is { } due ? calendar.Count(due, today) : clock.Days, clock.Department, clock.Code);
        if (project.Red.Where(c => c.Scope != ClockScope.Item).Select(c => (int?)c.Days).Max() is { } days) yield return Of(project, AgendaRule.Red, null, days);
    }

    public static IEnumerable<ProposedEntry> New(AgendaCandidate project, DateOnly today, WorkingCalendar calendar, ReviewRules rules)
    {
        if (calendar.Count(project.RegisteredOn, today) <= rules.NewProjectWorkingDays) yield return Of(project, AgendaRule.NewProject, project.RegisteredOn, null);
    }

    public static IEnumerable<ProposedEntry> NoProgress(AgendaCandidate project, DateOnly today, WorkingCalendar calendar, ReviewRules rules)
    {
        if (project.LastProgress is not { } last) yield break;
        var days = calendar.Count(last, today);
        if (days >= rules.NoProgressWorkingDays) yield return Of(project, AgendaRule.NoProgress, last.AddDays(1), days);
    }

    /// <param name="department">Code of the department of the item that the problem is about.</param>
    public static ProposedEntry Problem(AgendaCandidate project, ProblemView problem, string? department, DateOnly today, WorkingCalendar calendar) =>
        Of(project, AgendaRule.Problem, problem.LevelSince, calendar.Count(problem.LevelSince, today), department, problem.Item, problem.Id);

    /// <summary>The open resolutions of an earlier session: they return until they are closed. Overdue is what its units have not done yet.</summary>
    public static IEnumerable<ProposedEntry> Resolutions(string review, ReviewSummary session, DateOnly today, WorkingCalendar calendar) => session.Resolutions
        .Where(r => r.IsOpen)
        .Select(r => (Resolution: r, Overdue: r.IsPending && r.DueDate < today))
        .Select(r => new ProposedEntry(
            new(r.Resolution.Project, null, null, ResolutionId.Of(review, r.Resolution.Number), [r.Resolution.Lead, .. r.Resolution.Assisting], [], AgendaRule.Resolution),
            null,
            r.Overdue ? r.Resolution.DueDate.AddDays(1) : session.HeldOn,
            r.Overdue ? calendar.Count(r.Resolution.DueDate, today) : null));

    /// <summary>What earlier sessions of the kind have deferred and no session has taken up since.</summary>
    public static IEnumerable<ProposedEntry> Deferred(string review, ReviewKind kind, DateOnly heldOn, IReadOnlyCollection<(string Id, ReviewSummary Summary)> sessions)
    {
        var taken = sessions.Where(s => s.Summary is { Status: not ReviewStatus.Cancelled, TakenUp.IsDefault: false }).SelectMany(s => s.Summary.TakenUp).ToHashSet(StringComparer.Ordinal);
        return sessions
            .Where(s => s.Id != review && s.Summary.Kind == kind && s.Summary.HasConcluded && s.Summary.HeldOn <= heldOn)
            .SelectMany(s => s.Summary.Deferred.Select(d => (From: DeferredEntry.IdOf(s.Id, d.Entry), d.Subject, s.Summary.HeldOn)))
            .Where(d => !taken.Contains(d.From))
            .Select(d => new ProposedEntry(d.Subject with { Rule = AgendaRule.Deferred, DeferredFrom = d.From }, null, d.HeldOn, null));
    }

    private static ProposedEntry Of(AgendaCandidate project, AgendaRule rule, DateOnly? since, int? days, string? department = null, string? item = null, string? problem = null) =>
        new(new(project.Code, item, problem, null, [department is null or DepartmentCodes.Owner ? project.LeadDepartment : department], [], rule), project.Name, since, days);

    // What an entry is about; nothing where it names nothing.
    private static (string?, string?, string?, string?) Matter(AgendaSubject s) =>
        s.Resolution is { } resolution ? (null, null, null, resolution) : s.Problem is { } problem ? (s.Project, null, problem, null) : (s.Project, s.Item, null, null);
}
