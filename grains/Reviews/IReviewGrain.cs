using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Feeds;
using Agency.People;
using Agency.Reminders;
using Orleans.Concurrency;

namespace Agency.Reviews;

/// <summary>A review session 联席会议, 联审会商 (domain 11). Key: its id, made by the service.</summary>
/// <remarks>Its resolutions live in its stream; projects are told of those that concern them by its outbox. A department is shown, and may
/// speak to, the entries that concern it; everything else looks to it as if it did not exist, and so does the record.</remarks>
[Alias("agency.review"), GrainInterfaceType("agency.review")]
public interface IReviewGrain : IRecordGrain
{
    /// <summary>Takes a step of the session's life: drafts, changes, convenes, postpones, cancels, opens, concludes, issues it, reminds of opinions.</summary>
    [Alias("take")]
    Task<Answer<ReviewView>> Take(SessionFact command, Act act);

    /// <summary>Changes when, where and by whom it is held, and what it is called; departments that were called are told of it.</summary>
    [Alias("change")]
    Task<Answer<ReviewView>> Change(ReviewPatch patch, Act act);

    /// <summary>Puts an entry on the agenda. Versions of entries are those of the last fact that touched them.</summary>
    [Alias("add-entry")]
    Task<Answer<AgendaEntryView>> AddEntry(AgendaSubject subject, Act act);

    /// <summary>Changes an entry. What was said to another question counts no longer.</summary>
    [Alias("change-entry")]
    Task<Answer<AgendaEntryView>> ChangeEntry(string entry, EntryPatch patch, Act act);

    /// <summary>Takes an entry off the agenda.</summary>
    [Alias("remove-entry")]
    Task<Answer<ReviewView>> RemoveEntry(string entry, Act act);

    /// <summary>The chair concludes an entry, or takes that back.</summary>
    [Alias("conclude-entry")]
    Task<Answer<AgendaEntryView>> ConcludeEntry(ConclusionFact command, Act act);

    /// <summary>A department gives its opinion on an entry, or the office from paper; the same again is already so.</summary>
    [Alias("give-opinion")]
    Task<Answer<OpinionView>> GiveOpinion(OpinionGiven command, Act act);

    /// <summary>A department says how it attends, or the office who came; the same again is already so.</summary>
    [Alias("attend")]
    Task<Answer<AttendanceView>> Attend(AttendanceGiven command, Act act);

    /// <summary>Takes a step of one of its resolutions.</summary>
    [Alias("resolve")]
    Task<Answer<ResolutionView>> Resolve(ResolutionFact command, Act act);

