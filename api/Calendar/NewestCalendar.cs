using Agency.Calendar;

namespace Agency.Api.Calendar;

/// <summary>The newest working calendar, by its record; read anew when there is a newer one.</summary>
internal sealed class NewestCalendar(IGrainFactory grains)
{
    private WorkingCalendar? _known;

    public async Task<WorkingCalendar> Get()
    {
        var known = Volatile.Read(ref _known);
        if (await grains.Calendar().Newest(known?.Version ?? 0) is { } newer) Volatile.Write(ref _known, known = newer.ToCalendar());
        return known ?? throw new InvalidOperationException("The working calendar is not there yet.");
    }
}
