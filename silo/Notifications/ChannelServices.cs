using Agency.Notifications;
using Agency.Schedules;
using Agency.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Silo.Notifications;

public static class ChannelServices
{
    /// <summary>Adds the ways out of the service that are configured: mail and short messages; and webhooks, which are off until one is registered.</summary>
    /// <exception cref="StartupException">A setting cannot be used.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton(Settings.Read<DeliveryOptions>(configuration, DeliveryOptions.Section))
            .AddSingleton<IScheduledJob, DeliveriesJob>()
            .AddSingleton<Addressees>();

        var mail = Settings.Read<MailOptions>(configuration, MailOptions.Section);
        if (mail.Host is not null) services.AddSingleton(mail).AddSingleton<MailWriter>().AddSingleton<IChannel, MailChannel>();

        var sms = Settings.Read<SmsOptions>(configuration, SmsOptions.Section);
        if (sms.Url is not null) services.AddSingleton(sms).AddSingleton<IChannel, SmsChannel>();

        return services
            .AddSingleton(Settings.Read<WebhookOptions>(configuration, WebhookOptions.Section))
            .AddSingleton<PublicAddresses>()
            .AddSingleton<IWebhookAddresses>(provider => provider.GetRequiredService<PublicAddresses>())
            .AddSingleton<IChannel, WebhookChannel>();
    }
}
