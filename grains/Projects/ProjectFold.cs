using Agency.Departments;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What a project's stream comes to. Its summary follows from more than its facts: flows, calendar and departments, in whoever's hands they are.</summary>
internal static class ProjectFold
{
    /// <param name="summary">The summary of a state (<see cref="Summary"/>).</param>
    public static StreamFold<ProjectFact, ProjectState> Of(Func<ProjectState, ProjectSummary> summary) =>
        new(Sharding.SpreadKind, ProjectFact.Codec, ProjectState.None, (state, entries) => state.With(entries), state => ProjectSummary.Write(summary(state)));

    /// <summary>The summary as a commit leaves it: as everything stands when its last fact is recorded.</summary>
    /// <param name="views">What is seen of the state at a moment; null for a code that is no project.</param>
    public static ProjectSummary Summary(string code, ProjectState state, Func<ProjectState, Moment, ProjectViews?> views, DepartmentCodes departments)
    {
        var at = state.Entries[^1].RecordedAt;
        return ProjectSummary.Of(code, state, views(state, new(at, ShanghaiTime.DayOf(at)))?.Clocks, departments);
    }
}
