namespace Agency.EventSourcing;

/// <summary>What of a store tells whether its record is whole; it can be had beside the process that writes. Every implementation passes
/// FactReaderContract, on what its kind of store has written.</summary>
public interface IFactReader
{
    /// <inheritdoc cref="IEventStore.Read"/>
    /// <exception cref="InvalidDataException">What follows is no facts; those before it have been read.</exception>
    IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default);

    /// <summary>Every stream of which there is a fact or a summary, whatever its kind, in order of its name (ordinal). Each head is of one instant, not all
    /// of the same: a stream that begins meanwhile may be among them or not. What is no stream's is left out (<see cref="Strays"/>).</summary>
    IAsyncEnumerable<StreamHead> Heads(CancellationToken cancellationToken = default);

    /// <summary>The hash that is stored with a fact; null if there is no such fact.</summary>
    Task<ReadOnlyMemory<byte>?> FindHash(StreamId stream, long version, CancellationToken cancellationToken = default);

    /// <summary>A stream's summary row; null if there is none.</summary>
    Task<StoredSummary?> FindSummary(StreamId stream, CancellationToken cancellationToken = default);

    /// <summary>The markers of all streams, in no order.</summary>
    IAsyncEnumerable<Marker> Markers(CancellationToken cancellationToken = default);

    /// <summary>What is stored where no stream has anything, so that neither <see cref="Heads"/> nor <see cref="Read"/> tell it; of one instant.</summary>
    IAsyncEnumerable<Stray> Strays(CancellationToken cancellationToken = default);

    /// <summary>What the medium itself finds wrong with what it holds; null if nothing, and of a medium that cannot be asked.</summary>
    Task<string?> FindDamage(CancellationToken cancellationToken = default);
}

/// <summary>Where a stream stands, by its facts and by its summary: they agree unless one of them was lost or changed.</summary>
/// <param name="Version">The version of the last fact; 0 if there is only a summary.</param>
/// <param name="Hash">The hash stored with that fact; empty if there is none.</param>
/// <param name="Summary">The summary's version; null if there is none.</param>
public sealed record StreamHead(StreamId Stream, long Version, ReadOnlyMemory<byte> Hash, long? Summary);

/// <summary>Something that no commit has stored.</summary>
/// <param name="Name">The name that it lies under: a stream's, or anything else.</param>
/// <param name="Version">The version that it lies at; whatever number stands there.</param>
/// <param name="What">What is wrong, for the operator.</param>
public sealed record Stray(string Name, long Version, string What);
