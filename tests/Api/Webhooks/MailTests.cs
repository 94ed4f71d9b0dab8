using Agency.Feeds;
using Agency.Notifications;
using Agency.People;
using Agency.Silo.Feeds;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Grains.Notifications;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Agency.Tests.Api.Webhooks;

public sealed class MailTests(ChannelsFixture api) : IClassFixture<ChannelsFixture>
{
    private readonly HttpClient _root = api.As(Role.Administrator, "root");

    [Fact]
    public async Task A_notice_comes_to_who_has_an_address_then_and_to_nobody_else()
    {
        await Written("p-1", "p1@example.cn");
        await Written("department-511300-ZJJ", "zjj@example.cn");
        await Written("head-511300-ZJJ", "head@example.cn");
        await Written("office", "office@example.cn");
        Recipient[] recipients = [Recipient.Person("p-1"), Recipient.Department("511300-ZJJ"), Recipient.Head("511300-ZJJ"), Recipient.Office, Recipient.Person("p-none"), Recipient.Owner("91511302MA62900AX9")];
        await api.Dispatch([.. recipients.Select(r => Notices.Delivery(r, 1))]);
        await Eventually.Holds(() => Task.FromResult(Of(1).Length == 4));

        var mail = Of(1).Single(m => To(m) == "p1@example.cn");
        Assert.Equal(("办理超期", "agency@example.cn", $"{DeliveryRow.IdOf("mail", Notices.Of(recipients[0]).Id)}@example.cn"), (mail.Subject, mail.From.Mailboxes.Single().Address, mail.MessageId));
        Assert.StartsWith("第1中学「项目建议书审批」应于2026年2月27日办结，至今已超期，请立即办理。", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(api.Clock.GetUtcNow().ToUnixTimeSeconds(), mail.Date.ToUnixTimeSeconds());
        Assert.Equal(["head@example.cn", "office@example.cn", "p1@example.cn", "zjj@example.cn"], Of(1).Select(To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_digest_groups_by_rule()
    {
        await Written("p-2", "p2@example.cn");
        var me = Recipient.Person("p-2");
        await api.Dispatch(new Delivery("digest-p-2", new DigestMessage(me, new(2026, 3, 2), [Notices.Of(me, 2, "visitDue"), Notices.Of(me, 3), Notices.Of(me, 4, "visitDue")]), default));
        var mail = await Mail("p2@example.cn");
        Assert.Equal("2026-03-02 提醒汇总（3 项）", mail.Subject);
        Assert.StartsWith("【走访到期】\n1. 第2中学须于2026年2月27日前走访。\n2. 第4中学须于2026年2月27日前走访。\n\n【办理超期】\n1. 第3中学「项目建议书审批」", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_has_its_calendar_beside_its_text_and_invites_the_address_that_it_goes_to()
    {
        await Written("p-3", "p3@example.cn");
        var me = Recipient.Person("p-3");
        var session = new CalendarEvent("review-r1@511300.agency", 0, api.Clock.GetUtcNow(), "联席会议", api.Clock.GetUtcNow().AddDays(7), null, EventStatus.Confirmed);
        var calendar = new IcalWriter(new()).Invitation(session, InvitationMethod.Request, me, null);
        await api.Dispatch(new Delivery("invitation-p-3", new InvitationMessage(me, "r1", calendar, "REQUEST", Notices.Of(me, 5, "sessionConvened")), default));
        var mail = await Mail("p3@example.cn");
        Assert.Equal("会议通知", mail.Subject);
        var parts = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(["text/plain", "text/calendar"], parts.Select(p => p.ContentType.MimeType));
        var part = (TextPart)parts[1];
        Assert.Equal(("REQUEST", "utf-8"), (part.ContentType.Parameters["method"], part.ContentType.Charset));
        Assert.Contains("mailto:person-p-3@agency.invalid", Unfolded(calendar), StringComparison.Ordinal);
        Assert.Equal(Unfolded(calendar).Replace("person-p-3@agency.invalid", "p3@example.cn", StringComparison.Ordinal), Unfolded(part.Text));

        static string Unfolded(string text) => text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_down_gets_everything_once_when_it_is_up_again()
    {
        await Written("p-4", "p4@example.cn");
        await api.Mail.Stop();
        await api.Dispatch([.. Enumerable.Range(10, 5).Select(n => Notices.Delivery(Recipient.Person("p-4"), n))]);
        await Eventually.Holds(async () => (await Listed("pending")).Count(d => d.Reason == "unreachable") == 5);
        api.Mail.Start();
        await Eventually.Holds(async () =>
        {
            await api.Onward(_root, "/api/v1/channels/mail/deliveries");
            return (await Listed("pending")).Length == 0;
        });
        Assert.Equal(5, api.Mail.Received.Count(m => To(m) == "p4@example.cn"));
        Assert.Distinct(api.Mail.Received.Where(m => To(m) == "p4@example.cn").Select(m => m.MessageId));
    }

    [Fact]
    public async Task Who_was_erased_before_it_was_sent_is_written_to_no_more_and_the_row_says_so()
    {
        await Written("p-5", "p5@example.cn");
        await api.Dispatch(Notices.Delivery(Recipient.Person("p-5"), 20, notBefore: api.Clock.GetUtcNow().AddMinutes(30)));
        Assert.Equal(204, (int)(await _root.Send(HttpMethod.Delete, "/api/v1/persons/p-5")).StatusCode);
        api.Clock.Advance(TimeSpan.FromMinutes(31));
        await Eventually.Holds(async () => (await Listed("dead")).Any(d => d == ("person-p-5", "noAddress")));
        Assert.DoesNotContain(api.Mail.Received, m => To(m) == "p5@example.cn");
    }

    [Fact]
    public async Task An_urgent_notice_comes_by_short_message_to_persons_who_have_a_phone()
    {
        await Written("p-6", null, "13812345678");
        await Written("department-511300-FGW", null, "0817-2222222");
        var me = Recipient.Person("p-6");
        await api.Dispatch(Notices.Delivery(me, 30), Notices.Delivery(me, 31, "visitDue"), Notices.Delivery(Recipient.Department("511300-FGW"), 32));
        await Eventually.Holds(() => Task.FromResult(api.Http.Received.Any(r => r.Path == "/sms")));
        var body = api.Http.Received.Single(r => r.Path == "/sms").Json;
        Assert.Equal("13812345678", body.GetProperty("to").GetString());
        Assert.Equal(DeliveryRow.IdOf("sms", Notices.Of(me, 30).Id), body.GetProperty("id").GetString());
        Assert.StartsWith("第30中学「项目建议书审批」", body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await (await _root.Get("/api/v1/channels/sms/deliveries")).Body(200)).GetProperty("total").GetInt32());
    }

    private static string To(MimeMessage mail) => mail.To.Mailboxes.Single().Address;

    private MimeMessage[] Of(int number) => [.. api.Mail.Received.Where(m => m.TextBody?.Contains($"第{number}中学", StringComparison.Ordinal) == true)];

    private async Task<MimeMessage> Mail(string to)
    {
        await Eventually.Holds(() => Task.FromResult(api.Mail.Received.Any(m => To(m) == to)));
        return api.Mail.Received.Single(m => To(m) == to);
    }

    private async Task Written(string id, string? mail, string? phone = null) =>
        await (await _root.Send(HttpMethod.Put, $"/api/v1/persons/{id}", System.Net.Http.Json.JsonContent.Create(new { name = "某人", mail, phone }))).Body(200);

    private async Task<(string Recipient, string? Reason)[]> Listed(string state) =>
    [
        .. (await _root.Read($"/api/v1/channels/mail/deliveries?state={state}&limit=200")).GetProperty("items").EnumerateArray()
            .Select(d => (d.GetProperty("recipient").GetString()!, d.GetProperty("reason").GetString())),
    ];
}
