using System.ComponentModel;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Projects.Codes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Notifications;

/// <summary>What whoever asks was told 通知: itself, and those for whom it acts.</summary>
internal static class NotificationsApi
{
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/notifications").WithTags("Notifications");
        group.MapGet("/", List)
            .WithName("ListNotifications")
            .WithSummary("What you were told, and the department, office or enterprise for which you act; the newest first, kept for 180 days. unread counts all that is, whatever the filters.");
        group.MapPost("/{id}/read", Read)
            .WithName("ReadNotification")
            .WithSummary("Marks a notification as read; of a department, an office or an enterprise, for all who act for it.");
    }

    private static async Task<Ok<NotificationPage>> List(
        [Description("Those that are unread, or those that are read.")] bool? unread,
        [Description("Code of the rule by which they were told.")] string? rule,
        [Description("Code or id of what they are about.")] string? subject,
        [AsParameters] ListQuery list,
        ActingPerson person,
        RequestLanguage language,
        CityData city,
        DepartmentCodes departments,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        list.SortBy();
        var query = new InboxQuery(unread, rule, subject, list.After<InboxPlace>(), list.Size);
        var pages = await Task.WhenAll(Inboxes(person.Actor, departments).Select(async recipient => (Recipient: recipient, Page: await grains.Inbox(recipient).List(query, cancellationToken))));
        var found = pages.SelectMany(p => p.Page.Items.Select(n => (p.Recipient, Notification: n, Place: InboxPlace.Of(n)))).OrderBy(f => f.Place, InboxPlace.NewestFirst).ToArray();
        var shown = found.Take(list.Size).ToArray();
        return TypedResults.Ok(new NotificationPage(
            [.. shown.Select(f => NotificationAnswer.Of(f.Notification, f.Recipient, city, language))],
            found.Length > shown.Length || pages.Any(p => p.Page.More) ? list.CursorAfter(shown[^1].Place) : null,
            pages.Sum(p => (long)p.Page.Total),
            pages.Sum(p => (long)p.Page.Unread)));
    }

    private static async Task<Results<Tagged<NotificationAnswer>, Refused>> Read(
        string id,
        CommandContext command,
        RequestLanguage language,
        CityData city,
        DepartmentCodes departments,
        IGrainFactory grains)
    {
        var act = command.Act();
        foreach (var recipient in Inboxes(command.Actor, departments))
        {
            var answer = await grains.Inbox(recipient).Read(id, act);
            if (answer.Refusal?.Code != "notification-not-found") return answer.ToStep(n => NotificationAnswer.Of(n, recipient, city, language));
        }

        return new Refused(Refusal.Of("notification-not-found", ("notification", id)));
    }

    // A token may name a department or an enterprise that cannot be: it was told nothing.
    private static IEnumerable<Recipient> Inboxes(Actor actor, DepartmentCodes departments) => Recipient.Of(actor).Where(r => r.Kind switch
    {
        RecipientKind.Department or RecipientKind.Head => departments.Find(r.Id!) is not null,
        RecipientKind.Owner => CreditCode.TryParse(r.Id, out _),
        _ => true,
    });

    private static IInboxGrain Inbox(this IGrainFactory grains, Recipient recipient) => grains.GetGrain<IInboxGrain>(recipient.ToString());
}

/// <summary>One page of notifications.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="NextCursor">What to give as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many fit the filters.</param>
/// <param name="Unread">How many are unread, whatever the filters.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationAnswer> Items, string? NextCursor, long Total, long Unread);

/// <summary>Something that was told 通知.</summary>
/// <param name="Rule">Code of the rule by which it was told.</param>
/// <param name="Text">What is told, in the language of Accept-Language.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Recipient">Who was told: <c>person-p7</c>, <c>department-511300-FGW</c>, <c>head-511300-FGW</c>, <c>owner-91511302MA62900AX9</c>, <c>office</c>.</param>
/// <param name="Day">The working day on which it was due to be told.</param>
/// <param name="At">When it was told.</param>
/// <param name="Late">Whether that was after its day.</param>
/// <param name="ReadAt">Null while it is unread.</param>
public sealed record NotificationAnswer(
    string Id,
    string Rule,
    string Title,
    string Text,
    NotificationSubject Subject,
    string Recipient,
    DateOnly Day,
    DateTimeOffset At,
    bool Late,
    DateTimeOffset? ReadAt)
{
    internal static NotificationAnswer Of(Notification notification, Recipient recipient, CityData city, RequestLanguage language)
    {
        var notice = notification.Notice;
        var (title, text) = NoticeText.Of(notice, city.Reminders, language == RequestLanguage.English);
        return new(notice.Id, notice.Rule, title, text, new(notice.Subject, notice.SubjectId, notice.Item), recipient.ToString(), notice.Day, notification.At, notification.Late, notification.ReadAt);
    }
}

/// <summary>What a notification is about.</summary>
/// <param name="Id">Code of the project, id of the session or resolution, name of what belongs to the service.</param>
/// <param name="Item">The item of the project; null where it is about none.</param>
public sealed record NotificationSubject(NoticeSubject Kind, string Id, string? Item);
