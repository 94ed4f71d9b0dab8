using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>What can happen to a review session (domain 11). The same noun is what a command asks for and, once accepted, the fact that is
/// recorded. Free texts lie beside the facts under the names that stand here.</summary>
[GenerateSerializer, Immutable, Alias("agency.review-fact")]
public abstract record ReviewFact
{
    /// <summary>The kind of review sessions' streams.</summary>
    public const string StreamKind = "review";

    /// <summary>Name of the text that says what a session is called.</summary>
    public const string Title = "title";

    /// <summary>Name of the text that says where a session is held.</summary>
    public const string Place = "place";

    /// <summary>Name of the text with an agenda entry's question.</summary>
    public const string Question = "question";

    /// <summary>Name of the text with the decision that an entry wants.</summary>
    public const string Wanted = "wanted";

    /// <summary>Name of the text beside an opinion: its conditions, its legal ground, or what more is needed.</summary>
    public const string Ground = "ground";

    /// <summary>Name of the text with what the chair remarked on an entry.</summary>
    public const string Remarks = "remarks";

    /// <summary>Name of the text with what has been done about a resolution.</summary>
    public const string Progress = "progress";

    /// <summary>The facts by their stored names. A name, once written, is for ever.</summary>
    public static FactCodec<ReviewFact> Codec { get; } = new(
        ("review-drafted", typeof(ReviewDrafted)),
        ("review-changed", typeof(ReviewChanged)),
        ("entry-added", typeof(EntryAdded)),
        ("entry-changed", typeof(EntryChanged)),
        ("entry-removed", typeof(EntryRemoved)),
        ("convened", typeof(Convened)),
        ("departments-notified", typeof(DepartmentsNotified)),
        ("departments-reminded", typeof(DepartmentsReminded)),
        ("attendance", typeof(AttendanceGiven)),
        ("opinion", typeof(OpinionGiven)),
        ("opinion-deemed", typeof(OpinionDeemed)),
        ("postponed", typeof(Postponed)),
        ("cancelled", typeof(Cancelled)),
        ("opened", typeof(Opened)),
        ("entry-concluded", typeof(EntryConcluded)),
        ("entry-reopened", typeof(EntryReopened)),
        ("concluded", typeof(Concluded)),
        ("minutes-drafted", typeof(MinutesDrafted)),
        ("issued", typeof(Issued)),
        ("archived", typeof(Archived)),
        ("text-redacted", typeof(ReviewTextRedacted)),
        ("resolution-received", typeof(ResolutionReceived)),
        ("resolution-extension-requested", typeof(ResolutionExtensionRequested)),
        ("resolution-extended", typeof(ResolutionExtended)),
        ("resolution-urged", typeof(ResolutionUrged)),
        ("resolution-progressed", typeof(ResolutionProgressed)),
        ("resolution-completed", typeof(ResolutionCompleted)),
        ("resolution-returned", typeof(ResolutionReturned)),
        ("resolution-confirmed", typeof(ResolutionConfirmed)));

    /// <summary>Where a session's facts lie.</summary>
    public static StreamId StreamOf(string id) => new(StreamKind, id);

    /// <summary>The id of the session that a command drafts: the same each time, so that a repeat meets it.</summary>
    public static string IdOf(string commandId) => DerivedId.OfCommand('r', commandId);

    /// <summary>Whether this can be a session's id.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private const int LongestId = 64;
}

/// <summary>What is asked of a session as a whole: its life, from draft to minutes.</summary>
[GenerateSerializer, Immutable, Alias("agency.session-fact")]
public abstract record SessionFact : ReviewFact;

/// <summary>Kinds of sessions.</summary>
public enum ReviewKind
{
    /// <summary>联席会议: the standing joint conference, chaired by a city leader.</summary>
    JointConference,

    /// <summary>联审会商: the office's working review.</summary>
    WorkingReview,

    /// <summary>现场办公.</summary>
    OnSite,

    /// <summary>前期辅导.</summary>
    Coaching,

    /// <summary>书面征求意见: nobody meets; opinions are written by a day.</summary>
    WrittenConsultation,
}

