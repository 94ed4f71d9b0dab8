using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>A session as clients see it today.</summary>
/// <param name="Version">Of the last fact of it.</param>
/// <param name="Title">Null once redacted.</param>
/// <param name="Series">Id of the series that it was made for; null: ad hoc.</param>
/// <param name="Departments">Codes of the departments concerned.</param>
/// <param name="Dates">The day of each step to where it stands.</param>
/// <param name="MinutesNumber">155会〔2026〕第12期; null until the minutes are issued.</param>
/// <param name="IssueBy">Last working day for the minutes; null until it is concluded.</param>
[GenerateSerializer, Immutable, Alias("agency.review-view")]
public sealed record ReviewView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] ReviewKind Kind,
    [property: Id(3)] ReviewStatus State,
    [property: Id(4)] string? Title,
    [property: Id(5)] ReviewPlan Plan,
    [property: Id(6)] string? Series,
    [property: Id(7)] DateOnly? Occurrence,
    [property: Id(8)] ImmutableArray<string> Departments,
    [property: Id(9)] ImmutableArray<AttendanceView> Attendance,
    [property: Id(10)] ImmutableArray<AgendaEntryView> Agenda,
    [property: Id(11)] ImmutableArray<ResolutionView> Resolutions,
    [property: Id(12)] ImmutableSortedDictionary<ReviewStatus, DateOnly> Dates,
    [property: Id(13)] string? MinutesNumber,
    [property: Id(14)] DateOnly? IssueBy)
{
    /// <summary>The session as the actor sees it; null if there is none, or none for it. A department sees the entries that concern it, the resolutions
    /// that it leads or assists, and how it attends itself.</summary>
    internal static ReviewView? Of(string id, Review review, Actor actor, Moment moment, CityData city, WorkingCalendar calendar, DepartmentCodes departments)
    {
        if (!review.IsSeenBy(actor)) return null;
        var (draft, own) = (review.Draft!, actor.OwnOnly ? actor.Department : null);
        AgendaEntry[] agenda = [.. review.Agenda.Where(e => Review.IsSeenBy(e, actor))];
        string[] concerned = [.. agenda.SelectMany(e => e.Subject.Departments).Distinct().Order(StringComparer.Ordinal)];
        return new(
            id,
            review.Version,
            draft.Kind,
            review.Status,
            review.Title,
            review.Plan,
            draft.Series,
            draft.Occurrence,
            [.. concerned],
            [.. concerned.Where(d => own is null || d == own).Select(d => AttendanceView.Of(d, review))],
            [.. agenda.Select(e => AgendaEntryView.Of(id, e, review, actor, moment, city, calendar, departments))],
            [.. review.Resolutions.Where(r => r.IsShownTo(actor)).Select(r => ResolutionView.Of(id, r, moment.Today, city.Reviews, calendar))],
            review.On,
            review.Minutes is var (year, number) ? city.Reviews.NumberOf(year, number) : null,
            review.On.TryGetValue(ReviewStatus.Concluded, out var concluded) ? calendar.Add(concluded, city.Reviews.IssueWorkingDays) : null);
    }
}

/// <summary>A session as its minutes hold it.</summary>
/// <param name="AsOf">When the last fact in them was recorded.</param>
/// <param name="CalendarVersion">The calendar by which days were counted then.</param>
[GenerateSerializer, Immutable, Alias("agency.issued-review")]
public sealed record IssuedReview([property: Id(0)] ReviewView View, [property: Id(1)] DateTimeOffset AsOf, [property: Id(2)] int CalendarVersion);

/// <summary>How a department attends.</summary>
/// <param name="Notified">Whether it has been told of the session as it is now.</param>
/// <param name="Reminded">Whether it has been reminded of its opinions since.</param>
/// <param name="Attendance">Null while it has said nothing.</param>
[GenerateSerializer, Immutable, Alias("agency.attendance-view")]
public sealed record AttendanceView(
    [property: Id(0)] string Department,
    [property: Id(1)] bool Notified,
    [property: Id(2)] bool Reminded,
    [property: Id(3)] Attendance? Attendance,
    [property: Id(4)] string? Delegate,
    [property: Id(5)] long Version)
{
    internal static AttendanceView Of(string department, Review review)
    {
        var standing = review.Attendance.GetValueOrDefault(department);
        var changed = review.Agenda.Where(e => e.Subject.Departments.Contains(department)).Select(e => e.ChangedAt).Append(review.PlannedAt).Max();
        return new(
            department,
            review.NotifiedAt.GetValueOrDefault(department) > changed,
            review.RemindedAt.GetValueOrDefault(department) > changed,
            standing?.Attendance,
            standing?.Delegate,
            standing?.Version ?? 0);
    }
}

