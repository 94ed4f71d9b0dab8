using Agency.Calendar;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Calendar;

public static class CalendarHosting
{
    /// <summary>Gives the silo the working calendar: the record's needs, and an <see cref="ICalendarSource"/> that is filled before the
    /// silo serves. Needs an <c>IEventStore</c> that can be read when the silo's application services start, and a <see cref="TimeProvider"/>.</summary>
    /// <param name="holidays">The file of the shipped arrangements; null: data/holidays.json beside the binaries. A bad one stops the start.</param>
    public static ISiloBuilder AddCalendar(this ISiloBuilder silo, string? holidays = null)
    {
        var shipped = HolidayFile.Read(holidays ?? Path.Combine(AppContext.BaseDirectory, "data", "holidays.json"));
        silo.Services
            .AddSingleton(shipped)
            .AddSingleton<CalendarSource>()
            .AddSingleton<ICalendarSource>(services => services.GetRequiredService<CalendarSource>())
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<CalendarSource>())
            .AddSingleton<ICalendarSilos, CalendarSilos>();
        return silo.AddGrainService<CalendarSilo>();
    }
}
