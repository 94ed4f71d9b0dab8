using System.Collections.Frozen;
using Agency.Agents;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Verification;

/// <summary>Holds what summaries say against the facts, by the very functions by which the grains write them.</summary>
/// <param name="store">The store.</param>
/// <param name="city">The data that the service counts by.</param>
public sealed class SummaryCheck(IFactReader store, CityData city)
{
    private static readonly FrozenDictionary<string, IStreamFold> _folds =
        ((IStreamFold[])[AgentState.Fold, CalendarState.Fold, DepartmentNames.Fold, FlowVersions.Fold, MinutesFact.Fold, Review.Fold, ReviewSeries.Fold])
        .ToFrozenDictionary(f => f.Kind, StringComparer.Ordinal);

    private readonly ProjectSummaries _projects = new(store, city);

    /// <summary>What a stream's summary says that does not follow from its facts; null: nothing. No fault is what the running service does not go by.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="facts">The stream's facts, whole, at least those that it sums up.</param>
    public async Task<RecordFinding?> Check(StoredSummary summary, IReadOnlyList<StoredFact> facts, CancellationToken cancellationToken = default)
    {
        StoredFact[] summed = [.. facts.Where(f => f.Version <= summary.Version)];
        try
        {
            if (summary.Stream.Kind == Sharding.SpreadKind) return await _projects.Check(summary, summed, cancellationToken);
            if (!_folds.TryGetValue(summary.Stream.Kind, out var fold)) return new(summary.Stream, summary.Version, "no stream of this kind is known, so that nothing is known of its summary");
            return fold.Summary(summed).Span.SequenceEqual(summary.Bytes.Span) ? null : Differing(summary);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException or OutOfMemoryException))
        {
            // Facts that are as they were recorded, and that this program cannot have recorded.
            return new(summary.Stream, summary.Version, $"the facts up to here come to nothing that could be summed up: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    internal static RecordFinding Differing(StoredSummary summary) => new(summary.Stream, summary.Version, "the stream's summary says something else than its facts");
}
