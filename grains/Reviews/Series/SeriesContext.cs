using Agency.Calendar;
using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>What a series' deciders are given beside command and state.</summary>
/// <param name="Calendar">The working calendar to shift and count by.</param>
/// <param name="Recurrence">Reads the rule.</param>
internal sealed record SeriesContext(Act Act, Moment Moment, WorkingCalendar Calendar, ReviewRules Rules, IRecurrence Recurrence)
{
    /// <summary>The same with these texts alone, those that there are; the place is one, so that it can be redacted.</summary>
    public SeriesContext With(string? title, string? place)
    {
        var texts = title is null ? Act.NoTexts : Act.NoTexts.Add(SeriesFact.Title, title);
        return this with { Act = Act with { Texts = place is null ? texts : texts.Add(SeriesFact.Place, place) } };
    }

    /// <summary>A fact of the command, as it will be recorded.</summary>
    public Entry<SeriesFact> Entry(SeriesFact fact, long version, bool withTexts = false) =>
        new(version, fact, Moment.Now, Moment.Today, Act.Actor, null, Act.CommandId, Calendar.Version, withTexts ? Act.Texts ?? Act.NoTexts : Act.NoTexts);
}
