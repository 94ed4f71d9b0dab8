using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reviews;

namespace Agency.Faults.Record;

/// <summary>What projects have on record of the resolutions that sessions gave them.</summary>
internal static class GivenResolutions
{
    /// <summary>The same of those sessions alone whose conclusion is in the store.</summary>
    public static async Task<Effects> FindOwed(IFactReader store, IEnumerable<StreamId> sessions, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var concluded = new List<StreamId>();
        foreach (var session in sessions)
            if (await store.Read(session, 0, cancellationToken).AnyAsync(f => ReviewFact.Codec.Decode(f).Fact is Concluded, cancellationToken)) concluded.Add(session);
        return await Find(store, concluded, projects, cancellationToken);
    }

    /// <param name="projects">The codes of those to which each session gave a resolution, in its order.</param>
    public static async Task<Effects> Find(IFactReader store, IEnumerable<StreamId> sessions, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var given = new List<string>();
        foreach (var code in projects)
        {
            await foreach (var fact in store.Read(new("project", code), 0, cancellationToken))
                if (ProjectFact.Codec.Decode(fact).Fact is ResolutionRecorded copy) given.Add($"{copy.Resolution} in {code}");
        }

        return Effects.Of(sessions.SelectMany(s => projects.Select((code, i) => $"{s.Id}-{i + 1} in {code}")), given);
    }
}
