using System.Diagnostics.CodeAnalysis;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>About when something was recorded last, in one row: a table cannot be asked for its newest fact. Whoever commits sees to it before the facts go in that
/// the row is no more than <see cref="Behind"/> behind them, so that it is read, and perhaps written, once a minute by each silo.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that must be given back.")]
internal sealed class RecordedRow(AzureTable table)
{
    /// <summary>The most by which the row may be behind what was recorded last; a minute of the five that the clock may be behind the record.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    private const string Key = "recorded", At = "At";

    private readonly SemaphoreSlim _noting = new(1, 1);
    private long _known;

    /// <summary>What the row says; null: nothing was recorded yet.</summary>
    public async Task<DateTimeOffset?> Find(CancellationToken cancellationToken) => AtOf(await table.Get(Keys.Store, Key, null, cancellationToken));

    /// <summary>Something is about to be recorded at this instant.</summary>
    public async Task Note(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (IsKnown(at)) return;
        await _noting.WaitAsync(cancellationToken);
        try
        {
            while (!IsKnown(at)) Interlocked.Exchange(ref _known, (await Written(at, cancellationToken)).UtcTicks);
        }
        finally
        {
            _noting.Release();
        }
    }

    private bool IsKnown(DateTimeOffset at) => at.UtcTicks - Interlocked.Read(ref _known) <= Behind.Ticks;

    // What the row says then; it never goes back.
    private async Task<DateTimeOffset> Written(DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (true)
        {
            var there = await table.Get(Keys.Store, Key, null, cancellationToken);
            if (AtOf(there) is { } known && at - known <= Behind) return known;
            var row = new TableEntity(Keys.Store, Key) { [At] = at.ToUniversalTime() };
            try
            {
                await table.Write(there is null ? new(TableTransactionActionType.Add, row) : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, there.ETag));
                return at;
            }
            catch (RequestFailedException e) when (Failures.OfContention(e))
            {
                // Another silo was first: what it wrote may do.
            }
        }
    }

    private static DateTimeOffset? AtOf(TableEntity? row) => row?.GetDateTimeOffset(At);
}
