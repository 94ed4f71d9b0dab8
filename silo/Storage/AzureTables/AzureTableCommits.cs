using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Puts commits into the table, each by one transaction under the tag of the stream's summary.</summary>
/// <remarks>Where the answer is lost, the row of the facts is read back: it is there, and with this commit's id, exactly if the commit is in. If it
/// is not, the transaction may be sent again, for it is fenced: of two that arrive after all, one finds the other's rows.</remarks>
internal sealed class AzureTableCommits(AzureTable table, AzureTableReader reader, int remembered)
{
    private const int Attempts = 4;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly Fences _fences = new(remembered);

    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken)
    {
        var (stream, rows, doubtful) = (commit.Stream, new CommitRows(commit, reader.Shards), false);
        (long Version, ETag? Tag) fence = (commit.ExpectedVersion, _fences.Find(stream, commit.ExpectedVersion));
        if (fence.Tag is null && commit.ExpectedVersion > 0) fence = await Fence(stream, rows, cancellationToken);
        if (fence.Version != commit.ExpectedVersion) return await KeyTaken(commit) ? CommitOutcome.KeyTaken : CommitOutcome.VersionConflict;
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            try
            {
                _fences.Set(stream, commit.Version, (await table.Write(rows.Actions(fence.Tag)))[0]);
                return CommitOutcome.Committed;
            }
            catch (RequestFailedException e) when (Failures.OfContention(e))
            {
                failure = e;
            }
            catch (StoreUnavailableException e)
            {
                (failure, doubtful) = (e, true);
            }

            _fences.Forget(stream);
            if (doubtful && await IsIn(rows)) return CommitOutcome.Committed;
            fence = await Fence(stream, rows, CancellationToken.None);
            var refused = await KeyTaken(commit) ? CommitOutcome.KeyTaken : fence.Version != commit.ExpectedVersion ? CommitOutcome.VersionConflict : (CommitOutcome?)null;

            // What was sent may have arrived after the first look for it.
            if (refused is { } outcome) return doubtful && await IsIn(rows) ? CommitOutcome.Committed : outcome;
            if (attempt == Attempts)
                throw failure as StoreUnavailableException ?? throw new InvalidOperationException($"{stream} cannot be written after {commit.ExpectedVersion}: a row that is no part of it is in the way.", failure);
            await Task.Delay(_pause * attempt, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<(long Version, ETag? Tag)> Fence(StreamId stream, CommitRows rows, CancellationToken cancellationToken) =>
        await table.Get(rows.Partition, Keys.Summary(stream), [SummaryRow.Version], cancellationToken) is { } row ? (SummaryRow.VersionOf(row), row.ETag) : (0, null);

    private async Task<bool> IsIn(CommitRows rows) =>
        await table.Get(rows.Partition, rows.FactsKey, [CommitRow.Id], CancellationToken.None) is { } row && row.GetGuid(CommitRow.Id) == rows.Id;

    private async Task<bool> KeyTaken(Commit commit) => commit.Key is { } key && await reader.FindKey(commit.Stream, key.Key, CancellationToken.None) is not null;
}
