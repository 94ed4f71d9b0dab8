using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.Problems;
using Agency.Progress;

namespace Agency.Services;

/// <summary>What the service to projects counts by, as the city has it (data/service.json).</summary>
/// <param name="ProblemCategories">What a problem can be about.</param>
/// <param name="YellowWorkingDays">A follow-up or a case is yellow from so many working days before its due date.</param>
/// <param name="DutyYellowWorkingDays">快到期: anything else on a worklist that has no clock is yellow with so many working days left.</param>
/// <param name="RatingCaseWorkingDays">In so many working days the case that a bad rating opens is due.</param>
/// <param name="Published">What of a project's progress is told without an account.</param>
public sealed record ServiceRules(ProblemDays ProblemDays, ImmutableArray<ProblemCategory> ProblemCategories, VisitRules Visits, int YellowWorkingDays, int DutyYellowWorkingDays, int RatingCaseWorkingDays, ImmutableArray<PublishedPart> Published)
{
    /// <summary>The light of what is due on a day and not done.</summary>
    internal Light LightOf(DateOnly dueOn, DateOnly today, WorkingCalendar calendar) => LightOf(dueOn, today, calendar, YellowWorkingDays);

    /// <summary>The light of what is to be done by a day and has no light of its own.</summary>
    internal Light LightOfDuty(DateOnly? by, DateOnly today, WorkingCalendar calendar) =>
        by is { } day ? LightOf(day, today, calendar, DutyYellowWorkingDays) : Light.Grey;

    private static Light LightOf(DateOnly by, DateOnly today, WorkingCalendar calendar, int yellow) =>
        today > by ? Light.Red : calendar.Count(today, by) <= yellow ? Light.Yellow : Light.Green;
}

/// <summary>How many working days a problem has at each level.</summary>
public sealed record ProblemDays(int Manager, int Office, int JointReview, int CityLeadership)
{
    public int Of(ProblemLevel level) => level switch
    {
        ProblemLevel.Manager => Manager,
        ProblemLevel.Office => Office,
        ProblemLevel.JointReview => JointReview,
        ProblemLevel.CityLeadership => CityLeadership,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}

/// <summary>What a problem can be about.</summary>
public sealed record ProblemCategory(string Code, string Name, string? NameEn)
{
    /// <summary>The category of a problem that a revocation opens.</summary>
    public const string BasisChanged = "basisChanged";
}

/// <summary>When a manager visits.</summary>
/// <param name="FirstContactWorkingDays">The first time, in working days after the appointment.</param>
/// <param name="DaysBeforeStartPermit">After so many calendar days again, until S3's milestone.</param>
/// <param name="DaysAfterStartPermit">The same from that milestone on.</param>
public sealed record VisitRules(int FirstContactWorkingDays, int DaysBeforeStartPermit, int DaysAfterStartPermit);
