using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Problems;

/// <summary>What follows from a command about a problem: its fact, and before it what the problem had risen to by itself (domain 10).</summary>
internal static class ProblemDecider
{
    public static Decision<ProjectFact> Decide(ProblemFact command, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, RolesFor(command)) is { } notAllowed) return notAllowed;
        var problems = state.Service.Problems;
        if (command is ProblemRaised raised) return Raise(raised with { Problem = problems.NextId, Affected = [] }, problems, state, context);

        if (problems.Find(command.Problem) is not { } recorded) return Refusal.Of("problem-not-found", ("problem", command.Problem));
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        var (rules, entries) = (context.City.Service, new List<Entry<ProjectFact>>());
        foreach (var (fact, day) in recorded.Rises(context.Day, rules, context.Calendar)) entries.Add(context.SystemEntry(fact, state.Version + entries.Count + 1, day));
        var problem = recorded.On(context.Day, rules, context.Calendar);

        if (ServiceAuthority.CheckEntry(recorded.Version, recorded.LastDay, context, Faults(command, problem, context)) is { } impossible) return impossible;
        if (problem.Closure is { } closure) return Refusal.Of("problem-closed", ("problem", problem.Id), ("day", closure.ClosedOn));
        if (command is ProblemEscalated escalation)
        {
            if (!context.Act.Gives(Act.Reason)) return Refusal.Of("reason-required");
            var level = escalation.Level ?? problem.Level + 1;
            if (level <= problem.Level || level > ProblemLevel.CityLeadership) return Refusal.Of("level-not-higher", ("problem", problem.Id), ("level", problem.Level));
            command = escalation with { Level = level };
        }

        entries.Add(context.Entry(command, state.Version + entries.Count + 1));
        return entries.ToImmutableArray();
    }

    /// <summary>The problem that the system opens with a revocation, for what was applied for on the approval that it takes back (domain 5).</summary>
    /// <param name="facts">Facts of a step.</param>
    public static IEnumerable<Entry<ProjectFact>> BasisChanged(IReadOnlyList<Entry<ProjectFact>> facts, ProjectState state, ProjectContext context)
    {
        if (facts.FirstOrDefault(f => f.Fact is Revocation) is not { Fact: Revocation revocation } entry) return [];
        var after = state.With(facts);
        ImmutableArray<string> affected = [.. ItemViews.BuiltOn(revocation.Item, context.Plans.Of(after.Plan!), after)];
        return affected.IsEmpty
            ? []
            : [context.SystemEntry(new ProblemRaised(state.Service.Problems.NextId, revocation.Item, ProblemCategory.BasisChanged, ProblemLevel.Manager, null, null, affected), after.Version + 1, entry.OccurredOn)];
    }

    private static Role[] RolesFor(ProblemFact command) => command switch
    {
        ProblemRaised => [Role.Office, Role.Manager, Role.Clerk, Role.Owner],
        ProblemEscalated => [Role.Office, Role.Manager, Role.Clerk],
        CountermeasureTaken or ProblemClosed => [Role.Office, Role.Manager],
        _ => throw new NotSupportedException($"{command.GetType().Name} is the system's."),
    };

    private static Decision<ProjectFact> Raise(ProblemRaised raised, ProblemBook problems, ProjectState state, ProjectContext context)
    {
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (context.Act.Actor.Role == Role.Owner && raised.Level != ProblemLevel.Manager) return Refusal.Of("level-not-owners", ("level", raised.Level));
        var entry = context.Entry(raised, state.Version + 1);
        return ServiceAuthority.CheckEntry(problems.Version, DateOnly.MinValue, context, Faults(raised, Problem.Of(raised, entry), context).Concat(Unknown(raised, state, context))) is { } refusal ? refusal : entry;
    }

    private static IEnumerable<Fault> Unknown(ProblemRaised raised, ProjectState state, ProjectContext context)
    {
        if (raised.Item is { } item && context.Plans.Of(state.Plan!).Find(item) is null) yield return Fault.Of("/item", "unknown-item", ("code", item));
        if (!context.City.Service.ProblemCategories.Any(c => c.Code == raised.Category)) yield return Fault.Of("/category", "unknown-category", ("code", raised.Category));
    }

    private static IEnumerable<Fault> Faults(ProblemFact command, Problem problem, ProjectContext context) => command switch
    {
        ProblemRaised f => [.. Person(f.PersonInCharge), .. Due(f.DueOn, problem, context)],
        CountermeasureTaken f => [.. Person(f.PersonInCharge), .. Due(f.DueOn, problem, context)],
        ProblemClosed f => ServiceAuthority.Evidence(f.Evidence),
        _ => [],
    };

    private static Fault[] Person(string? id) => id is null || PersonId.IsOne(id) ? [] : [Fault.Of("/personInCharge", "bad-person-id")];

    // At the highest level it can be past due already: then no day is early enough, and none can be given.
    private static IEnumerable<Fault> Due(DateOnly? dueOn, Problem problem, ProjectContext context) =>
        ServiceAuthority.DueDay("/dueOn", dueOn, context.Day, problem.LevelDueOn(context.City.Service, context.Calendar));
}
