using Agency.Calendar;

namespace Agency.Portfolio;

/// <summary>Which of a shard's projects a sweep has to look at. Each is looked at once when it is new, when it has changed, and when the calendar has; then again when
/// its next day comes.</summary>
internal sealed class SweepIndex(IReadOnlyDictionary<string, PortfolioRow> rows)
{
    private int? _calendar;

    /// <summary>Where something is to be recorded.</summary>
    public DueIndex Recording { get; } = new(rows);

    /// <summary>Where somebody is to be reminded.</summary>
    public DueIndex Telling { get; } = new(rows);

    /// <summary>A project is new, or has changed.</summary>
    public void Put(PortfolioRow row)
    {
        if (!row.IsProject) return;
        Recording.Put(row, DateOnly.MinValue);
        Telling.Put(row, DateOnly.MinValue);
    }

    /// <summary>A new calendar moves any day: what was told by another is told anew where it has moved.</summary>
    public void Turn(WorkingCalendar calendar)
    {
        if (_calendar == calendar.Version) return;
        var first = _calendar is null;
        _calendar = calendar.Version;
        if (first) return;
        Recording.Clear();
        Telling.Clear();
        foreach (var row in rows.Values)
        {
            row.ToldOn = null;
            Put(row);
        }
    }
}
