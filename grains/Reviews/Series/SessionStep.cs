namespace Agency.Reviews.Series;

/// <summary>What a series is to do with one of its sessions.</summary>
/// <param name="Command">What the session is asked for; null: nothing.</param>
/// <param name="Done">What has been done then.</param>
internal sealed record SessionStep(ReviewFact? Command, SessionOutcome Done)
{
    /// <summary>Why a session is cancelled by its series; stored with it.</summary>
    public const string DroppedReason = "系列会议的规则已调整，不再有此场次。";

    /// <summary>The same, of a series that is ended.</summary>
    public const string EndedReason = "系列会议已终止。";

    /// <summary>The step that follows from what the series says now and what the session is.</summary>
    /// <param name="planned">What the series said before.</param>
    /// <param name="due">What it says now; null: that there is none.</param>
    /// <param name="session">What it is; null: it has not been made.</param>
    /// <returns>Null: there is nothing to do or to say.</returns>
    public static SessionStep? Of(string series, SeriesPlan plan, PlannedSession planned, DueSession? due, StandingSession? session) => (due, session) switch
    {
        (null, null) => null,
        (null, { State: ReviewStatus.Drafted }) => new(new Cancelled(), SessionOutcome.Cancelled),
        (null, { State: ReviewStatus.Cancelled }) => null,
        (null, _) => new(null, SessionOutcome.Kept),
        (_, null) => new(new ReviewDrafted(plan.Kind, new(due.At.StartsAt, due.At.OpinionsBy, plan.Place, plan.Chair, plan.Recorder), series, due.Occurrence), SessionOutcome.Made),
        _ when due.At == planned.At || due.At == SessionTime.Of(session.Plan) || session.State == ReviewStatus.Cancelled => new(null, SessionOutcome.Unchanged),
        (_, { State: ReviewStatus.Drafted }) => new(new ReviewChanged(session.Plan with { StartsAt = due.At.StartsAt, OpinionsBy = due.At.OpinionsBy }), SessionOutcome.Moved),
        _ => new(null, SessionOutcome.Kept),
    };
}

/// <summary>A session as its series looks at it.</summary>
internal sealed record StandingSession(ReviewStatus State, ReviewPlan Plan)
{
    public static StandingSession? Of(ReviewView? view) => view is null ? null : new(view.State, view.Plan);
}
