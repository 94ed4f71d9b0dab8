using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Reviews.Series;

/// <summary>A review series (domain 11.1): sessions that come again by a rule. Key: its id, see <see cref="IdOf"/>.</summary>
/// <remarks>The series alone says which sessions it has; the id of each follows from series and day, so that whoever makes it, however often, meets the same
/// session. What has been convened it never touches.</remarks>
[Alias("agency.review-series"), GrainInterfaceType("agency.review-series")]
public interface IReviewSeriesGrain : IRecordGrain
{
    /// <summary>The id of the series that a command makes: a repeat of the command meets the same series.</summary>
    static string IdOf(string commandId) => DerivedId.OfCommand('s', commandId);

    /// <summary>Makes the series; the office's.</summary>
    [Alias("make")]
    Task<Answer<SeriesView>> Make(SeriesPlan plan, Act act);

    /// <summary>Changes it. Its sessions follow when they are next made.</summary>
    [Alias("change")]
    Task<Answer<SeriesView>> Change(SeriesPatch patch, Act act);

    /// <summary>Ends it: its sessions to come that are drafted are cancelled, those that have been convened stay. The same again cancels what was left.</summary>
    [Alias("end")]
    Task<Answer<SeriesSessions>> End(Act act);

    /// <summary>Makes its sessions as far ahead as it is to, and has those made before follow rule and calendar: what is drafted is moved, changed or cancelled, what has been
    /// convened is kept and named. The same again changes nothing. One that the office has moved or cancelled by hand is left so, until the series itself says another time; a place, chair, recorder or title
    /// that it has given by hand is left so for good.</summary>
    /// <returns>What was done with each; or a refusal, of the series or of a session, and then a repeat goes on.</returns>
    [Alias("materialise")]
    Task<Answer<SeriesSessions>> Materialise(Act act);

    /// <summary>The series as it stands today; null if there is none.</summary>
    [Alias("view"), ReadOnly]
    Task<SeriesView?> View();

    /// <summary>Does what follows from the commit that ended at a version, once more if it was done.</summary>
    [Alias("settle")]
    Task Settle(long version);
}

/// <summary>A series as clients see it today.</summary>
/// <param name="Version">Of the last fact that says what it is.</param>
/// <param name="Title">Null once redacted.</param>
/// <param name="AheadWorkingDays">So far ahead its sessions are made.</param>
/// <param name="EndedOn">Null while it goes on.</param>
/// <param name="Next">When it is next to be held, whether the session has been made or not.</param>
[GenerateSerializer, Immutable, Alias("agency.series-view")]
public sealed record SeriesView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] SeriesPlan Plan,
    [property: Id(3)] string? Title,
    [property: Id(4)] int AheadWorkingDays,
    [property: Id(5)] DateOnly? EndedOn,
    [property: Id(6)] ImmutableArray<NextSession> Next);

/// <summary>When a series is next to be held.</summary>
/// <param name="Occurrence">The day of the rule, before any shift to a working day.</param>
/// <param name="Provisional">Whether the day was found without the arrangement of its year.</param>
[GenerateSerializer, Immutable, Alias("agency.next-session")]
public sealed record NextSession([property: Id(0)] DateOnly Occurrence, [property: Id(1)] SessionTime At, [property: Id(2)] bool Provisional);

/// <summary>What was done with the sessions of a series.</summary>
/// <param name="Until">The last day on which a session could be made; null if the series makes none.</param>
/// <param name="Provisional">Whether a year that is touched has no arrangement yet, so that days may move when it comes.</param>
/// <param name="Sessions">Those to come, by the day of the rule.</param>
[GenerateSerializer, Immutable, Alias("agency.series-sessions")]
public sealed record SeriesSessions(
    [property: Id(0)] string Series,
    [property: Id(1)] DateOnly? Until,
    [property: Id(2)] bool Provisional,
    [property: Id(3)] ImmutableArray<SeriesSession> Sessions);

/// <summary>What was done with a session.</summary>
/// <param name="Occurrence">The day of the rule, before any shift to a working day.</param>
/// <param name="Session">Its id; where it is merged, that of the session on that day.</param>
/// <param name="State">Null where there is none.</param>
/// <param name="At">When it is now.</param>
/// <param name="Before">When it was, if it was moved.</param>
/// <param name="Due">When it would be by the series; null if the rule has no such day any more.</param>
/// <param name="Provisional">Whether the day was found without the arrangement of its year.</param>
[GenerateSerializer, Immutable, Alias("agency.series-session")]
public sealed record SeriesSession(
    [property: Id(0)] DateOnly Occurrence,
    [property: Id(1)] string Session,
    [property: Id(2)] SessionOutcome Done,
    [property: Id(3)] ReviewStatus? State,
    [property: Id(4)] SessionTime At,
    [property: Id(5)] SessionTime? Before,
    [property: Id(6)] SessionTime? Due,
    [property: Id(7)] bool Provisional);

/// <summary>What a series did with a session.</summary>
public enum SessionOutcome
{
    /// <summary>It was made.</summary>
    Made,

    /// <summary>Its time follows a change of the series or of the calendar; so does what else the series says otherwise now.</summary>
    Moved,

    /// <summary>Nothing was to be done.</summary>
    Unchanged,

    /// <summary>It is not as the series says now and was left so, for it has been convened.</summary>
    Kept,

    /// <summary>It was cancelled: the series does not have it any more.</summary>
    Cancelled,

    /// <summary>None was made: shifted to a working day, it would be on the day of another session of the series.</summary>
    Merged,

    /// <summary>Its place, chair, recorder or title follows a change of the series; its time stays.</summary>
    Changed,
}
