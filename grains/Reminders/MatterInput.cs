using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Projects;
using Agency.Services;
using Agency.Visits;

namespace Agency.Reminders;

/// <summary>What a project's matter follows from, whatever the calendar and whatever the rules: its day is counted anew whenever it is asked for.</summary>
/// <param name="Code">What of the project it is (<see cref="Matter.Code"/>).</param>
/// <param name="From">The day that is counted from.</param>
/// <param name="Days">So many days after it; 0: it is the day itself, or the city's rules say how many.</param>
/// <param name="Unit">The unit of the days; of a visit natural days unless it is the first contact.</param>
/// <param name="Department">Code of the department that has to act; null: none has.</param>
/// <param name="RecordedOn">Of an application whose silence is acceptance: the day on which its receipt was recorded; null: silence is none.</param>
[GenerateSerializer, Immutable, Alias("agency.matter-input")]
public readonly record struct MatterInput(
    [property: Id(0)] MatterKind Kind,
    [property: Id(1)] string Code,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] int Days = 0,
    [property: Id(4)] DayUnit Unit = DayUnit.WorkingDays,
    [property: Id(5)] string? Department = null,
    [property: Id(6)] DateOnly? RecordedOn = null)
{
    /// <summary>The day of the matter; null while a pause keeps it away.</summary>
    internal DateOnly? DayOn(WorkingCalendar calendar, ProjectSummary project, ServiceRules rules) => Kind switch
    {
        MatterKind.Answer => new Standstill(project.Pauses).Add(From, Days, calendar),
        MatterKind.Visit => VisitPlan.DueOn(From, Unit == DayUnit.WorkingDays, project.PermittedOn, rules.Visits, calendar),
        MatterKind.Case => calendar.Add(From, rules.RatingCaseWorkingDays),
        _ => Days == 0 ? From : Count.Reached(From, Days, Unit, calendar),
    };
}
