using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>The sessions of a series.</summary>
internal sealed partial class ReviewSeriesGrain
{
    public Task<Answer<SeriesSessions>> End(Act act) => Settle(act, (state, context) => SeriesDecider.End(Id, state, context));

    public Task<Answer<SeriesSessions>> Materialise(Act act) => Settle(act, (state, context) => SeriesDecider.PlanSessions(Id, state, context));

    // What the series says is recorded first, then done, then recorded as done: wherever this breaks off, a repeat goes on. The key goes with the end, for the
    // first answer tells what was done.
    private async Task<Answer<SeriesSessions>> Settle(Act act, Func<ReviewSeries, SeriesContext, Decision<SeriesFact>> begin)
    {
        var first = await Execute(act, (_, _) => ImmutableArray<Entry<SeriesFact>>.Empty, state => (Told(state, [], Context(act, Moment())), state.ChangedAt));
        if (first.Replayed || first.Refusal is not null) return first;

        // Begun already, the series is no longer at the version that it was to be begun at.
        var expected = State.Entries.Any(e => e.CommandId == act.CommandId) ? null : act.IfVersion;
        var begun = await Execute(act with { Key = null, Texts = null, IfVersion = expected }, (state, moment) => begin(state, Context(act, moment)), state => (Told(state, [], Context(act, Moment())), state.ChangedAt));
        if (begun.Refusal is not null || State is { EndedOn: null, Plan.Active: false }) return begun;

        var context = Context(act, Moment());
        var due = SeriesSchedule.Of(State, context).ToDictionary(d => d.Occurrence);
        var (done, placed, dropped) = (new List<SeriesSession>(), new List<PlannedSession>(), new List<DateOnly>());
        foreach (var planned in State.Sessions.Values.Where(p => p.At.IsAhead(context.Moment) || due.ContainsKey(p.Occurrence)))
        {
            var wanted = due.GetValueOrDefault(planned.Occurrence) is { Merged: null } one ? one : null;
            var (session, refusal) = await Settle(planned, wanted, act);
            if (refusal is not null) return new(refusal, 0, null);
            if (session is not null) done.Add(session);
            if (wanted is null && session is null or { Done: SessionOutcome.Cancelled }) dropped.Add(planned.Occurrence);
            else if (wanted is not null && session is not null && session.Done != SessionOutcome.Kept) placed.Add(planned with { At = wanted.At });
        }

        var merged = due.Values.Where(d => d is { IsWithin: true, Merged: not null } && !State.Sessions.ContainsKey(d.Occurrence));
        done.AddRange(merged.Select(d => new SeriesSession(d.Occurrence, State.Sessions.GetValueOrDefault(d.Merged!.Value)?.Session ?? State.SessionOf(Id, d.Merged.Value), SessionOutcome.Merged, null, d.At, null, null, d.Provisional)));
        return await Execute(
            act with { IfVersion = null },
            (state, moment) => SeriesDecider.RecordSessions([.. done.Where(d => d.Done == SessionOutcome.Made).Select(d => d.Occurrence)], [.. placed], [.. dropped], state, Context(act, moment)),
            state => (Told(state, [.. done.OrderBy(d => d.Occurrence)], context), state.ChangedAt));
    }

    // Somebody else may change the session at the same time: what is decided on an old version of it is refused, and decided again.
    private async Task<(SeriesSession? Session, Refusal? Refusal)> Settle(PlannedSession planned, DueSession? due, Act act)
    {
        var grain = GrainFactory.GetGrain<IReviewGrain>(planned.Session);
        for (var (session, refused) = (await grain.View(act.Actor), default((SessionStep, long?)?)); ; session = await grain.View(act.Actor))
        {
            if (SessionStep.Of(Id, State.Plan!.Kind, planned, State.Said[planned.Occurrence], State.Setting, due, StandingSession.Of(session)) is not { } step) return (null, null);
            if (step.Command is null) return (Row(step, session!), null);
            var answer = await grain.Take(step.Command, act with { Key = null, OccurredOn = null, IfVersion = session?.Version, Texts = Texts(step) });
            if (answer.Refusal is null) return (Row(step, answer.View!) with { Before = step.Done == SessionOutcome.Moved ? SessionTime.Of(session!.Plan) : null }, null);
            if (refused == (step, session?.Version)) return (null, answer.Refusal);
            refused = (step, session?.Version);
        }

        SeriesSession Row(SessionStep step, ReviewView session) =>
            new(planned.Occurrence, planned.Session, step.Done, session.State, SessionTime.Of(session.Plan), null, due?.At, due?.Provisional ?? false);
    }

    private ImmutableSortedDictionary<string, string?>? Texts(SessionStep step) => step.Command switch
    {
        ReviewDrafted when State.Title is { } title => Act.NoTexts.Add(ReviewFact.Title, title),
        ReviewChanged when step.Title is { } title => Act.NoTexts.Add(ReviewFact.Title, title),
        Cancelled => Act.NoTexts.Add(Act.Reason, State.EndedOn is null ? city.Reviews.SessionDropped : city.Reviews.SeriesEnded),
        _ => null,
    };

    private SeriesSessions Told(ReviewSeries state, ImmutableArray<SeriesSession> sessions, SeriesContext context)
    {
        if (state is not { Plan: { Active: true } plan, EndedOn: null }) return new(Id, null, false, sessions);
        var horizon = SeriesSchedule.Horizon(plan, context);
        return new(Id, horizon, sessions.Any(s => s.Provisional) || context.Calendar.IsProvisional(context.Moment.Today, horizon), sessions);
    }
}
