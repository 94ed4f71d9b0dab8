using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>What is taken out of the table: texts, markers, expired keys. All of it may be done twice.</summary>
internal sealed class AzureTableErasing(AzureTable table, AzureTableReader reader)
{
    private const int Attempts = 5;

    /// <summary>Empties a text, and what idempotency records may tell of it; false if there is no such text.</summary>
    /// <remarks>One transaction, or, where more records are to be emptied than it can hold, several, of which that with the text is the last: what
    /// breaks in between is done by the repeat. Each attempt begins by reading what is still to be done.</remarks>
    public async Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken)
    {
        var partition = Keys.Partition(stream, reader.Shards);
        for (var attempt = 1; ; attempt++)
        {
            var row = version < 1 ? null : await reader.CommitOf(stream, version, cancellationToken);
            var facts = row is null ? [] : CommitRow.Facts(row).ToArray();
            var at = Array.FindIndex(facts, f => f.Version == version);
            var found = at >= 0 ? facts[at].Texts.FirstOrDefault(t => t.Name == text) : null;
            if (found is null) return false;

            var changes = await Emptied(stream, traces, cancellationToken);
            if (found.Salt is not null || found.Value is not null)
            {
                facts[at] = facts[at] with { Texts = [.. facts[at].Texts.Select(t => t.Name == text ? new(text, null, null) : t)] };
                CommitRow.PutTexts(row!, facts);
                changes.Add(new(TableTransactionActionType.UpdateReplace, row!, row!.ETag));
            }

            try
            {
                foreach (var some in changes.Chunk(TableRules.Operations)) await table.Write(some);
                return true;
            }
            catch (RequestFailedException e) when (Failures.OfContention(e) && attempt < Attempts)
            {
                // A record has expired meanwhile, or somebody redacts another text of the commit.
            }
            catch (StoreUnavailableException) when (attempt < Attempts)
            {
                // Whether it was done is read first.
            }
        }

        async Task<List<TableTransactionAction>> Emptied(StreamId of, TextTraces told, CancellationToken cancel)
        {
            var emptied = new List<TableTransactionAction>();
            foreach (var key in told.Since.Prepend(told.Brought).Distinct(StringComparer.Ordinal))
            {
                if (await table.Get(partition, Keys.Record(key), null, cancel) is not { } row) continue;
                var record = KeyRow.Read(row);
                var left = record with { Answer = default, BodyHash = key == told.Brought ? default : record.BodyHash };
                if (left.Answer.Length == record.Answer.Length && left.BodyHash.Length == record.BodyHash.Length) continue;
                emptied.Add(new(TableTransactionActionType.UpdateReplace, KeyRow.Of(left, partition), row.ETag));
            }

            return emptied;
        }
    }

    public async Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken)
    {
        foreach (var partition in markers.Distinct().GroupBy(m => Keys.Partition(m.Stream, reader.Shards)))
            await Delete(partition.Key, [.. partition.Select(m => Keys.Marker(m.Stream, m.Version))], cancellationToken);
    }

    /// <summary>Deletes the keys that have expired before an instant, partition by partition, for a look through the whole table would cost more.</summary>
    public async Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var partition in reader.Partitions(cancellationToken))
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.Records} and RowKey lt {Keys.End(Keys.Records)} and Expires lt {instant.ToUniversalTime()}");
            var expired = await table.Query(filter, [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], null, cancellationToken).Select(r => r.RowKey).ToListAsync(cancellationToken);
            deleted += await Delete(partition, expired, cancellationToken);
        }

        return deleted;
    }

    // A transaction fails as a whole when one of its rows is gone already: then each is deleted alone.
    private async Task<int> Delete(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var some in keys.Chunk(TableRules.Operations))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await table.Write([.. some.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All))]);
                deleted += some.Length;
            }
            catch (RequestFailedException e) when (Failures.OfContention(e))
            {
                foreach (var key in some)
                    if (await table.Delete(partition, key, ETag.All)) deleted++;
            }
        }

        return deleted;
    }
}
