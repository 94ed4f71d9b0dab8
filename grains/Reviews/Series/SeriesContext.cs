using Agency.Calendar;
using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>What a series' deciders are given beside command and state.</summary>
/// <param name="Calendar">The working calendar to shift and count by.</param>
/// <param name="Recurrence">Reads the rule.</param>
internal sealed record SeriesContext(Act Act, Moment Moment, WorkingCalendar Calendar, ReviewRules Rules, IRecurrence Recurrence)
{
    /// <summary>A fact of the command, as it will be recorded.</summary>
    public Entry<SeriesFact> Entry(SeriesFact fact, long version, bool withTexts = false) =>
        new(version, fact, Moment.Now, Moment.Today, Act.Actor, null, Act.CommandId, Calendar.Version, withTexts ? Act.Texts ?? Act.NoTexts : Act.NoTexts);
}
