using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reviews;

namespace Agency.Faults.Record;

/// <summary>What projects have on record of the resolutions that sessions gave them.</summary>
internal static class GivenResolutions
{
    /// <summary>Those that are missing, and those that are there more than once.</summary>
    public static async Task<StoredCommands> Find(IFactReader store, IEnumerable<StreamId> sessions, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var given = new List<string>();
        foreach (var code in projects)
        {
            await foreach (var fact in store.Read(new("project", code), 0, cancellationToken))
                if (ProjectFact.Codec.Decode(fact).Fact is ResolutionRecorded copy) given.Add($"{copy.Resolution} in {code}");
        }

        var expected = sessions.SelectMany(s => projects.Select((code, i) => $"{s.Id}-{i + 1} in {code}"));
        return new([.. expected.Except(given)], [.. given.GroupBy(g => g).Where(g => g.Count() > 1).Select(g => g.Key)]);
    }
}