    /// <summary>The session as <paramref name="actor"/> sees it today; null if there is none, or none for it.</summary>
    [Alias("view"), ReadOnly]
    Task<ReviewView?> View(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What its minutes hold: the session as it was when they were issued, until then as it stands, and of its resolutions what was resolved, without what
    /// became of them. Null before it has concluded, and where there is none for <paramref name="actor"/>.</summary>
    [Alias("as-issued"), ReadOnly]
    Task<IssuedReview?> AsIssued(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Its resolutions as they stand today, those that <paramref name="actor"/> sees.</summary>
    [Alias("resolutions"), ReadOnly]
    Task<ImmutableArray<ResolutionView>> Resolutions(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The session as calendar programs have it; null if there is none for <paramref name="actor"/>, or one that nobody was told of has been called off.</summary>
    /// <param name="language">Of the words that are not its own.</param>
    [Alias("in-calendar"), ReadOnly]
    Task<CalendarEvent?> InCalendar(string language, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Does what follows elsewhere from the commit that ended at a version, once more if it was done.</summary>
    [Alias("settle")]
    Task Settle(long version);
}

/// <summary>All sessions. Any activation answers the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.reviews"), GrainInterfaceType("agency.reviews")]
public interface IReviewsGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>The sessions that fit <paramref name="query"/> and that <paramref name="actor"/> sees, by when they are held, the latest first.</summary>
    [Alias("find"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ReviewPage> Find(ReviewQuery query, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The id of the last session of the same kind that has concluded and was held on the day of <paramref name="review"/> or before; null if there is none.</summary>
    [Alias("last"), ReadOnly]
    Task<string?> Last(string review, CancellationToken cancellationToken = default);

    /// <summary>The resolutions that fit <paramref name="query"/> and that <paramref name="actor"/> sees, by due date.</summary>
    [Alias("resolutions"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ResolutionPage> Resolutions(ResolutionQuery query, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What the rules propose for a session's agenda, the most urgent first; null if there is no such session.</summary>
    [Alias("propose"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<AgendaProposal?> Propose(string review, CancellationToken cancellationToken = default);

    /// <summary>The sessions from a day on that <paramref name="actor"/> sees, as calendar programs have them.</summary>
    [Alias("in-calendar"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<CalendarEvent>> InCalendar(DateOnly from, string language, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Reminds in working hours of what stands of sessions and their resolutions.</summary>
    /// <param name="substitutes">Who stands in today for an agent on leave.</param>
    [Alias("remind"), ResponseTimeout("00:10:00")]
    Task<SweepCounts> Remind(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken = default);

    /// <summary>Has every session and series do what its commits may have left undone elsewhere.</summary>
    [Alias("heal")]
    Task Heal();
}

/// <summary>Which sessions. A filter that is null means all.</summary>
/// <param name="From">First day on which it is held.</param>
/// <param name="To">Last day.</param>
/// <param name="After">The last one seen; null: from the start.</param>
[GenerateSerializer, Immutable, Alias("agency.review-query")]
public sealed record ReviewQuery(
    [property: Id(0)] ReviewStatus? State,
    [property: Id(1)] ReviewKind? Kind,
    [property: Id(2)] string? Series,
    [property: Id(3)] DateOnly? From,
    [property: Id(4)] DateOnly? To,
    [property: Id(5)] ReviewPlace? After,
    [property: Id(6)] int Limit);

/// <summary>Where a session stands in the list.</summary>
[GenerateSerializer, Immutable, Alias("agency.review-place")]
public sealed record ReviewPlace([property: Id(0)] DateOnly? HeldOn, [property: Id(1)] string Id);

/// <summary>A page of sessions.</summary>
/// <param name="Last">The last place looked at, behind which the next page begins: whoever stands there may be shown no more, and so be missing from the items. Null of an empty list.</param>
[GenerateSerializer, Immutable, Alias("agency.review-page")]
public sealed record ReviewPage([property: Id(0)] ImmutableArray<ReviewListing> Items, [property: Id(1)] bool More, [property: Id(2)] int Total, [property: Id(3)] ReviewPlace? Last = null);

/// <summary>Which resolutions. A filter that is null means all.</summary>
/// <param name="Open">Whether they are still to be done.</param>
/// <param name="Department">Code of the lead or an assisting unit.</param>
/// <param name="DueTo">Last day by which they are due.</param>
/// <param name="After">The last one seen; null: from the start.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-query")]
public sealed record ResolutionQuery(
    [property: Id(0)] ResolutionStatus? State = null,
    [property: Id(1)] bool? Open = null,
    [property: Id(2)] Clocks.Light? Light = null,
    [property: Id(3)] string? Department = null,
    [property: Id(4)] string? Project = null,
    [property: Id(5)] string? Review = null,
    [property: Id(6)] DateOnly? DueTo = null,
    [property: Id(7)] ResolutionPlace? After = null,
    [property: Id(8)] int Limit = 50);

/// <summary>Where a resolution stands in the list.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution-place")]
public sealed record ResolutionPlace([property: Id(0)] DateOnly DueDate, [property: Id(1)] string Id);

/// <summary>A page of resolutions.</summary>
/// <param name="Last">As of <see cref="ReviewPage"/>.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-page")]
public sealed record ResolutionPage([property: Id(0)] ImmutableArray<ResolutionView> Items, [property: Id(1)] bool More, [property: Id(2)] int Total, [property: Id(3)] ResolutionPlace? Last = null);

/// <summary>What the rules propose for an agenda.</summary>
[GenerateSerializer, Immutable, Alias("agency.agenda-proposal")]
public sealed record AgendaProposal([property: Id(0)] ImmutableArray<ProposedEntry> Entries);

/// <summary>An entry that a rule proposes; the office adds it, or not.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Since">The day from which the rule holds.</param>
/// <param name="WorkingDays">How many working days it is overdue, without progress, or at its level; null where the rule has none.</param>
[GenerateSerializer, Immutable, Alias("agency.proposed-entry")]
public sealed record ProposedEntry([property: Id(0)] AgendaSubject Subject, [property: Id(1)] string? Project, [property: Id(2)] DateOnly? Since, [property: Id(3)] int? WorkingDays);
