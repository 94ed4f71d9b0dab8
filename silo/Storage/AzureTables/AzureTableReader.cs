using System.Runtime.CompilerServices;
using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Reads the streams in the tables, also beside those that write.</summary>
internal sealed class AzureTableReader(AzureTable table, int shards) : IFactReader
{
    private static readonly string[] _keys = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)];

    /// <inheritdoc cref="IEventStore.Shards"/>
    public int Shards => shards;

    /// <summary>Opens a store that is there, whatever settings it was made with.</summary>
    /// <exception cref="StartupException">There is none, or it is another version's; why, in one sentence.</exception>
    public static async Task<AzureTableReader> Open(AzureTableStoreOptions options, CancellationToken cancellationToken = default)
    {
        var table = new AzureTable(options, options.StreamsTable, new(NullLogger.Instance));
        var made = await table.Get(Keys.Store, MadeRow.Key, null, cancellationToken) ?? throw new StartupException($"There is no store of this service in the table {options.StreamsTable}: look whether the account and {AzureTableStoreOptions.Section} are the service's.");
        return new(table, MadeRow.Recognize(made, options.StreamsTable));
    }

    public async IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in CommitsAfter(stream, after, null, cancellationToken))
        {
            foreach (var fact in CommitRow.Facts(row).Where(f => f.Version > after))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return fact;
            }
        }
    }

    /// <inheritdoc cref="IEventStore.Summaries"/>
    public async IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in All(Keys.Partition(kind, shard), Keys.Summaries, null, cancellationToken))
            if (StreamId.Parse(row.RowKey[Keys.Summaries.Length..]) is { } stream) yield return new(stream, SummaryRow.VersionOf(row), Chunks.Get(row, SummaryRow.Bytes));
    }

    public async Task<StoredSummary?> FindSummary(StreamId stream, CancellationToken cancellationToken = default)
    {
        if (await table.Get(Keys.Partition(stream, shards), Keys.Summary(stream), null, cancellationToken) is not { } row || SummaryRow.FindVersion(row) is not { } version) return null;

        // Other than bytes is not none: it says something that no stream comes to.
        return new(stream, version, Chunks.Find(row, SummaryRow.Bytes) ?? new byte[1]);
    }

    public async IAsyncEnumerable<Marker> Markers([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var partition in Partitions(cancellationToken))
        {
            await foreach (var marker in MarkersOf(partition, cancellationToken)) yield return marker;
        }
    }

    /// <inheritdoc cref="IEventStore.Markers"/>
    public async IAsyncEnumerable<Marker> Markers(string kind, int shard, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A name that goes on with a space after another one lies before it in the table.
        var markers = await MarkersOf(Keys.Partition(kind, shard), cancellationToken).ToListAsync(cancellationToken);
        foreach (var marker in markers.OrderBy(m => m.Stream.Id, StringComparer.Ordinal).ThenBy(m => m.Version)) yield return marker;
    }

    /// <inheritdoc cref="IEventStore.FindKey"/>
    public async Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) =>
        await table.Get(Keys.Partition(stream, shards), Keys.Record(key), null, cancellationToken) is { } row ? KeyRow.Read(row) : null;

    public async Task<ReadOnlyMemory<byte>?> FindHash(StreamId stream, long version, CancellationToken cancellationToken = default)
    {
        if (version < 1 || await CommitOf(stream, version, cancellationToken) is not { } row) return null;
        return CommitRow.Facts(row).FirstOrDefault(f => f.Version == version)?.Hash;
    }

    /// <summary>The row of the commit that a version belongs to; null if there is none.</summary>
    public ValueTask<TableEntity?> CommitOf(StreamId stream, long version, CancellationToken cancellationToken) =>
        CommitsAfter(stream, version - 1, null, cancellationToken, page: 1).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Holds the heads of one kind at a time in memory, to put them in order.</summary>
    public async IAsyncEnumerable<StreamHead> Heads([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (kind, heads) = (default(string), new Dictionary<StreamId, StreamHead>());
        await foreach (var partition in Partitions(cancellationToken))
        {
            if (Keys.KindOf(partition) is var next && next != kind)
            {
                foreach (var head in InOrder(heads)) yield return head;
                (kind, heads) = (next, []);
            }

            await AddHeads(partition, heads, cancellationToken);
        }

        foreach (var head in InOrder(heads)) yield return head;

        static IEnumerable<StreamHead> InOrder(Dictionary<StreamId, StreamHead> heads) => heads.Values.OrderBy(h => h.Stream.Id, StringComparer.Ordinal);
    }

    public async IAsyncEnumerable<Stray> Strays([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var strays = new List<Stray>();
        await foreach (var partition in Partitions(cancellationToken))
        {
            await foreach (var row in table.Query(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), _keys, null, cancellationToken))
                if (StrayOf(row) is { } stray) strays.Add(stray);
        }

        foreach (var stray in strays.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Version)) yield return stray;
    }

    // The service keeps copies with checksums, mends them by itself and answers no question about them; rows that are none of the layout are strays.
    public Task<string?> FindDamage(CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

    /// <summary>The partitions of streams, in order of name (ordinal): one request each, whatever they hold.</summary>
    public async IAsyncEnumerable<string> Partitions([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; ;)
        {
            var next = await table.Query(TableClient.CreateQueryFilter($"PartitionKey gt {last}"), _keys, 1, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (next is null) yield break;
            last = next.PartitionKey;
            if (last != Keys.Store) yield return last;
        }
    }

    private async IAsyncEnumerable<Marker> MarkersOf(string partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in All(partition, Keys.Markers, _keys, cancellationToken))
            if (Keys.Split(row.RowKey) is var (name, version) && StreamId.Parse(name) is { } stream) yield return new(stream, version);
    }

    private IAsyncEnumerable<TableEntity> CommitsAfter(StreamId stream, long version, IEnumerable<string>? select, CancellationToken cancellationToken, int? page = null)
    {
        var (from, to) = Keys.CommitsAfter(stream, Math.Max(version, 0));
        return table.Range(Keys.Partition(stream, shards), from, to, select, cancellationToken, page);
    }

    private IAsyncEnumerable<TableEntity> All(string partition, string prefix, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        table.Range(partition, prefix, Keys.End(prefix), select, cancellationToken);

    private async Task AddHeads(string partition, Dictionary<StreamId, StreamHead> heads, CancellationToken cancellationToken)
    {
        var here = new HashSet<StreamId>();
        await foreach (var row in All(partition, Keys.Commits, [.. _keys, CommitRow.Hashes], cancellationToken))
        {
            if (Keys.Split(row.RowKey) is not (var name, >= 1 and var version) || Own(name, partition) is not { } stream) continue;
            heads[stream] = new(stream, version, CommitRow.LastHash(row), null);
            here.Add(stream);
        }

        await foreach (var row in All(partition, Keys.Summaries, [.. _keys, SummaryRow.Version], cancellationToken))
        {
            if (Own(row.RowKey[Keys.Summaries.Length..], partition) is not { } stream) continue;
            heads[stream] = heads.GetValueOrDefault(stream, new(stream, 0, default, null)) with { Summary = SummaryRow.FindVersion(row) };
            here.Add(stream);
        }

        // What was committed between the one look and the other is no fault.
        foreach (var stream in here.Where(s => heads[s].Version != heads[s].Summary).ToArray()) heads[stream] = await OfOneInstant(heads[stream], cancellationToken);
    }

    private async Task<StreamHead> OfOneInstant(StreamHead head, CancellationToken cancellationToken)
    {
        for (var before = await Fence(); ;)
        {
            await foreach (var row in CommitsAfter(head.Stream, head.Version, [.. _keys, CommitRow.Hashes], cancellationToken))
                head = head with { Version = Keys.Split(row.RowKey).Version, Hash = CommitRow.LastHash(row) };
            var after = await Fence();
            if (after?.ETag == before?.ETag) return head with { Summary = after is null ? null : SummaryRow.FindVersion(after) };
            before = after;
        }

        Task<TableEntity?> Fence() => table.Get(Keys.Partition(head.Stream, shards), Keys.Summary(head.Stream), [SummaryRow.Version], cancellationToken);
    }

    private StreamId? Own(string name, string partition) => StreamId.Parse(name) is { } stream && Keys.Partition(stream, shards) == partition ? stream : null;

    private Stray? StrayOf(TableEntity row)
    {
        var (key, partition) = (row.RowKey, row.PartitionKey);
        var (name, version) = Keys.Split(key.Length < Keys.Commits.Length ? Keys.Commits + key : key);
        return key switch
        {
            _ when key.StartsWith(Keys.Records, StringComparison.Ordinal) || key.StartsWith(Keys.Markers, StringComparison.Ordinal) => null,
            _ when key.StartsWith(Keys.Commits, StringComparison.Ordinal) =>
                StreamId.Parse(name) is null ? new(name, version, "a fact lies under this name, which is no stream's")
                : version < 1 ? new(name, version, "a fact lies at this version, at which no stream has one")
                : Own(name, partition) is null ? new(name, version, "a fact of the stream lies in a partition that is not its own")
                : null,
            _ when key.StartsWith(Keys.Summaries, StringComparison.Ordinal) =>
                StreamId.Parse(name) is null ? new(name, 0, "a summary lies under this name, which is no stream's")
                : Own(name, partition) is null ? new(name, 0, "a summary of the stream lies in a partition that is not its own")
                : null,
            _ => new(key, 0, "a row lies under this name, which is no stream's"),
        };
    }
}
