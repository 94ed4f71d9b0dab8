using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Agency.Silo.Notifications;

/// <summary>A message as a CloudEvent 1.0, structured in JSON: <c>agency.itemRed</c> for a notice by that rule, <c>agency.digest</c>,
/// <c>agency.invitation</c>. It names persons by their opaque ids alone.</summary>
internal static class Event
{
    private static readonly JsonEventFormatter _json = new(FactJson.Options, default);

    /// <summary>The event's bytes and their content type; a repeat has the same.</summary>
    public static (ReadOnlyMemory<byte> Body, string ContentType) Write(Delivery delivery, string source)
    {
        var (type, subject, data) = Parts(delivery.Message);
        var told = new CloudEvent
        {
            Id = delivery.Id,
            Type = $"agency.{type}",
            Source = new(source, UriKind.RelativeOrAbsolute),
            Subject = subject,
            Time = delivery.NotBefore,
            DataContentType = "application/json",
            Data = data,
        };
        var body = _json.EncodeStructuredModeMessage(told, out var contentType);
        return (body, contentType.ToString());
    }

    private static (string Type, string Subject, object Data) Parts(Message message) => message switch
    {
        NoticeMessage told => (told.Notice.Rule, told.Notice.SubjectId, new NoticeData(told.Recipient, told.Notice)),
        DigestMessage told => ("digest", told.Recipient.ToString(), new DigestData(told.Recipient.ToString(), told.Day, [.. told.Notices.Select(n => new NoticeData(told.Recipient, n))])),
        InvitationMessage told => ("invitation", told.Review, new InvitationData(told.Recipient.ToString(), told.Review, told.Method, new NoticeData(told.Recipient, told.Notice))),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    // What receivers hold on to: a member keeps its name and meaning.
    private sealed record NoticeData(string Recipient, string Id, string Rule, NoticeSubject Subject, string SubjectId, string? Item, DateOnly Day, ImmutableSortedDictionary<string, string> Values)
    {
        public NoticeData(Recipient recipient, Notice notice)
            : this(recipient.ToString(), notice.Id, notice.Rule, notice.Subject, notice.SubjectId, notice.Item, notice.Day, notice.Values)
        {
        }
    }

    private sealed record DigestData(string Recipient, DateOnly Day, ImmutableArray<NoticeData> Notices);

    private sealed record InvitationData(string Recipient, string Review, string Method, NoticeData Notice);
}
