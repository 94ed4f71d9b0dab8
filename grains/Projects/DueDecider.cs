using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What a rule has made true of a project by today, and nobody has recorded yet.</summary>
internal static class DueDecider
{
    /// <summary>The acceptances that silence has become and that may be recorded (domain 5.2), and the levels to which problems have risen (domain 10), each on the day on which it came to be.</summary>
    public static Decision<ProjectFact> Decide(ProjectState state, ProjectContext context)
    {
        if (state.Registration is not { } registration || state.TerminatedOn is not null) return ImmutableArray<Entry<ProjectFact>>.Empty;
        var (plan, today, due) = (context.Plans.Of(state.Plan!), context.Moment.Today, new List<(ProjectFact Fact, DateOnly Day)>());
        foreach (var item in plan.Items)
        {
            var department = registration.DepartmentOf(item, context.Departments);
            if (StepDecider.RecordableSilence(state.Item(item.Code), item, department, state.Plan!, state.Standstill, context.Calendar, today, today) is { } silence) due.Add((silence.Fact, silence.OccurredOn));
        }

        foreach (var problem in state.Service.Problems.All)
            due.AddRange(problem.Rises(today, context.City.Service, context.Calendar).Select(r => ((ProjectFact)r.Fact, r.OccurredOn)));
        return due.Take(Commit.MaxFacts).Select((d, i) => context.SystemEntry(d.Fact, state.Version + 1 + i, d.Day)).ToImmutableArray();
    }
}
