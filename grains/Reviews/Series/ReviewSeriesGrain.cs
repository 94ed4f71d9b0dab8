using Agency.Calendar;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Ledgers;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews.Series;

[GrainType("agency.review-series")]
internal sealed partial class ReviewSeriesGrain(IEventStore store, TimeProvider clock, ICalendarSource calendars, CityData city, IRecurrence recurrence, ILogger<ReviewSeriesGrain> logger)
    : OutboxGrain<SeriesFact, ReviewSeries>(store, clock, logger), IReviewSeriesGrain
{
    protected override StreamId Stream => SeriesFact.StreamOf(Id);

    protected override StreamFold<SeriesFact, ReviewSeries> Fold => ReviewSeries.Fold;

    private string Id => this.GetPrimaryKeyString();

    public Task<Answer<SeriesView>> Make(SeriesPlan plan, Act act) =>
        Execute(act, (state, moment) => SeriesDecider.Make(Id, plan, state, Context(act, moment)), state => (View(state)!, state.ChangedAt));

    public Task<Answer<SeriesView>> Change(SeriesPatch patch, Act act) =>
        Execute(act, (state, moment) => SeriesDecider.Change(Id, patch, state, Context(act, moment)), state => (View(state)!, state.ChangedAt));

    public Task<SeriesView?> View() => Task.FromResult(View(State));

    protected override SeriesFact.TextRedacted Redaction(long sequence, string text) => new(sequence, text);

    protected override Refusal? Absent(ReviewSeries state) => state.Plan is null ? Refusal.Of("series-not-found", ("series", Id)) : null;

    protected override Task<bool> Sees(Actor actor) => Task.FromResult(State.Plan is not null && !actor.OwnOnly);

    protected override HistoryPage Page(long after, int limit) => HistoryPage.Of(State.Entries, Codec, after, limit, _ => false, e => BackFilled.Is(e, calendars.Current));

    protected override Entry<SeriesFact> Entry(SeriesFact fact, long version, Act act, Moment moment) => Context(act, moment).Entry(fact, version, withTexts: true);

    private SeriesView? View(ReviewSeries state) => state.Plan is not { } plan ? null : new(
        Id, state.ChangedAt, plan, state.Title, plan.AheadWorkingDays ?? city.Reviews.AheadWorkingDays, state.EndedOn,
        [.. SeriesSchedule.Next(state, Context(new(Actor.System, ""), Moment())).Select(d => new NextSession(d.Occurrence, d.At, d.Provisional))]);

    private SeriesContext Context(Act act, Moment moment) => new(act, moment, calendars.Current, city.Reviews, recurrence);
}