/// <summary>When, where and by whom a session is held.</summary>
/// <param name="StartsAt">When it begins; null for a written consultation alone.</param>
/// <param name="OpinionsBy">Last day for opinions; a written consultation's alone.</param>
/// <param name="Place">Where. Null in a fact, beside which it is a text, and once redacted.</param>
/// <param name="Chair">Opaque id of the person who chairs it.</param>
/// <param name="Recorder">Opaque id of the person who records it.</param>
[GenerateSerializer, Immutable, Alias("agency.review-plan")]
public sealed record ReviewPlan(
    [property: Id(0)] DateTimeOffset? StartsAt,
    [property: Id(1)] DateOnly? OpinionsBy,
    [property: Id(2)] string? Place,
    [property: Id(3)] string? Chair,
    [property: Id(4)] string? Recorder)
{
    /// <summary>The day on which it is held, or by which opinions are due.</summary>
    internal DateOnly? HeldOn => StartsAt is { } start ? ShanghaiTime.DayOf(start) : OpinionsBy;

    /// <summary>The time of that day as it is told; opinions are in time to the end of their day.</summary>
    internal string HeldAt => StartsAt is { } start ? $"{TimeZoneInfo.ConvertTime(start, ShanghaiTime.Zone):HH:mm}" : "24:00";

    /// <summary>Whether what is said at an instant, or was on a day by what paper shows, is said before the deadline for opinions: the start, or the
    /// end of the last day.</summary>
    internal bool IsInTime(DateTimeOffset at, DateOnly day) => StartsAt is { } start ? at <= start || day < ShanghaiTime.DayOf(start) : day <= OpinionsBy;

    /// <summary>Whether the deadline for opinions has passed.</summary>
    internal bool IsPast(Moment moment) => !IsInTime(moment.Now, moment.Today);

    /// <summary>Whether the time is the same.</summary>
    internal bool IsTimedAs(ReviewPlan other) => (StartsAt, OpinionsBy) == (other.StartsAt, other.OpinionsBy);
}

/// <summary>The session is drafted; title and place are texts.</summary>
/// <param name="Series">Id of the series that it was made for; null: ad hoc.</param>
/// <param name="Occurrence">The day of the series' rule that it stands for, before any shift to a working day.</param>
[GenerateSerializer, Immutable, Alias("agency.review.drafted")]
public sealed record ReviewDrafted(
    [property: Id(0)] ReviewKind Kind,
    [property: Id(1)] ReviewPlan Plan,
    [property: Id(2)] string? Series = null,
    [property: Id(3)] DateOnly? Occurrence = null) : SessionFact;

/// <summary>It is planned so from now on.</summary>
/// <param name="Relocates">Whether it is held elsewhere than before, by the text, or, without one, nowhere yet. Given by the decider.</param>
/// <param name="Retitles">Whether it is called otherwise than before, by the text. Given by the decider.</param>
[GenerateSerializer, Immutable, Alias("agency.review.changed")]
public sealed record ReviewChanged([property: Id(0)] ReviewPlan Plan, [property: Id(1)] bool Relocates = false, [property: Id(2)] bool Retitles = false) : SessionFact;

/// <summary>The departments concerned are called together; with a reason, a text, where the notice is shorter than it should be.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.convened")]
public sealed record Convened : SessionFact;

/// <summary>Departments have been told of time, place and agenda as they then were. The system's: until notices go out by themselves the fact
/// counts as delivery.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.departments-notified")]
public sealed record DepartmentsNotified([property: Id(0)] ImmutableArray<string> Departments) : ReviewFact;

/// <summary>Departments that owe an opinion have been reminded of it.</summary>
/// <param name="Departments">Given by the decider, empty in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.review.departments-reminded")]
public sealed record DepartmentsReminded([property: Id(0)] ImmutableArray<string> Departments) : SessionFact;

/// <summary>It is put off, for a reason, a text. The deadline for opinions moves with it: those given stay, those that came after the old deadline and before the
/// new one are in time, and whoever was silent has time again, even where silence was deemed agreement already. Only what has been concluded stays as it was, until the chair reopens it.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.postponed")]
public sealed record Postponed([property: Id(0)] DateTimeOffset? StartsAt, [property: Id(1)] DateOnly? OpinionsBy) : SessionFact;

/// <summary>It is called off, for a reason, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.cancelled")]
public sealed record Cancelled : SessionFact;

/// <summary>遮蔽: the office took a free text out of the session's record.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.text-redacted")]
public sealed record ReviewTextRedacted([property: Id(0)] long Sequence, [property: Id(1)] string Text) : ReviewFact, IRedaction;

/// <summary>It has begun.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opened")]
public sealed record Opened : SessionFact;
