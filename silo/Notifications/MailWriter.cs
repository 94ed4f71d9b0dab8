using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Agency.Catalogue;
using Agency.Feeds;
using Agency.Notifications;
using MimeKit;

namespace Agency.Silo.Notifications;

/// <summary>Writes mails, in Chinese. Their fixed words are texts.json.</summary>
internal sealed class MailWriter(MailOptions options, CityData city, ICalendarWriter calendars, TimeProvider clock)
{
    private static readonly ImmutableDictionary<string, string> _texts = Texts();

    private readonly MailboxAddress _from = MailboxAddress.Parse(options.From!);

    /// <param name="to">The address, as the directory has it now.</param>
    /// <param name="delivery">By its id a receiver knows a repeat: it is the Message-ID.</param>
    public MimeMessage Write(string to, Delivery delivery)
    {
        var mail = new MimeMessage
        {
            MessageId = $"{delivery.Id}@{_from.Domain}",
            Date = clock.GetUtcNow().ToOffset(ShanghaiTime.Zone.BaseUtcOffset),
            Subject = Subject(delivery.Message),
            Body = Body(delivery.Message, to),
        };
        mail.From.Add(_from);
        mail.To.Add(new MailboxAddress("", to));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private string Subject(Message message) => message switch
    {
        NoticeMessage told => Said(told.Notice).Title,
        InvitationMessage told => Said(told.Notice).Title,
        DigestMessage told => string.Format(null, _texts["digest"], told.Day, told.Notices.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private MimeEntity Body(Message message, string to) => message switch
    {
        NoticeMessage told => Plain(Said(told.Notice).Text),
        DigestMessage told => Plain(Digest(told)),
        InvitationMessage told => Invitation(told, to),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private string Digest(DigestMessage digest)
    {
        var text = new StringBuilder();
        foreach (var rule in digest.Notices.GroupBy(n => n.Rule))
        {
            text.Append(null, $"【{Said(rule.First()).Title}】\n");
            foreach (var (index, notice) in rule.Index()) text.Append(null, $"{index + 1}. {Said(notice).Text}\n");
            text.Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    // By its address a calendar program knows that it is invited.
    private MultipartAlternative Invitation(InvitationMessage invitation, string to)
    {
        var calendar = new TextPart("calendar");
        calendar.SetText(Encoding.UTF8, calendars.AddressedTo(invitation.Calendar, to));
        calendar.ContentType.Parameters.Add("method", invitation.Method);
        return new MultipartAlternative { Plain(Said(invitation.Notice).Text), calendar };
    }

    private NoticeText Said(Notice notice) => NoticeText.Of(notice, city.Reminders, english: false);

    private static TextPart Plain(string text)
    {
        var part = new TextPart("plain");
        part.SetText(Encoding.UTF8, $"{text}\n\n{_texts["footer"]}\n");
        return part;
    }

    private static ImmutableDictionary<string, string> Texts()
    {
        using var stream = typeof(MailWriter).Assembly.GetManifestResourceStream("texts.json") ?? throw new InvalidOperationException("texts.json is missing.");
        return JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(stream) ?? throw new JsonException("No texts.");
    }
}
