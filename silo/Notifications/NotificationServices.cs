using Agency.Notifications;
using Agency.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Notifications;

public static class NotificationServices
{
    /// <summary>What inboxes do at set times: the morning digest, and the end of what is old.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddSingleton<IScheduledJob, DigestJob>().AddSingleton<IScheduledJob, RetentionJob>();
}
