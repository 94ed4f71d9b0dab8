using Agency.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agency.Silo.Feeds;

public static class FeedServices
{
    /// <summary>What feeds and invitations are written with. <see cref="InvitationOptions"/> may be registered before or after; by default they stand.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.TryAddSingleton(new InvitationOptions());
        return services.AddSingleton<ICalendarWriter, IcalWriter>();
    }
}
