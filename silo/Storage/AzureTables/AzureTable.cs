using System.Runtime.CompilerServices;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>One table. A read that fails is sent again; a write never, since what became of it is not known. Where the storage is away,
/// <see cref="EventSourcing.StoreUnavailableException"/> is thrown; a condition that does not hold comes as <see cref="RequestFailedException"/>.</summary>
internal sealed class AzureTable(AzureTableStoreOptions options, string name, AzureTableHealth health)
{
    private const int Repeats = 2;

    private readonly TableClient _reads = options.Client(AzureTableStoreOptions.Section, name, Repeats);
    private readonly TableClient _writes = options.Client(AzureTableStoreOptions.Section, name, repeats: 0);

    /// <summary>Makes the table if it is not there.</summary>
    public Task Make(CancellationToken cancellationToken) => Guarded(() => _reads.CreateIfNotExistsAsync(cancellationToken), cancellationToken);

    /// <summary>A row, or of it the properties <paramref name="select"/>; null if there is none.</summary>
    public async Task<TableEntity?> Get(string partition, string key, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableRules.Key(key);
        var found = await Guarded(() => _reads.GetEntityIfExistsAsync<TableEntity>(partition, key, select, cancellationToken), cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows of a partition with a key of at least <paramref name="from"/> and below <paramref name="to"/>, in order of key (ordinal).</summary>
    public IAsyncEnumerable<TableEntity> Range(string partition, string from, string to, IEnumerable<string>? select, CancellationToken cancellationToken, int? page = null) =>
        Query(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), select, page, cancellationToken);

    /// <summary>The rows that a filter lets through, in order of partition and key.</summary>
    public async IAsyncEnumerable<TableEntity> Query(string filter, IEnumerable<string>? select, int? page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var pages = _reads.QueryAsync<TableEntity>(filter, page, select, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (await Guarded(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            foreach (var row in pages.Current.Values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    /// <summary>Does all of it or nothing, in one request; the rows' new tags. Once sent it is not cancelled.</summary>
    /// <exception cref="ArgumentException">Azure would refuse it.</exception>
    /// <exception cref="RequestFailedException">A condition does not hold.</exception>
    public async Task<IReadOnlyList<ETag>> Write(IReadOnlyList<TableTransactionAction> actions)
    {
        TableRules.Check(actions);
        var answer = await Guarded(() => _writes.SubmitTransactionAsync(actions, CancellationToken.None), CancellationToken.None);
        health.Written();
        return [.. answer.Value.Select(a => a.Headers.ETag ?? default)];
    }

    /// <inheritdoc cref="Write(IReadOnlyList{TableTransactionAction})"/>
    public async Task<ETag> Write(TableTransactionAction action) => (await Write([action]))[0];

    /// <summary>Deletes a row; false if there is none.</summary>
    /// <exception cref="RequestFailedException">It has another tag.</exception>
    public async Task<bool> Delete(string partition, string key, ETag tag)
    {
        TableRules.Key(key);
        try
        {
            var answer = await Guarded(() => _writes.DeleteEntityAsync(partition, key, tag), CancellationToken.None);
            health.Written();
            return answer.Status != 404;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    private async Task<T> Guarded<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (Failures.OfTheMedium(e) && !cancellationToken.IsCancellationRequested)
        {
            throw health.Failed(e);
        }
    }
}
