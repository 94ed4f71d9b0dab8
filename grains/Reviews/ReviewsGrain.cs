using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Agency.Reviews;

// Sessions are some hundreds: their summaries are read from the store each time, and what a page shows is asked of their grains.
[GrainType("agency.reviews"), StatelessWorker]
internal sealed partial class ReviewsGrain(
    IEventStore store, ICalendarSource calendars, CityData city, DepartmentCodes departments, TimeProvider clock, ILogger<ReviewsGrain> logger) : Grain, IReviewsGrain
{
    public async Task<ReviewPage> Find(ReviewQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var fitting = (await Summaries(cancellationToken)).Where(s => Fits(s.Summary, query) && s.Summary.IsSeenBy(actor))
            .Select(s => new ReviewPlace(s.Summary.HeldOn, s.Id)).Order(Comparer<ReviewPlace>.Create(Compare)).ToArray();
        var behind = query.After is { } last ? fitting.SkipWhile(p => Compare(p, last) <= 0).ToArray() : fitting;
        var page = behind.Take(query.Limit).ToArray();
        var views = await Task.WhenAll(page.Select(p => GrainFactory.GetGrain<IReviewGrain>(p.Id).View(actor, cancellationToken)));

        // A department may have ceased to be concerned since the summaries were read.
        return new([.. views.OfType<ReviewView>().Select(ReviewListing.Of)], behind.Length > page.Length, fitting.Length, page.LastOrDefault());
    }

    public async Task<string?> Last(string review, CancellationToken cancellationToken)
    {
        var sessions = await Summaries(cancellationToken);
        return sessions.FirstOrDefault(s => s.Id == review).Summary is { } own ? LastSession.Of(review, own.Kind, own.HeldOn, sessions)?.Id : null;
    }

    private async Task<IReadOnlyList<(string Id, ReviewSummary Summary)>> Summaries(CancellationToken cancellationToken) => [.. (await Stored(cancellationToken)).Select(s => (s.Id, s.Summary))];

    private async Task<IReadOnlyList<(string Id, long Version, ReviewSummary Summary)>> Stored(CancellationToken cancellationToken)
    {
        var all = new List<(string, long, ReviewSummary)>();
        await foreach (var (stream, version, bytes) in store.Summaries(ReviewFact.StreamKind, 0, cancellationToken)) all.Add((stream.Id, version, ReviewSummary.Read(bytes)));
        return all;
    }

    private static bool Fits(ReviewSummary review, ReviewQuery query) =>
        (query.State ?? review.Status) == review.Status
        && (query.Kind ?? review.Kind) == review.Kind
        && (query.Series ?? review.Series) == review.Series
        && !(query.From is { } from && !(review.HeldOn >= from))
        && !(query.To is { } to && !(review.HeldOn <= to));

    // The latest first.
    private static int Compare(ReviewPlace a, ReviewPlace b) =>
        Nullable.Compare(b.HeldOn, a.HeldOn) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id);
}
