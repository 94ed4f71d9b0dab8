using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Forecasts;

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
    public static string IdOf(string commandId) => $"r{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commandId)))[..IdDigits]}";

    private const int IdDigits = 16;

    /// <summary>Whether this can be a session's id.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private const int LongestId = 64;
}

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
/// <param name="Place">Where.</param>
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

    /// <summary>Whether what is said at an instant, or was on a day by what paper shows, is said before the deadline for opinions: the start, or the
    /// end of the last day.</summary>
    internal bool IsInTime(DateTimeOffset at, DateOnly day) => StartsAt is { } start ? at <= start || day < ShanghaiTime.DayOf(start) : day <= OpinionsBy;

    /// <summary>Whether the deadline for opinions has passed.</summary>
    internal bool IsPast(Moment moment) => !IsInTime(moment.Now, moment.Today);

    /// <summary>Whether the time is the same.</summary>
    internal bool IsTimedAs(ReviewPlan other) => (StartsAt, OpinionsBy) == (other.StartsAt, other.OpinionsBy);

    /// <summary>Whether time and place are the same.</summary>
    internal bool IsHeldAs(ReviewPlan other) => IsTimedAs(other) && Place == other.Place;
}

/// <summary>The session is drafted; its title is a text.</summary>
/// <param name="Series">Id of the series that it was made for; null: ad hoc.</param>
/// <param name="Occurrence">The day of the series' rule that it stands for, before any shift to a working day.</param>
[GenerateSerializer, Immutable, Alias("agency.review.drafted")]
public sealed record ReviewDrafted(
    [property: Id(0)] ReviewKind Kind,
    [property: Id(1)] ReviewPlan Plan,
    [property: Id(2)] string? Series = null,
    [property: Id(3)] DateOnly? Occurrence = null) : ReviewFact;

/// <summary>It is planned so from now on.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.changed")]
public sealed record ReviewChanged([property: Id(0)] ReviewPlan Plan) : ReviewFact;

/// <summary>Why an entry is proposed for an agenda.</summary>
public enum AgendaRule
{
    /// <summary>An item or the project is red.</summary>
    Red,

    /// <summary>A problem stands at the level of joint reviews, or higher.</summary>
    Problem,

    /// <summary>A resolution is open: overdue, due, or still to be done.</summary>
    Resolution,

    /// <summary>Nothing has been recorded for some working days, construction apart.</summary>
    NoProgress,

    /// <summary>A major project is new.</summary>
    NewProject,

    /// <summary>An entry was deferred by an earlier session, and none has taken it up since.</summary>
    Deferred,
}

/// <summary>What an agenda entry is about. Question and decision wanted are texts.</summary>
/// <param name="Project">Code of the project; null: about none in particular.</param>
/// <param name="Item">Code of an item of it.</param>
/// <param name="Problem">Id of a problem of it.</param>
/// <param name="Resolution">Id of the resolution that it is about.</param>
/// <param name="Departments">Codes of the departments concerned.</param>
/// <param name="Materials">What is to be read for it.</param>
/// <param name="Rule">The rule that proposed it; null: the office itself.</param>
/// <param name="Scenario">What would be so if it is adopted: its promised decisions become resolutions then.</param>
/// <param name="DeferredFrom">The entry of an earlier session that was deferred and is taken up by this one: the session's id and its own there, <c>r1f0c/E3</c>.</param>
[GenerateSerializer, Immutable, Alias("agency.agenda-subject")]
public sealed record AgendaSubject(
    [property: Id(0)] string? Project,
    [property: Id(1)] string? Item,
    [property: Id(2)] string? Problem,
    [property: Id(3)] string? Resolution,
    [property: Id(4)] ImmutableArray<string> Departments,
    [property: Id(5)] ImmutableArray<SubmittedMaterial> Materials,
    [property: Id(6)] AgendaRule? Rule = null,
    [property: Id(7)] Scenario? Scenario = null,
    [property: Id(8)] string? DeferredFrom = null)
{
    /// <summary>The most departments of one entry.</summary>
    public const int MostDepartments = 200;

    /// <summary>The most materials of one entry.</summary>
    public const int MostMaterials = 50;

    /// <summary>Whether the two are about the same, whoever is concerned and whatever is to be read for it, wherever it comes from.</summary>
    internal bool AsksAs(AgendaSubject other) => (this with { Departments = other.Departments, Materials = other.Materials, Rule = other.Rule, DeferredFrom = other.DeferredFrom }).IsAs(other);

    // Arrays are equal by reference alone.
    internal bool IsAs(AgendaSubject other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, FactJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, FactJson.Options));
}

/// <summary>An entry is on the agenda.</summary>
/// <param name="Entry">Its id, counted per session and never used again: E1, E2. Given by the decider, empty in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.review.entry-added")]
public sealed record EntryAdded([property: Id(0)] string Entry, [property: Id(1)] AgendaSubject Subject) : ReviewFact;

/// <summary>An entry is this from now on.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-changed")]
public sealed record EntryChanged([property: Id(0)] string Entry, [property: Id(1)] AgendaSubject Subject) : ReviewFact;

/// <summary>An entry is off the agenda; with a reason, a text, once departments have been told of it.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-removed")]
public sealed record EntryRemoved([property: Id(0)] string Entry) : ReviewFact;

/// <summary>The departments concerned are called together; with a reason, a text, where the notice is shorter than it should be.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.convened")]
public sealed record Convened : ReviewFact;

