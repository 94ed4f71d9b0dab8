using Agency.Notifications;
using Agency.Silo.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Silo.Notifications;

public sealed class ChannelServicesTests
{
    private const string Mail = "Agency:Mail:Host=mail.example.cn;Agency:Mail:From=a@example.cn;";
    private const string Sms = "Agency:Sms:Url=https://sms.example.cn/{phone}/{text};";

    [Theory]
    [InlineData("", "webhook")]
    [InlineData(Mail, "mail,webhook")]
    [InlineData(Sms, "sms,webhook")]
    [InlineData(Mail + Sms, "mail,sms,webhook")]
    public void What_is_not_configured_is_not_there(string settings, string channels) =>
        Assert.Equal(channels.Split(',').Length, new ServiceCollection().AddChannels(Configuration(settings)).Count(s => s.ServiceType == typeof(IChannel)));

    [Theory]
    [InlineData("Agency:Mail:Host=mail.example.cn", "Agency:Mail:From")]
    [InlineData("Agency:Mail:Host= ;Agency:Mail:From=a@example.cn", "Agency:Mail:Host")]
    [InlineData(Mail + "Agency:Mail:From=nobody", "Agency:Mail:From")]
    [InlineData(Mail + "Agency:Mail:Port=0", "Agency:Mail:Port")]
    [InlineData(Mail + "Agency:Mail:Sender=a@example.cn", "Sender")]
    [InlineData(Mail + "Agency:Mail:Tls=Some", "Agency:Mail:Tls")]
    [InlineData(Mail + "Agency:Mail:User=u", "Agency:Mail:Password")]
    [InlineData(Mail + "Agency:Mail:User=u;Agency:Mail:Password=p;Agency:Mail:Tls=None", "Agency:Mail:Tls")]
    [InlineData(Mail + "Agency:Mail:User=u;Agency:Mail:PasswordFile=/dev/null/x", "Agency:Mail:PasswordFile")]
    [InlineData("Agency:Sms:Url=ftp://sms.example.cn/{phone}/{text}", "Agency:Sms:Url")]
    [InlineData("Agency:Sms:Url=https://sms.example.cn/{phone}", "{text}")]
    [InlineData(Sms + "Agency:Sms:Method=DELETE", "Agency:Sms:Method")]
    [InlineData(Sms + "Agency:Sms:ContentType=text/plain", "Agency:Sms:ContentType")]
    [InlineData(Sms + "Agency:Sms:ExpectedStatus=404", "Agency:Sms:ExpectedStatus")]
    [InlineData("Agency:Deliveries:Attempts=0", "Agency:Deliveries:Attempts")]
    [InlineData("Agency:Deliveries:AtOnce=many", "Agency:Deliveries:AtOnce")]
    [InlineData("Agency:Webhooks:AllowPrivate=perhaps", "Agency:Webhooks:AllowPrivate")]
    public void A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string settings, string named) =>
        Assert.Contains(named, Assert.Throws<StartupException>(() => new ServiceCollection().AddChannels(Configuration(settings))).Message, StringComparison.Ordinal);

    private static IConfiguration Configuration(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).GroupBy(s => s[0]).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last()[1])))
        .Build();
}
