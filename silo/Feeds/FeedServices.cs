using Agency.Feeds;
using Agency.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Feeds;

public static class FeedServices
{
    /// <summary>What feeds and invitations are written with.</summary>
    /// <param name="configuration">Null: invitations have their default.</param>
    /// <exception cref="StartupException">A setting cannot be used.</exception>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration? configuration = null) => services
        .AddSingleton(configuration is null ? new() : Settings.Read<InvitationOptions>(configuration, InvitationOptions.Section))
        .AddSingleton<ICalendarWriter, IcalWriter>();
}
