using Agency.Calendar;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>Of when, and as known when, a project is asked about (domain 7, bitemporal). The three combine.</summary>
/// <param name="AsOf">Facts that happened up to this day, clocks at its end; null: today. Not after today.</param>
/// <param name="RecordedBy">Facts recorded by this instant alone; null: all. Not after now.</param>
/// <param name="CalendarVersion">The calendar version to count by, one that there is; null: the current one.</param>
[GenerateSerializer, Immutable, Alias("agency.as-known")]
public readonly record struct AsKnown([property: Id(0)] DateOnly? AsOf, [property: Id(1)] DateTimeOffset? RecordedBy, [property: Id(2)] int? CalendarVersion)
{
    /// <summary>All that is known, today.</summary>
    public static AsKnown Now { get; }

    /// <summary>The project as asked for; null if it was not registered.</summary>
    internal ProjectViews? Views(ProjectState state, PlanBook plans, DepartmentCodes departments, WorkingCalendar calendar, Moment now)
    {
        var known = now;
        if (RecordedBy is { } instant)
        {
            state = state.RecordedBy(instant);
            known = new(instant, ShanghaiTime.DayOf(instant));
        }

        if (state.Plan is not { } inputs) return null;
        var whole = plans.Of(inputs);
        if (AsOf < now.Today) state = state.AsOf(AsOf.Value);
        var timeline = PlanTimeline.Of(state, whole, plans);

        // What the system has recorded since, a past day does not hang on: it has its own stages reached.
        if (AsOf < now.Today) state = state.Standing(new(state, timeline));
        return new(state, timeline, departments, calendar, known, AsOf ?? now.Today, LightRule.Default);
    }
}
