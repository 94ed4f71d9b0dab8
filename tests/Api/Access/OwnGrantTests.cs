using Agency.Api.Access;
using Agency.Feeds;
using Agency.Notifications;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Api.Reviews;
using Agency.Tests.Grains.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Access;

/// <summary>Each route that the table of roles gives for one's own shows less than all. Those of a project are held against a project that
/// is nowhere (<see cref="OwnershipTests"/>); here are the others.</summary>
public sealed class OwnGrantTests(OwnGrantTests.OneProject api) : IClassFixture<OwnGrantTests.OneProject>
{
    private static readonly string _code = Registration.Code(1);

    // By route: where it is asked, {agent} being the project's manager or clerk, {self} who owns and {told} what it was told, what a
    // stranger is not shown, and what is sent.
    private static readonly Dictionary<string, (string At, string Shown, string? Body)> _narrowed = new()
    {
        ["GET /api/v1/projects"] = ("/projects", _code, null),
        ["GET /api/v1/statistics/overview"] = ("/statistics/overview", "\"total\":1", null),
        ["GET /api/v1/statistics/trend"] = ("/statistics/trend", "\"registered\":1", null),
        ["GET /api/v1/agents"] = ("/agents", _code, null),
        ["GET /api/v1/agents/{id}"] = ("/agents/{agent}", _code, null),
        ["GET /api/v1/agents/{id}/worklist"] = ("/agents/{agent}/worklist?since=2026-03-01T00:00:00Z", _code, null),
        ["GET /api/v1/departments/{code}/worklist"] = ($"/departments/{Whose.Department}/worklist", _code, null),
        ["GET /api/v1/departments/{code}/performance"] = ($"/departments/{Whose.Department}/performance", "\"total\":", null),
        ["GET /api/v1/calendar/impact"] = ("/calendar/impact?from=1", _code, null),
        ["PUT /api/v1/persons/{id}"] = ("/persons/{self}", "王芳", """{ "name": "王芳" }"""),
        ["GET /api/v1/resolutions"] = ("/resolutions", "\"own-1\"", null),
        ["GET /api/v1/resolutions/{id}"] = ("/resolutions/own-1", "\"own-1\"", null),
        ["POST /api/v1/resolutions/{id}/receipt"] = ("/resolutions/own-1/receipt", "\"own-1\"", "{}"),
        ["POST /api/v1/resolutions/{id}/extension"] = ("/resolutions/own-1/extension", "\"own-1\"", """{ "dueDate": "2026-03-31", "reason": "征地" }"""),
        ["POST /api/v1/resolutions/{id}/progress"] = ("/resolutions/own-2/progress", "\"own-2\"", """{ "progress": "已报件" }"""),
        ["POST /api/v1/resolutions/{id}/completion"] = ("/resolutions/own-3/completion", "\"own-3\"", """{ "evidence": [{ "name": "批复" }] }"""),
        ["GET /api/v1/notifications"] = ("/notifications", "person-{self}", null),
        ["POST /api/v1/notifications/{id}/read"] = ("/notifications/{told}/read", "\"readAt\":\"", null),
        ["POST /api/v1/feeds"] = ("/feeds", "\"person\":\"{self}\"", """{ "kind": "{kind}" }"""),
        ["GET /api/v1/feeds"] = ("/feeds", "\"person\":\"{self}\"", null),
        ["DELETE /api/v1/feeds/{id}"] = ("/feeds/{feed}", "", null),
        ["GET /api/v1/reviews"] = ("/reviews", "\"called\"", null),
        ["GET /api/v1/reviews/{id}"] = ("/reviews/called", "\"called\"", null),
        ["GET /api/v1/reviews/{id}/agenda/{entry}"] = ("/reviews/called/agenda/E1", "\"E1\"", null),
        ["PUT /api/v1/reviews/{id}/attendance/{department}"] = ($"/reviews/called/attendance/{Whose.Department}", "\"confirmed\"", """{ "attendance": "confirmed" }"""),
        ["PUT /api/v1/reviews/{id}/agenda/{entry}/opinions/{department}"] = ($"/reviews/called/agenda/E1/opinions/{Whose.Department}", "\"agree\"", """{ "stance": "agree" }"""),
    };

