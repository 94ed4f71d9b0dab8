using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reviews;
using Agency.Tests.Grains.Reviews;

namespace Agency.Tests.Storage;

/// <summary>Puts sessions into a store as if commands had made them.</summary>
internal static class StoredSessions
{
    /// <param name="from">The first of its facts that is not in the store yet, from 0.</param>
    /// <param name="marked">Whether what follows elsewhere was not done any more.</param>
    /// <param name="summary">Its summary row; null: that of its state.</param>
    public static async Task Put(this IEventStore store, ResolvedSession session, int from = 0, bool marked = false, ReviewSummary? summary = null)
    {
        var stream = ReviewFact.StreamOf(session.Id);
        var (hash, facts) = (HashChain.Start(stream), new List<StoredFact>());
        await foreach (var before in store.Read(stream)) hash = before.Hash.ToArray();
        foreach (var entry in session.Entries.Skip(from))
        {
            facts.Add(ReviewFact.Codec.Encode(entry, stream, hash));
            hash = facts[^1].Hash.ToArray();
        }

        Assert.Equal(CommitOutcome.Committed, await store.Commit(new(stream, from, facts, (summary ?? ReviewSummary.Of(session.State)!).Write(), Marked: marked)));
    }

    /// <summary>Puts a project's facts into a store, with a summary that its shard makes anew.</summary>
    public static async Task PutProject(this IEventStore store, string code, params ProjectFact[] facts)
    {
        var stream = new StreamId(Sharding.SpreadKind, code);
        var (hash, stored) = (HashChain.Start(stream), new List<StoredFact>());
        foreach (var (i, fact) in facts.Index())
        {
            var entry = new Entry<ProjectFact>(i + 1, fact, new(2026, 3, 2, 1, 0, i, default), new(2026, 3, 2), ResolvedSession.Office, null, "c", 1, Act.NoTexts);
            stored.Add(ProjectFact.Codec.Encode(entry, stream, hash));
            hash = stored[^1].Hash.ToArray();
        }

        var summary = new ProjectSummary(1, code, null, null, null, null, null, null, null, null, null, ProjectStatus.Active, null, null, null, null, null, [], [], default, null);
        Assert.Equal(CommitOutcome.Committed, await store.Commit(new(stream, 0, stored, ProjectSummary.Write(summary))));
    }

    /// <summary>What a project has on record of resolutions, in recorded order.</summary>
    public static async Task<IReadOnlyList<ResolutionRecorded>> CopiesOf(this IEventStore store, string project)
    {
        var copies = new List<ResolutionRecorded>();
        await foreach (var fact in store.Read(new("project", project)))
        {
            if (ProjectFact.Codec.Decode(fact).Fact is ResolutionRecorded copy) copies.Add(copy);
        }

        return copies;
    }
}