/// <summary>An agenda entry.</summary>
/// <param name="Question">Null once redacted.</param>
/// <param name="Wanted">The decision that is proposed; null where none is, and once redacted.</param>
/// <param name="Opinions">Of each department that counts one; those that came too late besides.</param>
/// <param name="Silent">Codes of the departments that owe an opinion, or owed one to the end.</param>
/// <param name="Resolutions">Ids of its resolutions, without those that were taken back.</param>
[GenerateSerializer, Immutable, Alias("agency.agenda-entry-view")]
public sealed record AgendaEntryView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] AgendaSubject Subject,
    [property: Id(3)] string? Question,
    [property: Id(4)] string? Wanted,
    [property: Id(5)] ImmutableArray<OpinionView> Opinions,
    [property: Id(6)] ImmutableArray<string> Silent,
    [property: Id(7)] Outcome? Outcome,
    [property: Id(8)] string? Remarks,
    [property: Id(9)] ImmutableArray<string> Resolutions)
{
    internal static AgendaEntryView Of(string review, AgendaEntry entry, Review session, Actor actor, Moment moment, CityData city, WorkingCalendar calendar, DepartmentCodes departments)
    {
        var deemed = EntryOpinions.Deemed(entry, session, moment, city, calendar, departments).ToHashSet(StringComparer.Ordinal);
        return new(
            entry.Id,
            entry.Version,
            entry.Subject,
            entry.Question,
            entry.Wanted,
            [.. OpinionView.Of(entry, session.Plan, moment, deemed)],
            [.. EntryOpinions.Silent(entry, session.Plan).Where(d => !deemed.Contains(d))],
            entry.Outcome,
            entry.Remarks,
            [.. session.Resolutions.Where(r => r.Entry == entry.Id && r.Status != ResolutionStatus.Withdrawn && r.IsShownTo(actor)).Select(r => ResolutionId.Of(review, r.Number))]);
    }
}

/// <summary>What a department said to an entry, or is taken to have said.</summary>
/// <param name="Ground">Null where none was given, and once redacted.</param>
/// <param name="At">When it was recorded; of an agreement that is deemed and not recorded yet: now.</param>
/// <param name="Counts">Whether it is the one that counts: the department's last before the deadline, or since the chair reopened the entry.</param>
[GenerateSerializer, Immutable, Alias("agency.opinion-view")]
public sealed record OpinionView(
    [property: Id(0)] string Department,
    [property: Id(1)] Stance Stance,
    [property: Id(2)] bool Deemed,
    [property: Id(3)] string? Ground,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] bool Counts,
    [property: Id(6)] long Version)
{
    internal static IEnumerable<OpinionView> Of(AgendaEntry entry, ReviewPlan plan, Moment moment, HashSet<string> deemed)
    {
        foreach (var department in entry.Subject.Departments.Concat(entry.Opinions.Select(o => o.Department)).Distinct())
        {
            var counting = EntryOpinions.Counting(entry, department, plan);
            if (counting is not null) yield return Of(counting, counts: true);
            if (deemed.Contains(department)) yield return new(department, Stance.Agree, true, null, moment.Now, true, 0);
            foreach (var late in EntryOpinions.Late(entry, department, plan).Where(o => o != counting)) yield return Of(late, counts: false);
        }
    }

    internal static OpinionView Of(Opinion o, bool counts) => new(o.Department, o.Stance, o.Deemed, o.Ground, o.At, counts, o.Version);
}

/// <summary>A session in a list.</summary>
/// <param name="Title">Null once redacted.</param>
/// <param name="HeldOn">The day on which it is held, or by which opinions are due.</param>
/// <param name="OpenResolutions">How many of its resolutions are still to be done.</param>
[GenerateSerializer, Immutable, Alias("agency.review-listing")]
public sealed record ReviewListing(
    [property: Id(0)] string Id,
    [property: Id(1)] ReviewKind Kind,
    [property: Id(2)] ReviewStatus State,
    [property: Id(3)] string? Title,
    [property: Id(4)] ReviewPlan Plan,
    [property: Id(5)] DateOnly? HeldOn,
    [property: Id(6)] string? Series,
    [property: Id(7)] DateOnly? Occurrence,
    [property: Id(8)] int Entries,
    [property: Id(9)] int Resolutions,
    [property: Id(10)] int OpenResolutions,
    [property: Id(11)] string? MinutesNumber,
    [property: Id(12)] long Version)
{
    internal static ReviewListing Of(ReviewView view) => new(
        view.Id,
        view.Kind,
        view.State,
        view.Title,
        view.Plan,
        view.Plan.HeldOn,
        view.Series,
        view.Occurrence,
        view.Agenda.Length,
        view.Resolutions.Count(r => r.State != ResolutionStatus.Withdrawn),
        view.Resolutions.Count(r => r.State is ResolutionStatus.Given or ResolutionStatus.UnderWay or ResolutionStatus.Completed),
        view.MinutesNumber,
        view.Version);
}
