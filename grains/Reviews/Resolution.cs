using System.Collections.Immutable;
using System.Globalization;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>Where a resolution stands.</summary>
public enum ResolutionStatus
{
    /// <summary>Taken, and its session not over: it is given to nobody yet.</summary>
    Taken,

    /// <summary>交办: given to its lead unit.</summary>
    Given,

    /// <summary>办理中: signed for, and under way.</summary>
    UnderWay,

    /// <summary>Its lead unit says that it is done; the office is to confirm.</summary>
    Completed,

    /// <summary>销号.</summary>
    Closed,

    /// <summary>Its conclusion was taken back.</summary>
    Withdrawn,
}

/// <summary>By what a resolution is named outside of its session: the session's id and its number there, <c>r1f0c-3</c>.</summary>
public static class ResolutionId
{
    public static string Of(string review, int number) => $"{review}-{number}";

    /// <summary>The session and the number of an id; false if it is none.</summary>
    public static bool TryParse(string id, out string review, out int number)
    {
        var hyphen = id.LastIndexOf('-');
        (review, number) = (hyphen > 0 ? id[..hyphen] : "", 0);
        return hyphen > 0
            && int.TryParse(id.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && id == Of(review, number)
            && ReviewFact.IsId(review);
    }
}

/// <summary>A resolution 议定事项 of a session.</summary>
/// <param name="Number">In the session, from 1.</param>
/// <param name="Entry">Id of the agenda entry.</param>
/// <param name="Action">What is to be done; null once redacted.</param>
/// <param name="DueDate">As it is now.</param>
/// <param name="PromisedFor">As it was before its extension; null: it had none.</param>
/// <param name="AskedFor">The day that the lead unit asks for; null: for none, or it was decided.</param>
/// <param name="Ladder">The steps by which it was chased, with their days.</param>
/// <param name="ClosedOn">The day of the lead unit's report that the office confirmed.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
internal sealed record Resolution(
    int Number,
    string Entry,
    ResolutionDraft Draft,
    string? Action,
    string? Deliverable,
    ResolutionStatus Status,
    DateOnly DueDate,
    DateOnly? GivenDay,
    DateOnly? ReceivedOn,
    DateOnly? PromisedFor,
    DateOnly? AskedFor,
    ImmutableArray<(LadderStep Step, DateOnly Day, string? DocumentNumber)> Ladder,
    ImmutableArray<(DateOnly Day, string? Text)> Progress,
    DateOnly? CompletedOn,
    ImmutableArray<SubmittedMaterial> Evidence,
    DateOnly? ClosedOn,
    DateOnly LastDay,
    long Version)
{
    /// <summary>Whether it is still to be done.</summary>
    public bool IsOpen => Summary.IsOpen;

    /// <summary>Whether something of it is still to be done by its units.</summary>
    public bool IsPending => Summary.IsPending;

    /// <summary>What it is chosen by.</summary>
    public ResolutionSummary Summary => new(Number, Status, Draft.Lead, Draft.Assisting, Draft.Project, DueDate, Draft.Item, GivenDay);

    /// <summary>The step of the ladder that comes after those taken; null after the last.</summary>
    public LadderStep? NextStep => Enum.GetValues<LadderStep>() is var all && Ladder.Length < all.Length ? all[Ladder.Length] : null;

    /// <summary>Whether the actor is shown it: of departments those alone that lead or assist, once it is given to them.</summary>
    public bool IsShownTo(Actor actor) => Summary.IsShownTo(actor);

    /// <summary>Whether it is not done after its last day.</summary>
    public bool IsOverdue(DateOnly day) => IsPending && day > DueDate;

    /// <summary>Those of a conclusion, numbered on after <paramref name="before"/>.</summary>
    public static IEnumerable<Resolution> Of(EntryConcluded fact, int before, Entry<ReviewFact> entry)
    {
        return fact.Resolutions.Select((draft, i) => new Resolution(
            before + i + 1, fact.Entry, draft, Text(i, "action"), Text(i, "deliverable"), ResolutionStatus.Taken, draft.DueDate, null, null, null, null, [], [], null, [], null, entry.OccurredOn, entry.Version));

        string? Text(int index, string member) => entry.Texts.GetValueOrDefault(ResolutionDraft.TextName(index, member));
    }

    public Resolution Withdrawn(Entry<ReviewFact> entry) => this with { Status = ResolutionStatus.Withdrawn, Version = entry.Version };

    public Resolution GivenOn(Entry<ReviewFact> entry) => Status == ResolutionStatus.Taken
        ? this with { Status = ResolutionStatus.Given, GivenDay = entry.OccurredOn, LastDay = entry.OccurredOn, Version = entry.Version }
        : this;

    public Resolution With(ResolutionFact fact, Entry<ReviewFact> entry)
    {
        var next = fact switch
        {
            ResolutionReceived => this with { Status = ResolutionStatus.UnderWay, ReceivedOn = entry.OccurredOn },
            ResolutionExtensionRequested f => this with { AskedFor = f.DueDate },
            ResolutionExtended f => this with { PromisedFor = DueDate, DueDate = f.DueDate, AskedFor = null },
            ResolutionUrged f => this with { Ladder = Ladder.Add((f.Step!.Value, entry.OccurredOn, f.DocumentNumber)) },
            ResolutionProgressed => this with { Progress = Progress.Add((entry.OccurredOn, entry.Texts.GetValueOrDefault(ReviewFact.Progress))) },
            ResolutionCompleted f => this with { Status = ResolutionStatus.Completed, CompletedOn = entry.OccurredOn, Evidence = f.Evidence },
            ResolutionReturned => this with { Status = ResolutionStatus.UnderWay, CompletedOn = null, Evidence = [] },
            ResolutionConfirmed => this with { Status = ResolutionStatus.Closed, ClosedOn = CompletedOn },
            _ => throw new NotSupportedException($"{fact.GetType().Name} is no fact of a resolution."),
        };
        return next with { LastDay = entry.OccurredOn, Version = entry.Version };
    }
}
