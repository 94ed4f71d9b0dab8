using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;

namespace Agency.Reviews;

/// <summary>What review sessions count by, as the city has it (data/reviews.json); all days are working days.</summary>
/// <param name="NoticeWorkingDays">Ahead of a regular session departments are called.</param>
/// <param name="AdHocNoticeWorkingDays">Ahead of one that no series made.</param>
/// <param name="IssueWorkingDays">In so many after its conclusion the minutes are to be issued.</param>
/// <param name="ReceiptWorkingDays">In so many a resolution is to be signed for.</param>
/// <param name="ResolutionYellowWorkingDays">A resolution is yellow with so many left.</param>
/// <param name="NoProgressWorkingDays">A project of which nothing has been recorded for so many is proposed.</param>
/// <param name="NewProjectWorkingDays">A major project is new for so many after its registration.</param>
/// <param name="AheadWorkingDays">So far ahead the sessions of a series are made.</param>
/// <param name="MinutesNumber">With <c>{year}</c> and <c>{number}</c>.</param>
/// <param name="ReservedItems">Codes of items for which silence never counts as agreement.</param>
public sealed record ReviewRules(
    int NoticeWorkingDays,
    int AdHocNoticeWorkingDays,
    int IssueWorkingDays,
    int ReceiptWorkingDays,
    int ResolutionYellowWorkingDays,
    int NoProgressWorkingDays,
    int NewProjectWorkingDays,
    int AheadWorkingDays,
    string MinutesNumber,
    ImmutableArray<string> ReservedItems)
{
    /// <summary>The number of minutes as it is written.</summary>
    public string NumberOf(int year, int number) => MinutesNumber.Replace("{year}", $"{year}", StringComparison.Ordinal).Replace("{number}", $"{number}", StringComparison.Ordinal);

    /// <summary>So many working days ahead departments are to be told of a session, and of what it asks of them.</summary>
    internal int NoticeOf(Review review) => review.Draft!.Series is null ? AdHocNoticeWorkingDays : NoticeWorkingDays;

    /// <summary>The light of a resolution: grey while nothing of it is to be done by its units.</summary>
    internal Light LightOf(ResolutionSummary resolution, DateOnly today, WorkingCalendar calendar) =>
        !resolution.IsPending ? Light.Grey
        : today > resolution.DueDate ? Light.Red
        : calendar.Count(today, resolution.DueDate) <= ResolutionYellowWorkingDays ? Light.Yellow : Light.Green;
}
