using Agency.Calendar;
using Agency.Reviews;

namespace Agency.Reminders;

/// <summary>What stands of sessions and their resolutions, as their summaries alone tell.</summary>
internal static class SessionMatters
{
    /// <summary>Of the session itself.</summary>
    public static IEnumerable<Matter> Of(ReviewSummary review, WorkingCalendar calendar, ReviewRules rules)
    {
        if (review is { Status: ReviewStatus.Convened, HeldOn: { } day })
        {
            if (review.Kind != ReviewKind.WrittenConsultation) yield return new(MatterKind.Session, "", day, Person: review.Plan.Chair, Until: day);
            foreach (var owed in review.Owed)
            {
                foreach (var department in owed.Departments) yield return new(MatterKind.Opinion, owed.Entry, day, department, Until: day, AskedAt: owed.AskedAt);
            }
        }

        if (review is { Status: ReviewStatus.Concluded or ReviewStatus.MinutesDrafted, ConcludedOn: { } concluded })
            yield return new(MatterKind.Minutes, "", calendar.Add(concluded, rules.IssueWorkingDays), Person: review.Plan.Chair);
    }

    /// <summary>Of one of its resolutions.</summary>
    public static IEnumerable<Matter> Of(ResolutionSummary resolution, WorkingCalendar calendar, ReviewRules rules)
    {
        if (resolution is { Status: ResolutionStatus.Given, GivenOn: { } given }) yield return new(MatterKind.Receipt, "", calendar.Add(given, rules.ReceiptWorkingDays), resolution.Lead);
        if (resolution.IsPending) yield return new(MatterKind.Resolution, "", resolution.DueDate, resolution.Lead);
    }
}
