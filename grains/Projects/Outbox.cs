using Agency.EventSourcing;
using Agency.Services;

namespace Agency.Projects;

/// <summary>What a project's facts must cause in other grains: delivered while the commit's marker stands, once or more.</summary>
internal static class Outbox
{
    /// <summary>The aliases that a change of details took away and that the project has not been given again since.</summary>
    public static IEnumerable<string> AliasesGivenUp(Entry<ProjectFact> entry, ProjectState state)
    {
        if (entry.Fact is not DetailsChanged changed) return [];
        var before = state.Entries.Take((int)entry.Version - 1).Select(e => e.Fact).OfType<DetailsChanged>().LastOrDefault()?.Details.Aliases ?? [];
        return before.Except(changed.Details.Aliases).Except(state.Details?.Aliases ?? []);
    }

    /// <summary>What agents became to the project by a fact, and what they were up to it.</summary>
    public static IEnumerable<AgentTerm> Terms(Entry<ProjectFact> entry, ProjectState state) =>
        state.Service.Terms.Where(t => t.Version == entry.Version || t.EndedBy == entry.Version);
}
