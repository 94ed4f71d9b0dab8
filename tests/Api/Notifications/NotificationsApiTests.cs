using System.Collections.Immutable;
using System.Text.Json;
using Agency.Notifications;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Grains.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Notifications;

public sealed class NotificationsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/notifications";

    [Fact]
    public async Task A_notification_says_in_the_reader_s_language_what_it_is_about()
    {
        await Tell(Recipient.Person("n1"), Notice(1, ("project", "测试项目"), ("item", "用地批准"), ("due", "2026-03-12")));
        var reader = api.As(Role.Manager, "n1");
        var page = await (await reader.Get(Path)).Body(200);
        var item = page.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((1, 1, JsonValueKind.Null), (page.GetProperty("total").GetInt32(), page.GetProperty("unread").GetInt32(), page.GetProperty("nextCursor").ValueKind));
        Assert.Equal(("办理临近期限", "测试项目「用地批准」已亮黄灯，须于2026年3月12日前作出决定。"), (Text(item, "title"), Text(item, "text")));
        Assert.Equal(("itemYellow", "person-n1", "2026-03-02", false), (Text(item, "rule"), Text(item, "recipient"), Text(item, "day"), item.GetProperty("late").GetBoolean()));
        Assert.Equal("""{"kind":"project","id":"2026-511302-47-01-000001","item":"A04"}""", item.GetProperty("subject").GetRawText());
        Assert.Equal(JsonValueKind.Null, item.GetProperty("readAt").ValueKind);

        var english = (await (await reader.Get(Path, ("Accept-Language", "en"))).Body(200)).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("Item near its limit", "测试项目, 用地批准 is yellow: it is to be decided by 2026-03-12."), (Text(english, "title"), Text(english, "text")));
    }

    [Fact]
    public async Task All_inboxes_of_a_reader_are_one_list_that_can_be_paged_while_new_ones_come()
    {
        Recipient[] inboxes = [Recipient.Department("511300-SWJ"), Recipient.Head("511300-SWJ"), Recipient.Person("n2")];
        for (var n = 0; n < 21; n++)
        {
            await Tell(inboxes[n % 3], Notice(200 + n));
            if (n % 2 == 0) api.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var reader = api.As(Role.Department, "n2", "511300-SWJ");
        var (seen, cursor) = (new List<string>(), "");
        for (var page = 0; cursor is not null; page++)
        {
            var body = await (await reader.Get($"{Path}?limit=4{cursor}")).Body(200);
            Assert.Equal(21 + (3 * page), body.GetProperty("total").GetInt32());
            seen.AddRange(Ids(body));
            cursor = body.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var inbox in inboxes) await Tell(inbox, Notice(300 + (10 * page) + Array.IndexOf(inboxes, inbox)));
        }

        Assert.Equal(Enumerable.Range(200, 21).Select(n => Notice(n).Id), seen.Order(StringComparer.Ordinal));
        var places = (await (await reader.Get($"{Path}?limit=200")).Body(200)).GetProperty("items").EnumerateArray().Select(i => (At: i.GetProperty("at").GetDateTimeOffset(), Id: Text(i, "id"))).ToArray();
        Assert.Equal(places.OrderByDescending(p => p.At).ThenBy(p => p.Id, StringComparer.Ordinal), places);
        await (await reader.Get($"{Path}?cursor=none")).Problem(400, "bad-cursor");
    }

    [Fact]
    public async Task What_is_read_is_read_once_and_for_all_who_act_for_the_department()
    {
        await Tell(Recipient.Department("511300-JTJ"), Notice(401), Notice(402), Notice(403) with { Rule = "deliveryDue" });
        var (chen, wu) = (api.As(Role.Department, "chen", "511300-JTJ"), api.As(Role.Department, "wu", "511300-JTJ"));
        var first = await chen.Post($"{Path}/{Notice(401).Id}/read", null, ("Idempotency-Key", "k-1"));
        var read = await first.Body(200);
        Assert.Equal(2, first.Version());
        api.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await chen.Post($"{Path}/{Notice(401).Id}/read", null, ("Idempotency-Key", "k-1"));
        Assert.Equal(read.GetRawText(), (await again.Body(200)).GetRawText());
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(read.GetRawText(), (await (await wu.Post($"{Path}/{Notice(401).Id}/read", null)).Body(200)).GetRawText());
        await (await wu.Post($"{Path}/{Notice(401).Id}/read", null, ("If-Match", "\"1-x\""))).Problem(412, "version-mismatch");

        foreach (var (filter, ids) in ((string, int[])[])[("?unread=true", [402, 403]), ("?unread=false", [401]), ("?rule=deliveryDue", [403]), ($"?subject={Notice(402).SubjectId}", [402]), ("?rule=none", [])])
        {
            var page = await (await wu.Get(Path + filter)).Body(200);
            Assert.Equal(ids.Select(n => Notice(n).Id), Ids(page).Order(StringComparer.Ordinal));
            Assert.Equal((ids.Length, 2), (page.GetProperty("total").GetInt32(), page.GetProperty("unread").GetInt32()));
        }
    }

    [Fact]
    public async Task What_others_were_told_does_not_exist()
    {
        Recipient[] told = [Recipient.Person("n3"), Recipient.Office, Recipient.Department("511300-FGW"), Recipient.Head("511300-FGW"), Recipient.Owner("91511302MA62900AX9")];
        foreach (var (recipient, number) in told.Zip(Enumerable.Range(501, 5))) await Tell(recipient, Notice(number));
        (HttpClient Reader, int[] Theirs)[] readers =
        [
            (api.As(Role.Manager, "n3"), [501]),
            (api.As(Role.Office, "n3"), [501, 502]),
            (api.As(Role.Department, "n4", "511300-FGW"), [503, 504]),
            (api.As(Role.Department, "n4", "511300-ZJJ"), []),
            (api.As(Role.Department, "n4", "none/#?"), []),
            (api.As(Role.Owner, "n4", creditCode: "91511302MA62900AX9"), [505]),
            (api.As(Role.Owner, "n4", creditCode: "office"), []),
            (api.As(Role.Clerk, "n4", department: "511300-FGW"), []),
            .. ((Role[])[Role.Leadership, Role.Supervisor, Role.Administrator]).Select(role => (api.As(role, "n4"), Array.Empty<int>())),
        ];
        foreach (var (reader, theirs) in readers)
        {
            Assert.Equal(theirs.Select(n => Notice(n).Id), Ids(await (await reader.Get(Path)).Body(200)).Order(StringComparer.Ordinal));
            foreach (var other in Enumerable.Range(501, 5).Except(theirs)) await (await reader.Post($"{Path}/{Notice(other).Id}/read", null)).Problem(404, "notification-not-found");
        }

        Assert.Equal(401, (int)(await api.CreateClient().Get(Path)).StatusCode);
        Assert.Equal(0, (await (await readers[0].Reader.Get($"{Path}?unread=false")).Body(200)).GetProperty("total").GetInt32());
    }

    private Task<int> Tell(Recipient recipient, params ReadOnlySpan<Notice> notices) =>
        api.Services.GetRequiredService<IGrainFactory>().GetGrain<IInboxGrain>(recipient.ToString()).Tell([.. notices]);

    private static Notice Notice(int number, params (string Name, string Value)[] values) => TestInbox.Notice(number) with
    {
        SubjectId = $"2026-511302-47-01-{number:D6}",
        Values = values.ToImmutableSortedDictionary(v => v.Name, v => v.Value),
    };

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => Text(i, "id")!);

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
