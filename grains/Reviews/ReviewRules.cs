using System.Globalization;
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
/// <param name="PromisedAction">What an adopted scenario's promised decision has its department do: with <c>{year}</c>, <c>{month}</c>, <c>{day}</c> and <c>{item}</c>, the item's name.</param>
/// <param name="SessionDropped">Why a series cancels a session that its rule has no longer; stored with it.</param>
/// <param name="SeriesEnded">The same, of a series that has ended.</param>
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
    string PromisedAction,
    string SessionDropped,
    string SeriesEnded)
{
    /// <summary>The number of minutes as it is written.</summary>
    public string NumberOf(int year, int number) => Template.Fill(MinutesNumber, ("year", Written(year)), ("number", Written(number)));

    /// <summary>What is to be done where the decision of an item is promised by a day.</summary>
    /// <param name="item">Name of the item.</param>
    public string ActionOf(string item, DateOnly by) => Template.Fill(PromisedAction, ("year", Written(by.Year)), ("month", Written(by.Month)), ("day", Written(by.Day)), ("item", item));

    /// <summary>So many working days ahead departments are to be told of a session, and of what it asks of them.</summary>
    internal int NoticeOf(Review review) => review.Draft!.Series is null ? AdHocNoticeWorkingDays : NoticeWorkingDays;

    /// <summary>The light of a resolution: grey while nothing of it is to be done by its units.</summary>
    internal Light LightOf(ResolutionSummary resolution, DateOnly today, WorkingCalendar calendar) =>
        !resolution.IsPending ? Light.Grey
        : today > resolution.DueDate ? Light.Red
        : calendar.Count(today, resolution.DueDate) <= ResolutionYellowWorkingDays ? Light.Yellow : Light.Green;

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);
}
