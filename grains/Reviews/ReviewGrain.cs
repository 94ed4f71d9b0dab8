using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Feeds;
using Agency.Ledgers;
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
    ICalendarWriter writer,
    ILogger<ReviewGrain> logger)
    : OutboxGrain<ReviewFact, Review>(store, clock, logger), IReviewGrain
{
    protected override StreamId Stream => ReviewFact.StreamOf(Id);

    protected override StreamFold<ReviewFact, Review> Fold => Review.Fold;

    private string Id => this.GetPrimaryKeyString();

    public async Task<Answer<ReviewView>> Take(SessionFact command, Act act)
    {
        if (command is Issued issued) command = await Numbered(issued, act);
        return await Command(act, _ => (command, act), Unasked, review => (View(review, act.Actor)!, review.Version));
    }

    public Task<Answer<ReviewView>> Change(ReviewPatch patch, Act act) =>
        Command(act, review => (patch.On(review.Plan), patch.With(act)), Unasked, review => (View(review, act.Actor)!, review.Version));

    public Task<Answer<AttendanceView>> Attend(AttendanceGiven command, Act act) => Command(act, _ => (command, act), Unasked, review =>
    {
        var view = AttendanceView.Of(command.Department, review);
        return (view, view.Version);
    });

    public Task<ReviewView?> View(Actor actor, CancellationToken cancellationToken) => Task.FromResult(View(State, actor));

    protected override ReviewTextRedacted Redaction(long sequence, string text) => new(sequence, text);

    protected override Refusal? Absent(Review state) => state.Draft is null ? ReviewDecider.NotFound(Id) : null;

    // The record has it all: what every department says and is given. So it is there to those alone who see the whole session.
    protected override Task<bool> Sees(Actor actor) => Task.FromResult(State.Draft is not null && !actor.OwnOnly);

    protected override HistoryPage Page(long after, int limit) => HistoryPage.Of(State.Entries, Codec, after, limit, _ => false, e => BackFilled.Is(e, calendars.Current));

    protected override Entry<ReviewFact> Entry(ReviewFact fact, long version, Act act, Moment moment) => Context(act, moment).Entry(fact, version);

    // What is not the actor's looks as if it did not exist, and a repeat of what was once its own, too.
    private async Task<Answer<TView>> Command<TView>(Act act, Func<Review, (ReviewFact Command, Act Act)> command, Func<ReviewContext, ReviewContext> known, Func<Review, (TView View, long Version)> view)
        where TView : class
    {
        if (ReviewDecider.CheckSight(Id, command(State).Command, State, act.Actor) is { } unseen) return new(unseen, 0, null);
        return await Execute(
            act,
            (review, moment) => command(review) is var (fact, said) ? ReviewDecider.Decide(Id, fact, review, known(Context(said, moment))) : default,
            view);
    }

    // A number is taken for minutes that will be issued, and for good: the year's stream gives a session the same one again.
    private async Task<Issued> Numbered(Issued command, Act act)
    {
        var context = Context(act, Moment());
        if (ReviewDecider.Decide(Id, command, State, context).Refusal is not null) return command;
        var year = context.Day.Year;
        return new(year, await GrainFactory.GetGrain<IMinutesGrain>(year).Number(Id, act));
    }

    private static ReviewContext Unasked(ReviewContext context) => context;

    private ReviewView? View(Review review, Actor actor) => ReviewView.Of(Id, review, actor, Moment(), city, calendars.Current, departments);

    private ReviewContext Context(Act act, Moment moment) => new(act, moment, calendars.Current, city, departments);
}
