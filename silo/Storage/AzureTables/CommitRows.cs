using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>The rows of one commit, at most four, all in one partition.</summary>
internal sealed class CommitRows
{
    private readonly TableEntity _facts;
    private readonly TableEntity _summary;
    private readonly List<TableTransactionAction> _added = [];

    public CommitRows(Commit commit, int shards)
    {
        Partition = Keys.Partition(commit.Stream, shards);
        _facts = CommitRow.Of(commit, Partition, Id);
        _summary = new(Partition, Keys.Summary(commit.Stream)) { [SummaryRow.Version] = commit.Version };
        Chunks.Put(_summary, SummaryRow.Bytes, commit.Summary.Span);
        _added.Add(new(TableTransactionActionType.Add, _facts));
        if (commit.Key is { } key) _added.Add(new(TableTransactionActionType.Add, KeyRow.Of(key, Partition)));
        if (commit.Marked) _added.Add(new(TableTransactionActionType.Add, new TableEntity(Partition, Keys.Marker(commit.Stream, commit.Version))));
        TableRules.Check(Actions(null));
    }

    public string Partition { get; }

    /// <summary>The key of the row of the facts.</summary>
    public string FactsKey => _facts.RowKey;

    /// <summary>By which the commit's own rows are known from those of another one.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>What is to be done; the summary, under the tag that it must have, comes first.</summary>
    /// <param name="tag">Null: there must be none yet.</param>
    public IReadOnlyList<TableTransactionAction> Actions(ETag? tag) =>
        [tag is { } at ? new(TableTransactionActionType.UpdateReplace, _summary, at) : new(TableTransactionActionType.Add, _summary), .. _added];
}

/// <summary>The properties of a stream's summary.</summary>
internal static class SummaryRow
{
    public const string Version = "Version";
    public const string Bytes = "Bytes";

    /// <summary>The version; null where there is none to be read.</summary>
    public static long? FindVersion(TableEntity row) => row.TryGetValue(Version, out var version) ? version as long? : null;

    public static long VersionOf(TableEntity row) => FindVersion(row) ?? throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} has no version.");
}

/// <summary>An idempotency record as a row.</summary>
internal static class KeyRow
{
    public const string Expires = "Expires";

    private const string BodyHash = "BodyHash";
    private const string Answer = "Answer";

    public static TableEntity Of(IdempotencyRecord record, string partition)
    {
        var row = new TableEntity(partition, Keys.Record(record.Key)) { [Expires] = record.Expires.ToUniversalTime() };
        Chunks.Put(row, BodyHash, record.BodyHash.Span);
        Chunks.Put(row, Answer, record.Answer.Span);
        return row;
    }

    public static IdempotencyRecord Read(TableEntity row) => new(
        row.RowKey[Keys.Records.Length..],
        Chunks.Get(row, BodyHash),
        Chunks.Get(row, Answer),
        row.GetDateTimeOffset(Expires) ?? throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} does not expire."));
}