    /// <summary>Every route outside a project with a role that it is for its own to.</summary>
    public static TheoryData<string, Role> Own { get; } =
    [
        .. from route in AccessTable.Shipped().Routes
           where !route.Key.Contains("/projects/{code}", StringComparison.Ordinal)
           from role in Enum.GetValues<Role>()
           where route.Value.Of(role) == Grant.Own
           select new TheoryDataRow<string, Role>(route.Key, role),
    ];

    [Fact]
    public void Nothing_else_is_said_to_be_narrowed() => Assert.Equal(_narrowed.Keys.Order(StringComparer.Ordinal), Own.Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Own))]
    public async Task What_is_for_one_s_own_is_not_shown_to_a_stranger(string route, Role role)
    {
        await Eventually.Holds(() => IsShown(api.Own(role, 1), route, role));
        Assert.False(await IsShown(api.Stranger(role), route, role));
    }

    // The person as whom Whose.Own has one act.
    private static string SelfOf(Role role) => role switch { Role.Manager => "m1", Role.Clerk => "c1", Role.Department => "chen", _ => "li" };

    private async Task<bool> IsShown(HttpClient client, string route, Role role)
    {
        using var caller = client;
        var self = SelfOf(role);
        var (at, shown, body) = _narrowed[route];
        var path = at.Replace("{agent}", role == Role.Clerk ? "c1" : "m1", StringComparison.Ordinal).Replace("{self}", self, StringComparison.Ordinal)
            .Replace("{told}", ToldTo(self).Id, StringComparison.Ordinal).Replace("{feed}", api.Feeds.GetValueOrDefault(role), StringComparison.Ordinal);
        (shown, body) = (shown.Replace("{self}", self, StringComparison.Ordinal), body?.Replace("{kind}", role is Role.Manager or Role.Clerk ? "agent" : "sessions", StringComparison.Ordinal));
        var method = new HttpMethod(route.Split(' ')[0]);
        using var response = await caller.Send(method, $"/api/v1{path}", body is null ? null : Requests.Json(body));
        return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync(Requests.Cancel)).Contains(shown, StringComparison.Ordinal);
    }

    private static Notice ToldTo(string person) => TestInbox.Notice(1) with { Id = Notice.IdOf(Recipient.Person(person), NoticeSubject.Project, _code, "A04", "itemYellow", "2026-03-02") };

    /// <summary>A service with one project, of which a clock runs whose deadline another calendar moves, and a session that resolved something of it.</summary>
    public sealed class OneProject : ApiFixture, IAsyncLifetime
    {
        /// <summary>For each role the id of a feed of whom <see cref="Whose.Own"/> lets act.</summary>
        public Dictionary<Role, string> Feeds { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await this.Served(1);
            await this.Accepted(_code);
            await this.OtherCalendar();
            await this.Resolved("own", 3, received: [2, 3]);
            await this.Called("called", Whose.Department);
            foreach (var person in (string[])["li", "m1", "c1", "chen"])
                await Services.GetRequiredService<IGrainFactory>().GetGrain<IInboxGrain>($"{Recipient.Person(person)}").Tell([ToldTo(person)]);
            foreach (var role in AccessTable.Shipped().Routes["POST /api/v1/feeds"].Grants.Keys)
            {
                // The first is revoked, the second stays.
                var (self, kind) = (SelfOf(role), role is Role.Manager or Role.Clerk ? FeedKind.Agent : FeedKind.Sessions);
                var feeds = Services.GetRequiredService<IGrainFactory>().GetGrain<IFeedsGrain>(IFeedsGrain.Key);
                Feeds[role] = (await feeds.Make(kind, "zh-CN", new(new(self, role, Whose.Department), $"{role} 1"))).View!.Feed.Id;
                await feeds.Make(kind, "zh-CN", new(new(self, role, Whose.Department), $"{role} 2"));
            }
        }
    }
}
