using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews;

[GrainType("agency.review")]
internal sealed partial class ReviewGrain(
    IEventStore store,
    TimeProvider clock,
    ICalendarSource calendars,
    CityData city,
    DepartmentCodes departments,
    ILogger<ReviewGrain> logger)
    : StreamGrain<ReviewFact, Review>(store, clock, ReviewFact.Codec, logger), IReviewGrain
{
    protected override StreamId Stream => ReviewFact.StreamOf(Id);

    protected override bool Marks => true;

    protected override Review Initial => Review.None;

    private string Id => this.GetPrimaryKeyString();

    public Task<Answer<ReviewView>> Take(ReviewFact command, Act act) =>
        Execute(act, (review, moment) => ReviewDecider.Decide(Id, command, review, Context(act, moment)), review => (View(review, act.Actor)!, review.Version));

    public Task<ReviewView?> View(Actor actor, CancellationToken cancellationToken) => Task.FromResult(View(State, actor));

    protected override Review Evolve(Review state, IReadOnlyList<Entry<ReviewFact>> entries) => entries.Aggregate(state, (s, e) => s.With(e));

    protected override ReadOnlyMemory<byte> Summarise(Review state) => ReviewSummary.Of(state)!.Write();

    private ReviewView? View(Review review, Actor actor) => ReviewView.Of(Id, review, actor, Moment(), city.Reviews, calendars.Current);

    private ReviewContext Context(Act act, Moment moment) => new(act, moment, calendars.Current, city, departments);
}
