using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>Where a session stands (domain 11).</summary>
public enum ReviewStatus
{
    Drafted,
    Convened,
    InSession,
    Concluded,
    MinutesDrafted,
    Issued,
    Archived,
    Cancelled,
}

/// <summary>What a session's stream has come to.</summary>
internal sealed record Review : IRecord<ReviewFact>
{
    public static Review None { get; } = new();

    public static StreamFold<ReviewFact, Review> Fold { get; } = new(
        ReviewFact.StreamKind, ReviewFact.Codec, None, (state, entries) => state.With(entries), state => ReviewSummary.Of(state)!.Write());

    /// <summary>All facts.</summary>
    public ImmutableArray<Entry<ReviewFact>> Entries { get; private init; } = [];

    public long Version { get; private init; }

    /// <summary>Null while there is no such session.</summary>
    public ReviewDrafted? Draft { get; private init; }

    public ReviewPlan Plan { get; private init; } = new(null, null, null, null, null);

    public ReviewStatus Status { get; private init; }

    /// <summary>Null once redacted.</summary>
    public string? Title { get; private init; }

    /// <summary>The day of each step to where it stands now.</summary>
    public ImmutableSortedDictionary<ReviewStatus, DateOnly> On { get; private init; } = ImmutableSortedDictionary<ReviewStatus, DateOnly>.Empty;

    /// <summary>The agenda, in its order; without what was removed.</summary>
    public ImmutableArray<AgendaEntry> Agenda { get; private init; } = [];

    /// <summary>How many entries there have ever been.</summary>
    public int EntriesMade { get; private init; }

    /// <summary>How each department attends, by its code.</summary>
    public ImmutableSortedDictionary<string, AttendanceState> Attendance { get; private init; } = ImmutableSortedDictionary.Create<string, AttendanceState>(StringComparer.Ordinal);

