using Agency.Reminders;
using Agency.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Reminders;

public static class ReminderServices
{
    /// <summary>The job that sweeps, for whoever fires jobs.</summary>
    public static IServiceCollection AddSweep(this IServiceCollection services) => services.AddSingleton<IScheduledJob, SweepJob>();
}
