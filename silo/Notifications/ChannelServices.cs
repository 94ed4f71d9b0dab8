using System.ComponentModel.DataAnnotations;
using Agency.Notifications;
using Agency.Schedules;
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
            .AddSingleton(Settings<DeliveryOptions>(configuration, DeliveryOptions.Section))
            .AddSingleton<IScheduledJob, DeliveriesJob>()
            .AddSingleton<Addressees>();

        var mail = Settings<MailOptions>(configuration, MailOptions.Section);
        if (mail.Host is not null) services.AddSingleton(mail).AddSingleton<MailWriter>().AddSingleton<IChannel, MailChannel>();

        var sms = Settings<SmsOptions>(configuration, SmsOptions.Section);
        if (sms.Url is not null) services.AddSingleton(sms).AddSingleton<IChannel, SmsChannel>();

        return services
            .AddSingleton(Settings<WebhookOptions>(configuration, WebhookOptions.Section))
            .AddSingleton<PublicAddresses>()
            .AddSingleton<IWebhookAddresses>(provider => provider.GetRequiredService<PublicAddresses>())
            .AddSingleton<IChannel, WebhookChannel>();
    }

    private static T Settings<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting cannot be read: {e.Message}", e);
        }

        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true) ? options : throw new StartupException(errors[0].ErrorMessage ?? $"The section {section} is wrong.");
    }
}
