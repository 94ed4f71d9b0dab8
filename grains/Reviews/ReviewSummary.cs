using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>A session's summary row: what lists and proposals choose by. Texts beside the facts are not in it: they could not be redacted there.
/// Stored; a new member is optional.</summary>
/// <param name="TakenUp">Ids of the entries of earlier sessions that its agenda takes up; the default where an older summary is read.</param>
internal sealed record ReviewSummary(
    ReviewKind Kind,
    ReviewStatus Status,
    ReviewPlan Plan,
    string? Series,
    DateOnly? Occurrence,
    ImmutableArray<string> Departments,
    ImmutableArray<DeferredEntry> Deferred,
    ImmutableArray<ResolutionSummary> Resolutions,
    bool IsTold,
    ImmutableArray<string> TakenUp = default)
{
    /// <summary>The entries to which opinions are owed.</summary>
    public ImmutableArray<OwedOpinions> Owed { get; init; } = [];

    /// <summary>The day on which it concluded.</summary>
    public DateOnly? ConcludedOn { get; init; }

    /// <summary>The day on which it is held, or by which opinions are due.</summary>
    internal DateOnly? HeldOn => Plan.HeldOn;

    /// <summary>Whether it was held and is over.</summary>
    internal bool HasConcluded => Status is >= ReviewStatus.Concluded and not ReviewStatus.Cancelled;

    /// <summary>Whether the actor sees the session.</summary>
    public bool IsSeenBy(Actor actor) => !actor.OwnOnly
        || (IsTold && actor is { Role: Role.Department, Department: { } department } && (Departments.Contains(department) || Resolutions.Any(r => r.IsShownTo(actor))));

    /// <summary>The state's; null while there is no session.</summary>
    public static ReviewSummary? Of(Review review) => review.Draft is not { } draft ? null : new(
        draft.Kind,
        review.Status,
        review.Plan with { Place = null },
        draft.Series,
        draft.Occurrence,
        [.. review.Concerned],
        [.. review.Agenda.Where(e => e.Outcome == Outcome.Deferred).Select(e => new DeferredEntry(e.Id, e.Subject))],
        [.. review.Resolutions.Select(r => r.Summary)],
        review.IsTold,
        [.. review.Agenda.Select(e => e.Subject.DeferredFrom).OfType<string>()])
    {
        Owed = review.IsUnderWay
            ? [.. review.Agenda.Where(e => e.Outcome is null).Select(e => new OwedOpinions(e.Id, [.. EntryOpinions.Silent(e, review.Plan)], EntryOpinions.AskedAt(e, review))).Where(o => !o.Departments.IsEmpty)]
            : [],
        ConcludedOn = review.On.TryGetValue(ReviewStatus.Concluded, out var concluded) ? concluded : null,
    };

    public static ReviewSummary Read(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<ReviewSummary>(bytes.Span, FactJson.Options) ?? throw new JsonException("An empty session.");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, FactJson.Options);
}

/// <summary>An entry to which some departments have given no opinion that counts.</summary>
/// <param name="AskedAt">Version of the session since which entry and time are as they are (<see cref="EntryOpinions.AskedAt"/>).</param>
internal sealed record OwedOpinions(string Entry, ImmutableArray<string> Departments, long AskedAt = 0);

/// <summary>An entry that the chair deferred to the next session.</summary>
internal sealed record DeferredEntry(string Entry, AgendaSubject Subject)
{
    /// <summary>By what it is named outside of its session: the session's id and its own there, <c>r1f0c/E3</c>.</summary>
    public static string IdOf(string review, string entry) => $"{review}/{entry}";
}

/// <summary>What a resolution is chosen by.</summary>
internal sealed record ResolutionSummary(int Number, ResolutionStatus Status, string Lead, ImmutableArray<string> Assisting, string? Project, DateOnly DueDate, string? Item = null, DateOnly? GivenOn = null)
{
    /// <summary>Whether a department leads or assists.</summary>
    public bool Concerns(string? department) => department is not null && (Lead == department || Assisting.Contains(department));

    /// <summary>Whether the actor is shown it: of departments those alone that lead or assist, once it is given to them.</summary>
    public bool IsShownTo(Actor actor) =>
        !actor.OwnOnly || (actor.Role == Role.Department && Concerns(actor.Department) && Status is not (ResolutionStatus.Taken or ResolutionStatus.Withdrawn));

    /// <summary>Whether something of it is still to be done by its units.</summary>
    internal bool IsPending => Status is ResolutionStatus.Given or ResolutionStatus.UnderWay;

    /// <summary>Whether it is still to be done.</summary>
    internal bool IsOpen => IsPending || Status == ResolutionStatus.Completed;
}
