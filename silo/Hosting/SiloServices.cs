using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Feeds;
using Agency.Silo.Notifications;
using Agency.Silo.Portfolio;
using Agency.Silo.Reminders;
using Agency.Silo.Reviews;
using Agency.Silo.Schedules;
using Agency.Silo.Silos;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo.Hosting;

/// <summary>What every silo has, whatever it stores in and whoever else is there.</summary>
internal static class SiloServices
{
    /// <param name="builder">The host.</param>
    /// <param name="silo">What is this silo's own: where it listens and how it finds the others.</param>
    /// <exception cref="StartupException">A setting, or a file of data/, cannot be used.</exception>
    public static void AddSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder> silo)
    {
        builder.Services.AddCatalogue().AddReviews().AddSweep().AddNotifications().AddFeeds(builder.Configuration).AddChannels(builder.Configuration);
        builder.UseOrleans(orleans =>
        {
            silo(orleans);
            orleans.AddCalendar().AddPortfolio().AddReports();
        });
        builder.Services.AddSchedules(ScheduleOptions.Read(builder.Configuration));
    }
}
