namespace Agency.Calendar;

/// <summary>The working calendar as this silo knows it: an immutable snapshot, renewed when a new version is made.</summary>
public interface ICalendarSource
{
    /// <summary>The newest version that this silo has.</summary>
    WorkingCalendar Current { get; }

    /// <summary>A version by its number; null if there is none.</summary>
    ValueTask<WorkingCalendar?> Get(int version, CancellationToken cancellationToken = default);
}
