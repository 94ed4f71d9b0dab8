using System.Collections.Immutable;
using Agency.Feeds;
using Agency.People;

namespace Agency.Reviews;

/// <summary>All sessions in a calendar.</summary>
internal sealed partial class ReviewsGrain
{
    public async Task<ImmutableArray<CalendarEvent>> InCalendar(DateOnly from, string language, Actor actor, CancellationToken cancellationToken)
    {
        var shown = (await Summaries(cancellationToken)).Where(s => s.Summary.HeldOn >= from && s.Summary.IsSeenBy(actor)).Select(s => s.Id).Order(StringComparer.Ordinal);
        var events = await Task.WhenAll(shown.Select(id => GrainFactory.GetGrain<IReviewGrain>(id).InCalendar(language, actor, cancellationToken)));
        return [.. events.OfType<CalendarEvent>()];
    }
}
