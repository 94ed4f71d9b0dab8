using Agency.EventSourcing;

namespace Agency.Silo.Storage;

/// <summary>A store as the service takes it: with its rows, whether it works, and what a clock is held against.</summary>
internal interface IServiceStore : IEventStore
{
    IRowStore Rows { get; }

    IStoreHealth Health { get; }

    /// <summary>About when something was recorded last: at most a minute before that, and after it only where a commit did not go in; null: nothing was. Cheap, however
    /// much is stored.</summary>
    Task<DateTimeOffset?> LastRecorded(CancellationToken cancellationToken = default);
}
