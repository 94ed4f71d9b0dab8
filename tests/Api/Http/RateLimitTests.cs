using Agency.People;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;

namespace Agency.Tests.Api.Http;

/// <summary>What is too much, with limits that are soon reached. They count in real time: what is answered 429 here would be again within the minute.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_person_who_asks_too_often_is_told_when_to_come_again_and_nobody_else_is()
    {
        await using var api = new Narrow("RequestsPerSecond", 1);
        using var hasty = api.As(Role.Office);
        HttpResponseMessage refused;
        do refused = await hasty.Get("/api/v1/calendar/2026"); while (refused.IsSuccessStatusCode);
        await refused.Problem(429, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        Assert.Equal("DENY", Assert.Single(refused.Headers.GetValues("X-Frame-Options")));
        Assert.Equal(200, (int)(await api.As(Role.Supervisor).Get("/api/v1/calendar/2026")).StatusCode);
        Assert.Equal(200, (int)(await api.As(Role.Office, "bob").Get("/api/v1/calendar/2026")).StatusCode);
        Assert.Equal(200, (int)(await api.CreateClient().Get("/openapi/v1.json")).StatusCode);
    }

    [Fact]
    public async Task An_address_whose_tokens_are_not_taken_is_soon_not_heard_but_a_good_token_is()
    {
        await using var api = new Narrow("AnonymousRequestsPerSecond", 1);
        using var stranger = api.CreateClient();
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "x");
        HttpResponseMessage refused;
        do refused = await stranger.Get("/api/v1/calendar/2026"); while ((int)refused.StatusCode == 401);
        await refused.Problem(429, "too-many-requests");
        for (var i = 0; i < 5; i++) Assert.Equal(200, (int)(await api.As(Role.Office).Get("/api/v1/calendar/2026")).StatusCode);
        for (var i = 0; i < 20; i++) Assert.Equal(200, (int)(await stranger.Get("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Progress_is_counted_by_project_whether_there_is_one_or_not()
    {
        await using var api = new Narrow("ProgressPerCodePerMinute", 2);
        await api.As(Role.Office).Registered("2026-511302-47-01-710001");
        using var anybody = api.CreateClient();
        foreach (var code in (string[])["2026-511302-47-01-710001", "2026-511302-47-01-710002", "nothing"])
        {
            for (var i = 0; i < 2; i++) await (await Ask(anybody, code)).Problem(404, "project-not-found");
            var refused = await Ask(anybody, code);
            await refused.Problem(429, "too-many-requests");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }
    }

    [Fact]
    public async Task Progress_is_counted_by_address_over_all_projects()
    {
        await using var api = new Narrow("ProgressPerMinute", 3);
        using var anybody = api.CreateClient();
        for (var i = 0; i < 3; i++) await (await Ask(anybody, $"2026-511302-47-01-72000{i}")).Problem(404, "project-not-found");
        await (await Ask(anybody, "2026-511302-47-01-720009")).Problem(429, "too-many-requests");
        Assert.Equal(200, (int)(await anybody.Get("/openapi/v1.json")).StatusCode);
        await (await Ask(api.As(Role.Office), "2026-511302-47-01-720009")).Problem(429, "too-many-requests");
    }

    [Fact]
    public async Task Feeds_are_counted_by_address_and_apart_from_progress()
    {
        await using var api = new Narrow("FeedsPerMinute", 3);
        using var anybody = api.CreateClient();
        for (var i = 0; i < 3; i++) await (await anybody.Get($"/api/v1/feeds/{i}.ics")).Problem(404, "feed-not-found");
        await (await anybody.Get("/api/v1/feeds/9.ics")).Problem(429, "too-many-requests");
        await (await Ask(anybody, "nothing")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task A_person_has_so_many_streams_at_once_and_one_more_when_one_has_ended()
    {
        await using var api = new Narrow("StreamsAtOnce", 2);
        using var office = api.As(Role.Office);
        var project = await office.Registered("2026-511302-47-01-730001");
        using var first = await Watch(office);
        using (await Watch(office))
        {
            using var third = await Watch(office);
            await third.Problem(429, "too-many-requests");
            Assert.NotNull(third.Headers.RetryAfter);
            using var other = await Watch(api.As(Role.Supervisor));
            Assert.Equal(200, (int)other.StatusCode);
            Assert.Equal(200, (int)(await office.Get(project)).StatusCode);
        }

        await Eventually.Holds(async () =>
        {
            using var again = await Watch(office);
            return again.IsSuccessStatusCode;
        });

        Task<HttpResponseMessage> Watch(HttpClient client) => client.GetAsync(new Uri($"{project}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Requests.Cancel);
    }

    private static Task<HttpResponseMessage> Ask(HttpClient client, string code) => client.Get($"/api/v1/progress/{code}?creditCode=x");

    private sealed class Narrow(string limit, int most) : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting($"Agency:Limits:{limit}", $"{most}");
        }
    }
}
