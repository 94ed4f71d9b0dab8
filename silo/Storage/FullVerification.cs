using System.Runtime.CompilerServices;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;
using Agency.Verification;

namespace Agency.Silo.Storage;

/// <summary>Looks once through a whole store as <see cref="StoreVerification"/> does, and holds also against the facts what is made of them and what was said of
/// them: summaries, the markers of a running service, acknowledged commands. It reads the store alone; the counts are of what has been looked at so far.</summary>
public sealed class FullVerification : IStreamLook
{
    /// <summary>How long a running service may take for what follows from a commit.</summary>
    public static readonly TimeSpan MarkerAge = TimeSpan.FromMinutes(1);

    private readonly IFactReader _store;
    private readonly SummaryCheck _summaries;
    private readonly TimeProvider? _running;
    private readonly AcknowledgedCommands _acknowledged;

    /// <param name="store">The store.</param>
    /// <param name="anchors">Its anchors; null: it has none.</param>
    /// <param name="city">The data that the service counts by.</param>
    /// <param name="running">The clock by which markers are told to be old; null: no service runs, and they may stand.</param>
    /// <param name="acknowledged">Null: none are known.</param>
    public FullVerification(IFactReader store, AnchorDirectory? anchors, CityData city, TimeProvider? running = null, AcknowledgedCommands? acknowledged = null)
    {
        (_store, _running, _acknowledged) = (store, running, acknowledged ?? new([]));
        (_summaries, Record) = (new(store, city), new(store, anchors, this));
    }

    /// <summary>What was found of the record itself.</summary>
    public StoreVerification Record { get; }

    public long Streams => Record.Streams;

    /// <summary>How many acknowledged commands are in no commit.</summary>
    public long Lost => _acknowledged.Lost;

    /// <summary>How many of them are in more than one.</summary>
    public long Doubled => _acknowledged.Doubled;

    /// <summary>How many summaries say something else than the facts.</summary>
    public long DifferingSummaries { get; private set; }

    /// <summary>How many markers stand for too long, or for nothing.</summary>
    public long OldMarkers { get; private set; }

    /// <summary>Whether no fault was found.</summary>
    public bool Whole => Record.Whole && Lost + Doubled + DifferingSummaries + OldMarkers == 0;

    /// <inheritdoc cref="StoreVerification.Findings"/>
    public async IAsyncEnumerable<Finding> Findings(string? kept = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var finding in Record.Findings(kept, cancellationToken)) yield return finding;
        foreach (var lost in _acknowledged.Left()) yield return new($"{lost}");
        if (_running is null) yield break;
        await foreach (var finding in Markers(_running.GetUtcNow(), cancellationToken)) yield return finding;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordFinding> Look(StreamId stream, StoredSummary? summary, IReadOnlyList<StoredFact> facts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (summary is not null && await _summaries.Check(summary, facts, cancellationToken) is { } finding)
        {
            if (finding.Fault) DifferingSummaries++;
            yield return finding;
        }

        foreach (var command in _acknowledged.Seek(stream, facts)) yield return command;
    }

    private async IAsyncEnumerable<Finding> Markers(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (stream, version) in _store.Markers(cancellationToken))
        {
            if (await Fault(stream, version) is not { } fault) continue;
            OldMarkers++;
            yield return new($"{new RecordFinding($"{stream}", version, fault)}");
        }

        async Task<string?> Fault(StreamId stream, long version)
        {
            try
            {
                var fact = await _store.Read(stream, version - 1, cancellationToken).FirstOrDefaultAsync(cancellationToken);
                return fact?.Version != version || FactJson.RecordedAt(fact.Bytes) is not { } at ? "a marker stands here, and no fact"
                    : (now - at).Duration() > MarkerAge ? $"what follows from the fact is not known to be done; it was recorded at {at:O}"
                    : null;
            }
            catch (InvalidDataException)
            {
                return "a marker stands here, and no fact";
            }
        }
    }
}