/// <summary>Departments have been told of time, place and agenda as they then were. The system's: until notices go out by themselves the fact
/// counts as delivery.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.departments-notified")]
public sealed record DepartmentsNotified([property: Id(0)] ImmutableArray<string> Departments) : ReviewFact;

/// <summary>Departments that owe an opinion have been reminded of it.</summary>
/// <param name="Departments">Given by the decider, empty in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.review.departments-reminded")]
public sealed record DepartmentsReminded([property: Id(0)] ImmutableArray<string> Departments) : ReviewFact;

/// <summary>How a department attends.</summary>
public enum Attendance
{
    /// <summary>It will come.</summary>
    Confirmed,

    /// <summary>A delegate comes for it 代会.</summary>
    Delegated,

    /// <summary>It is excused, and gives a written opinion.</summary>
    Excused,

    /// <summary>It was there.</summary>
    Present,

    /// <summary>It was not.</summary>
    Absent,
}

/// <summary>A department says whether it comes, or the office whether it came.</summary>
/// <param name="Delegate">Opaque id of the delegate.</param>
[GenerateSerializer, Immutable, Alias("agency.review.attendance")]
public sealed record AttendanceGiven(
    [property: Id(0)] string Department, [property: Id(1)] Attendance Attendance, [property: Id(2)] string? Delegate = null) : ReviewFact;

/// <summary>What a department says to an entry.</summary>
public enum Stance
{
    /// <summary>同意.</summary>
    Agree,

    /// <summary>有条件同意.</summary>
    AgreeWithConditions,

    /// <summary>不同意, with a legal ground.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the trade, promised to clients.")]
    Object,

    /// <summary>需补充.</summary>
    NeedMore,
}

/// <summary>A department's opinion on an entry; the last one before the deadline counts.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opinion")]
public sealed record OpinionGiven([property: Id(0)] string Entry, [property: Id(1)] string Department, [property: Id(2)] Stance Stance) : ReviewFact;

/// <summary>A department that kept silent counts as agreeing 缺席默认. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opinion-deemed")]
public sealed record OpinionDeemed([property: Id(0)] string Entry, [property: Id(1)] string Department) : ReviewFact;

/// <summary>It is put off, for a reason, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.postponed")]
public sealed record Postponed([property: Id(0)] DateTimeOffset? StartsAt, [property: Id(1)] DateOnly? OpinionsBy) : ReviewFact;

/// <summary>It is called off, for a reason, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.cancelled")]
public sealed record Cancelled : ReviewFact;

/// <summary>It has begun.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opened")]
public sealed record Opened : ReviewFact;

/// <summary>What the chair concludes of an entry.</summary>
public enum Outcome
{
    /// <summary>通过.</summary>
    Adopted,

    /// <summary>附条件通过.</summary>
    AdoptedWithConditions,

    /// <summary>缓议: to the next session.</summary>
    Deferred,

    /// <summary>提请上级研究.</summary>
    ReferredUp,
}

/// <summary>A resolution 议定事项 as it is taken; action and deliverable are texts.</summary>
/// <param name="Lead">Code of the lead unit 牵头单位.</param>
/// <param name="Assisting">Codes of the assisting units 配合单位.</param>
/// <param name="Project">Code of the project that it is for; null: none in particular.</param>
/// <param name="Item">The item whose decision was promised by it, where a scenario was adopted.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-draft")]
public sealed record ResolutionDraft(
    [property: Id(0)] string Lead,
    [property: Id(1)] ImmutableArray<string> Assisting,
    [property: Id(2)] string? Project,
    [property: Id(3)] DateOnly DueDate,
    [property: Id(4)] string? Item = null)
{
    /// <summary>The most resolutions of one entry.</summary>
    public const int Most = 50;

    /// <summary>Whether a department leads or assists.</summary>
    internal bool Concerns(string? department) => department is not null && (Lead == department || Assisting.Contains(department));

    /// <summary>Name of a resolution's text, <c>action</c> or <c>deliverable</c>, beside the conclusion.</summary>
    public static string TextName(int index, string member) => $"resolutions/{index}/{member}";
}

/// <summary>The chair's conclusion of an entry. Its resolutions are numbered on in the session, from 1.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-concluded")]
public sealed record EntryConcluded([property: Id(0)] string Entry, [property: Id(1)] Outcome Outcome, [property: Id(2)] ImmutableArray<ResolutionDraft> Resolutions) : ReviewFact;

/// <summary>The chair takes the conclusion of an entry back, with its resolutions: what was said late counts, too, from now on.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-reopened")]
public sealed record EntryReopened([property: Id(0)] string Entry) : ReviewFact;

/// <summary>It is over: what was concluded stands, and its resolutions are given out.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.concluded")]
public sealed record Concluded : ReviewFact;

/// <summary>The minutes are drafted. The system's, with the conclusion.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.minutes-drafted")]
public sealed record MinutesDrafted : ReviewFact;

/// <summary>The chair issues the minutes.</summary>
/// <param name="Year">Of their number; given by the grain, 0 in a command.</param>
/// <param name="Number">Counted per year, from 1.</param>
[GenerateSerializer, Immutable, Alias("agency.review.issued")]
public sealed record Issued([property: Id(0)] int Year, [property: Id(1)] int Number) : ReviewFact;

/// <summary>Issued, and every resolution closed. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.archived")]
public sealed record Archived : ReviewFact;
