using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>What happens to a review series.</summary>
public abstract record SeriesFact
{
    private SeriesFact()
    {
    }

    /// <summary>The kind of series' streams.</summary>
    public const string StreamKind = "series";

    /// <summary>Name of the text that says what the series and its sessions are called.</summary>
    public const string Title = "title";

    /// <summary>Name of the text that says where the sessions are held.</summary>
    public const string Place = "place";

    /// <summary>The facts by their stored names. A name, once written, is for ever.</summary>
    public static FactCodec<SeriesFact> Codec { get; } = new(
        ("series-made", typeof(Made)),
        ("series-changed", typeof(Changed)),
        ("series-ended", typeof(Ended)),
        ("sessions-planned", typeof(SessionsPlanned)),
        ("sessions-made", typeof(SessionsMade)),
        ("sessions-dropped", typeof(SessionsDropped)),
        ("text-redacted", typeof(TextRedacted)));

    /// <summary>Where a series' facts lie.</summary>
    public static StreamId StreamOf(string id) => new(StreamKind, id);

    /// <summary>There is this series; title and place are texts.</summary>
    public sealed record Made(SeriesPlan Plan) : SeriesFact;

    /// <summary>It is this from now on; with a text where the title is another.</summary>
    /// <param name="Relocates">Whether the sessions are held elsewhere than before, by the text, or, without one, nowhere yet.</param>
    public sealed record Changed(SeriesPlan Plan, bool Relocates = false) : SeriesFact;

    /// <summary>It makes no sessions any more.</summary>
    public sealed record Ended : SeriesFact;

    /// <summary>These are the times that the series has given its sessions. Recorded before a session is made, so that none is made of which the series does not
    /// know, and after one is moved, so that none is left where it was.</summary>
    public sealed record SessionsPlanned(ImmutableArray<PlannedSession> Sessions) : SeriesFact;

    /// <summary>The sessions for these of its days, planned before, have been made.</summary>
    public sealed record SessionsMade(ImmutableArray<DateOnly> Occurrences) : SeriesFact;

    /// <summary>遮蔽: the office took a free text out of the series' record.</summary>
    public sealed record TextRedacted(long Sequence, string Text) : SeriesFact, IRedaction;

    /// <summary>The series has no session for these of its days any more: they are cancelled, or were never made.</summary>
    public sealed record SessionsDropped(ImmutableArray<DateOnly> Occurrences) : SeriesFact;
}

/// <summary>The session that a series has for one of its days.</summary>
/// <param name="Occurrence">The day of the rule, before any shift to a working day.</param>
/// <param name="Session">Id of the session.</param>
/// <param name="At">When the series last said that it is to be; the office may have changed it since.</param>
public sealed record PlannedSession(DateOnly Occurrence, string Session, SessionTime At);

/// <summary>When a session is.</summary>
/// <param name="StartsAt">When it begins; null for a written consultation alone.</param>
/// <param name="OpinionsBy">Last day for opinions; a written consultation's alone.</param>
[GenerateSerializer, Immutable, Alias("agency.session-time")]
public sealed record SessionTime([property: Id(0)] DateTimeOffset? StartsAt, [property: Id(1)] DateOnly? OpinionsBy)
{
    internal static SessionTime Of(ReviewPlan plan) => new(plan.StartsAt, plan.OpinionsBy);

    /// <summary>Whether it is still to come.</summary>
    internal bool IsAhead(Moment moment) => StartsAt is { } start ? start > moment.Now : OpinionsBy >= moment.Today;
}
