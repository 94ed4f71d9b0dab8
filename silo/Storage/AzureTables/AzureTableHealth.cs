using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Whether the tables can be reached: false from a failed request until a write succeeds, for a service that only reads takes no commit.</summary>
internal sealed partial class AzureTableHealth(ILogger logger) : IStoreHealth
{
    private volatile string? _reason;

    public bool Healthy => _reason is null;

    public string? Reason => _reason;

    /// <summary>Takes note of a failure, and gives what the caller is to throw.</summary>
    public StoreUnavailableException Failed(Exception cause)
    {
        if (Healthy) LogFailed(cause);
        var reason = $"The table storage cannot be used: {Failures.Sentence(cause)}";
        _reason = reason;
        return new(reason, cause);
    }

    /// <summary>A write has succeeded.</summary>
    public void Written()
    {
        if (Healthy) return;
        _reason = null;
        LogRecovered();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The table storage cannot be used; nothing is accepted until it can.")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "The table storage can be used again.")]
    private partial void LogRecovered();
}
