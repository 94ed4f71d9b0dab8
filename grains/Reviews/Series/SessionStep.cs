namespace Agency.Reviews.Series;

/// <summary>What a series is to do with one of its sessions.</summary>
/// <param name="Command">What the session is asked for; null: nothing.</param>
/// <param name="Done">What has been done then.</param>
internal sealed record SessionStep(SessionFact? Command, SessionOutcome Done)
{
    /// <summary>What the session is to be called from now on; null: it keeps its title.</summary>
    public string? Title { get; init; }

    /// <summary>The step that follows from what the series says now and what the session is.</summary>
    /// <param name="planned">When the series said before that it is.</param>
    /// <param name="said">What else the series said of it before.</param>
    /// <param name="now">What else it says now.</param>
    /// <param name="due">When it says now that it is; null: that there is none.</param>
    /// <param name="session">What it is; null: it has not been made.</param>
    /// <returns>Null: there is nothing to do or to say.</returns>
    public static SessionStep? Of(string series, ReviewKind kind, PlannedSession planned, SessionSetting said, SessionSetting now, DueSession? due, StandingSession? session) => (due, session) switch
    {
        (null, null) => null,
        (null, { State: ReviewStatus.Drafted }) => new(new Cancelled(), SessionOutcome.Cancelled),
        (null, { State: ReviewStatus.Cancelled }) => null,
        (null, _) => new(null, SessionOutcome.Kept),
        (_, null) => new(new ReviewDrafted(kind, new(due.At.StartsAt, due.At.OpinionsBy, now.Place, now.Chair, now.Recorder), series, due.Occurrence), SessionOutcome.Made),
        (_, { State: ReviewStatus.Cancelled }) => new(null, SessionOutcome.Unchanged),
        _ => Follow(session, due.At == planned.At ? SessionTime.Of(session.Plan) : due.At, session.Setting.Following(said, now)),
    };

    private static SessionStep Follow(StandingSession session, SessionTime at, SessionSetting setting)
    {
        var moved = at != SessionTime.Of(session.Plan);
        if (!moved && setting == session.Setting) return new(null, SessionOutcome.Unchanged);
        if (session.State != ReviewStatus.Drafted) return new(null, SessionOutcome.Kept);
        var plan = new ReviewPlan(at.StartsAt, at.OpinionsBy, setting.Place, setting.Chair, setting.Recorder);
        return new(new ReviewChanged(plan), moved ? SessionOutcome.Moved : SessionOutcome.Changed) { Title = setting.Title == session.Setting.Title ? null : setting.Title };
    }
}

/// <summary>A session as its series looks at it.</summary>
internal sealed record StandingSession(ReviewStatus State, ReviewPlan Plan, string? Title)
{
    public SessionSetting Setting => SessionSetting.Of(Plan, Title);

    public static StandingSession? Of(ReviewView? view) => view is null ? null : new(view.State, view.Plan, view.Title);
}
