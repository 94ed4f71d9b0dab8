using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>About when something was recorded last, in one row: a table cannot be asked for its newest fact. Whoever commits sees to it before the facts go in that
/// the row is no more than <see cref="Behind"/> behind them, so that it is read, and perhaps written, once a minute by each silo.</summary>
internal sealed class RecordedRow(AzureTable table)
{
    /// <summary>The most by which the row may be behind what was recorded last; a minute of the five that the clock may be behind the record.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMinutes(1);

    private const string Key = "recorded", At = "At";

    private readonly Lock _lock = new();
    private Task _noting = Task.CompletedTask;
    private long _known;

    /// <summary>What the row says; null: nothing was recorded yet.</summary>
    public async Task<DateTimeOffset?> Find(CancellationToken cancellationToken) => AtOf(await table.Get(Keys.Store, Key, null, cancellationToken));

    /// <summary>Something is about to be recorded at this instant. All who wait for the row wait for one attempt, and fail with it: one after the other they would
    /// go in long after they were answered that they could not.</summary>
    public async Task Note(DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (!IsKnown(at))
        {
            Task noting;
            lock (_lock) noting = _noting = _noting.IsCompleted ? Write(at) : _noting;
            await noting.WaitAsync(cancellationToken);
        }
    }

    private async Task Write(DateTimeOffset at) => Interlocked.Exchange(ref _known, (await Written(at)).UtcTicks);

    private bool IsKnown(DateTimeOffset at) => at.UtcTicks - Interlocked.Read(ref _known) <= Behind.Ticks;

    // What the row says then; it never goes back.
    private async Task<DateTimeOffset> Written(DateTimeOffset at)
    {
        while (true)
        {
            var there = await table.Get(Keys.Store, Key, null, CancellationToken.None);
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
