using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Clocks;

namespace Agency.Reviews;

/// <summary>A resolution as clients see it today.</summary>
/// <param name="Id">The session's id and its number there: <c>r1f0c-3</c>.</param>
/// <param name="Light">Grey while nothing of it is to be done by its units; yellow near its due date (<see cref="ReviewRules.ResolutionYellowWorkingDays"/>); red after.</param>
/// <param name="ReceiveBy">Last day to sign for it; null once it is, and while it is not given.</param>
/// <param name="OverdueDays">Working days after its due date; 0 while it is not overdue.</param>
/// <param name="NextStep">The step of the ladder that comes next; null while it is not overdue, or after the last.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-view")]
public sealed record ResolutionView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] string Review,
    [property: Id(3)] string Entry,
    [property: Id(4)] ResolutionStatus State,
    [property: Id(5)] string? Action,
    [property: Id(6)] string? Deliverable,
    [property: Id(7)] string Lead,
    [property: Id(8)] ImmutableArray<string> Assisting,
    [property: Id(9)] string? Project,
    [property: Id(10)] string? Item,
    [property: Id(11)] DateOnly DueDate,
    [property: Id(12)] DateOnly? ExtendedFrom,
    [property: Id(13)] DateOnly? AskedFor,
    [property: Id(14)] Light Light,
    [property: Id(15)] int OverdueDays,
    [property: Id(16)] DateOnly? GivenOn,
    [property: Id(17)] DateOnly? ReceiveBy,
    [property: Id(18)] DateOnly? ReceivedOn,
    [property: Id(19)] ImmutableArray<LadderView> Ladder,
    [property: Id(20)] LadderStep? NextStep,
    [property: Id(21)] ImmutableArray<ResolutionProgress> Progress,
    [property: Id(22)] DateOnly? CompletedOn,
    [property: Id(23)] ImmutableArray<SubmittedMaterial> Evidence,
    [property: Id(24)] DateOnly? ClosedOn)
{
    internal static ResolutionView Of(string review, Resolution r, DateOnly today, ReviewRules rules, WorkingCalendar calendar)
    {
        var overdue = r.IsOverdue(today);
        return new(
            ResolutionId.Of(review, r.Number),
            r.Version,
            review,
            r.Entry,
            r.Status,
            r.Action,
            r.Deliverable,
            r.Draft.Lead,
            r.Draft.Assisting,
            r.Draft.Project,
            r.Draft.Item,
            r.DueDate,
            r.PromisedFor,
            r.AskedFor,
            rules.LightOf(r.Summary, today, calendar),
            overdue ? calendar.Count(r.DueDate, today) : 0,
            r.GivenDay,
            r.Status == ResolutionStatus.Given ? calendar.Add(r.GivenDay!.Value, rules.ReceiptWorkingDays) : null,
            r.ReceivedOn,
            [.. r.Ladder.Select(l => new LadderView(l.Step, l.Day, l.DocumentNumber))],
            overdue ? r.NextStep : null,
            [.. r.Progress.Select(p => new ResolutionProgress(p.Day, p.Text))],
            r.CompletedOn,
            r.Evidence,
            r.ClosedOn);
    }
}

/// <summary>A step by which a resolution was chased.</summary>
[GenerateSerializer, Immutable, Alias("agency.ladder-view")]
public sealed record LadderView([property: Id(0)] LadderStep Step, [property: Id(1)] DateOnly On, [property: Id(2)] string? DocumentNumber);

/// <summary>What was reported of a resolution.</summary>
/// <param name="Text">Null once redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-progress")]
public sealed record ResolutionProgress([property: Id(0)] DateOnly On, [property: Id(1)] string? Text);