    /// <summary>Version at which each department was last told of the session.</summary>
    public ImmutableSortedDictionary<string, long> NotifiedAt { get; private init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Version at which each department was last reminded of its opinions.</summary>
    public ImmutableSortedDictionary<string, long> RemindedAt { get; private init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Version at which time or place last changed.</summary>
    public long PlannedAt { get; private init; }

    /// <summary>The day on which departments were told of the time that stands; null until they are called.</summary>
    public DateOnly? TimeToldOn { get; private init; }

    /// <summary>How often what calendars hold of it has changed.</summary>
    public SessionRevision Revision { get; private init; }

    /// <summary>All resolutions, in the order of their numbers; those of a conclusion that was taken back are withdrawn.</summary>
    public ImmutableArray<Resolution> Resolutions { get; private init; } = [];

    /// <summary>Year and number of the minutes; null until they are issued.</summary>
    public (int Year, int Number)? Minutes { get; private init; }

    /// <summary>Whether departments have been called together: until then it is the office's own draft.</summary>
    public bool IsTold => On.ContainsKey(ReviewStatus.Convened);

    /// <summary>Whether what is said of it now is told to the departments concerned.</summary>
    public bool IsUnderWay => Status is ReviewStatus.Convened or ReviewStatus.InSession;

    /// <summary>Whether nothing of it is left to be done but to put it away: the minutes are issued, and no resolution is open.</summary>
    public bool IsToBeArchived => Status == ReviewStatus.Issued && !Resolutions.Any(r => r.IsOpen);

    /// <summary>The departments concerned by any entry, by code.</summary>
    public IEnumerable<string> Concerned => Agenda.SelectMany(e => e.Subject.Departments).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Whether the actor sees the session: a department one that it was called to, or of which a resolution was given to it.</summary>
    public bool IsSeenBy(Actor actor) => ReviewSummary.Of(this)?.IsSeenBy(actor) ?? false;

    /// <summary>Whether the actor sees an entry.</summary>
    public static bool IsSeenBy(AgendaEntry entry, Actor actor) => !actor.OwnOnly || (actor.Department is { } department && entry.Subject.Departments.Contains(department));

    public AgendaEntry? Find(string entry) => Agenda.FirstOrDefault(e => e.Id == entry);

    public Resolution? Find(int resolution) => resolution >= 1 && resolution <= Resolutions.Length ? Resolutions[resolution - 1] : null;

    public Review With(params IReadOnlyList<Entry<ReviewFact>> entries) => Redactions.Fold(this, None, entries, (s, e) => s.With(e)) is var (all, state) ? state with { Entries = all } : this;

    private Review With(Entry<ReviewFact> entry)
    {
        var next = entry.Fact switch
        {
            ReviewDrafted f => To(ReviewStatus.Drafted, entry) with { Draft = f, Plan = f.Plan with { Place = entry.Texts.GetValueOrDefault(ReviewFact.Place) }, Title = entry.Texts.GetValueOrDefault(ReviewFact.Title), PlannedAt = entry.Version },
            ReviewChanged f => this with
            {
                Plan = f.Plan with { Place = f.Relocates ? entry.Texts.GetValueOrDefault(ReviewFact.Place) : Plan.Place },
                Title = entry.Texts.TryGetValue(ReviewFact.Title, out var title) ? title : Title,
                PlannedAt = f.Relocates || !f.Plan.IsTimedAs(Plan) ? entry.Version : PlannedAt,
                TimeToldOn = f.Plan.IsTimedAs(Plan) || TimeToldOn is null ? TimeToldOn : entry.OccurredOn,
            },
            EntryAdded f => this with { Agenda = Agenda.Add(AgendaEntry.Of(f.Entry, f.Subject, entry)), EntriesMade = EntriesMade + 1 },
            EntryChanged f => WithEntry(f.Entry, e => e.Changed(f, entry)),
            EntryRemoved f => this with { Agenda = Agenda.RemoveAll(e => e.Id == f.Entry) },
            Convened => To(ReviewStatus.Convened, entry) with { TimeToldOn = entry.OccurredOn },
            DepartmentsNotified f => this with { NotifiedAt = NotifiedAt.SetItems(f.Departments.Select(d => KeyValuePair.Create(d, entry.Version))) },
            DepartmentsReminded f => this with { RemindedAt = RemindedAt.SetItems(f.Departments.Select(d => KeyValuePair.Create(d, entry.Version))) },
            AttendanceGiven f => this with { Attendance = Attendance.SetItem(f.Department, new(f.Attendance, f.Delegate, entry.Version)) },
            OpinionGiven f => WithEntry(f.Entry, e => e.WithOpinion(new(f.Department, f.Stance, Deemed: false, entry.Texts.GetValueOrDefault(ReviewFact.Ground), entry.RecordedAt, entry.OccurredOn, entry.Version))),
            OpinionDeemed f => WithEntry(f.Entry, e => e.WithOpinion(new(f.Department, Stance.Agree, Deemed: true, null, entry.RecordedAt, entry.OccurredOn, entry.Version))),
            Postponed f => To(ReviewStatus.Convened, entry) with
            {
                Plan = Plan with { StartsAt = f.StartsAt, OpinionsBy = f.OpinionsBy },
                PlannedAt = entry.Version,
                TimeToldOn = entry.OccurredOn,
                Attendance = Attendance.Clear(), // Whoever comes then says so anew.
                Agenda = [.. Agenda.Select(e => e.Outcome is null ? e.Unpresumed() : e)], // Whoever was silent has time again.
            },
            Cancelled => To(ReviewStatus.Cancelled, entry),
            Opened => To(ReviewStatus.InSession, entry),
            EntryConcluded f => WithEntry(f.Entry, e => e.ConcludedAs(f.Outcome, Plan, entry)) with { Resolutions = [.. Resolutions, .. Resolution.Of(f, Resolutions.Length, entry)] },
            EntryReopened f => WithEntry(f.Entry, e => e.Reopened(Plan, entry)) with { Resolutions = [.. Resolutions.Select(r => r.Entry == f.Entry ? r.Withdrawn(entry) : r)] },
            Concluded => To(ReviewStatus.Concluded, entry) with { Resolutions = [.. Resolutions.Select(r => r.GivenOn(entry))] },
            MinutesDrafted => To(ReviewStatus.MinutesDrafted, entry),
            Issued f => To(ReviewStatus.Issued, entry) with { Minutes = (f.Year, f.Number) },
            Archived => To(ReviewStatus.Archived, entry),
            ResolutionFact f => this with { Resolutions = Resolutions.SetItem(f.Resolution - 1, Resolutions[f.Resolution - 1].With(f, entry)) },
            ReviewTextRedacted => this,
            var fact => throw new NotSupportedException($"{fact.GetType().Name} is no fact of a session."),
        };
        return next with { Version = entry.Version, Revision = Revision.With(this, next, entry) };
    }

    private Review To(ReviewStatus status, Entry<ReviewFact> entry) => this with { Status = status, On = On.RemoveRange(On.Keys.Where(s => s > status)).SetItem(status, entry.OccurredOn) };

    private Review WithEntry(string id, Func<AgendaEntry, AgendaEntry> change) => this with { Agenda = [.. Agenda.Select(e => e.Id == id ? change(e) : e)] };
}

/// <summary>How a department attends.</summary>
internal sealed record AttendanceState(Attendance Attendance, string? Delegate, long Version);

/// <summary>An agenda entry.</summary>
/// <param name="Question">What is asked; null once redacted.</param>
/// <param name="Wanted">The decision that is wanted.</param>
/// <param name="MadeBy">Id of the command that put it on the agenda.</param>
/// <param name="ChangedAt">Version at which what it is about was last said.</param>
/// <param name="ChangedOn">The day of that.</param>
/// <param name="AskedAt">Version at which what is asked of it was last said: what was said before is to another question.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="Opinions">All opinions, in the order in which they came.</param>
/// <param name="Outcome">Null until it is concluded.</param>
/// <param name="ConcludedAt">Version of its conclusion.</param>
/// <param name="ConcludedUnder">The plan by whose deadline it was concluded: putting the session off later changes nothing of what counted.</param>
/// <param name="Remarks">What the chair remarked.</param>
/// <param name="ReopenedAt">Version at which a conclusion was last taken back: opinions after the deadline count, too, since.</param>
internal sealed record AgendaEntry(
    string Id,
    AgendaSubject Subject,
    string? Question,
    string? Wanted,
    string MadeBy,
    long ChangedAt,
    DateOnly ChangedOn,
    long AskedAt,
    long Version,
    ImmutableArray<Opinion> Opinions,
    Outcome? Outcome = null,
    long? ConcludedAt = null,
    ReviewPlan? ConcludedUnder = null,
    string? Remarks = null,
    long? ReopenedAt = null)
{
    public static AgendaEntry Of(string id, AgendaSubject subject, Entry<ReviewFact> entry) =>
        new(id, subject, entry.Texts.GetValueOrDefault(ReviewFact.Question), entry.Texts.GetValueOrDefault(ReviewFact.Wanted), entry.CommandId, entry.Version, entry.OccurredOn, entry.Version, entry.Version, []);

    public AgendaEntry Changed(EntryChanged fact, Entry<ReviewFact> entry) =>
        Of(Id, fact.Subject, entry) with { MadeBy = MadeBy, AskedAt = fact.AsksAnew ? entry.Version : AskedAt, Opinions = Opinions, ReopenedAt = ReopenedAt };

    public AgendaEntry WithOpinion(Opinion opinion) => this with { Opinions = Opinions.Add(opinion), Version = opinion.Version };

    public AgendaEntry ConcludedAs(Outcome outcome, ReviewPlan plan, Entry<ReviewFact> entry) =>
        this with { Outcome = outcome, ConcludedAt = entry.Version, ConcludedUnder = plan, Remarks = entry.Texts.GetValueOrDefault(ReviewFact.Remarks), Version = entry.Version };

    public AgendaEntry Reopened(ReviewPlan plan, Entry<ReviewFact> entry) =>
        (ConcludedUnder!.IsTimedAs(plan) ? this : Unpresumed()) with { Outcome = null, ConcludedAt = null, ConcludedUnder = null, Remarks = null, ReopenedAt = entry.Version, Version = entry.Version };

    /// <summary>Without the agreement that silence was taken for: another deadline holds now.</summary>
    public AgendaEntry Unpresumed() => this with { Opinions = [.. Opinions.Where(o => !o.Deemed)] };
}

/// <summary>What a department said to an entry, or is taken to have said.</summary>
/// <param name="Deemed">Whether it kept silent, and so counts as agreeing.</param>
/// <param name="Ground">Conditions, legal ground, or what more is needed; null once redacted.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Day">The day it was given, by what paper shows.</param>
internal sealed record Opinion(string Department, Stance Stance, bool Deemed, string? Ground, DateTimeOffset At, DateOnly Day, long Version);
