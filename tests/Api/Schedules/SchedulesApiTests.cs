using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.AspNetCore.Hosting;

namespace Agency.Tests.Api.Schedules;

public sealed class SchedulesApiTests
{
    private const string Path = "/api/v1/schedules";

    [Fact]
    public async Task They_are_listed_and_done_when_asked_for_once_for_each_instant()
    {
        await using var api = new Anchored();
        var admin = api.As(Role.Administrator);
        var anchor = await Anchor(admin);
        Assert.Equal("""{"job":"anchor","cron":"0 30 0 * * ?","due":null,"doneAt":null,"done":{},"missed":null,"failedAt":null,"next":"2026-03-02T16:30:00+00:00"}""", anchor);

        var run = await (await admin.Post($"{Path}/anchor/run", null)).Body(200);
        Assert.Equal("""{"job":"anchor","cron":"0 30 0 * * ?","due":"2026-03-02T09:00:00+08:00","doneAt":"2026-03-02T09:00:00+08:00","done":{"made":1},"missed":null,"failedAt":null,"next":"2026-03-02T16:30:00+00:00"}""", run.GetRawText());
        Assert.Equal(run.GetRawText(), await Anchor(admin));
        var file = Assert.Single(Directory.GetFiles(api.Anchors));
        Assert.Equal("2026-03-02.jsonl", System.IO.Path.GetFileName(file));

        // The day's anchor is there: it stays as it is.
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await File.ReadAllBytesAsync(file, Requests.Cancel);
        Assert.Equal(0, (await (await admin.Post($"{Path}/anchor/run", null)).Body(200)).GetProperty("done").GetProperty("made").GetInt32());
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Requests.Cancel));
        api.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await (await admin.Post($"{Path}/anchor/run", null)).Body(200)).GetProperty("done").GetProperty("made").GetInt32());
    }

    [Fact]
    public async Task What_fails_says_so_and_who_is_no_administrator_runs_nothing()
    {
        await using var api = new Anchored();
        await File.WriteAllTextAsync(Directory.CreateDirectory(api.Anchors).FullName + "/2026-03-01.jsonl", "no anchor", Requests.Cancel);
        var admin = api.As(Role.Administrator);
        Assert.Equal("2026-03-02T09:00:00+08:00", (await (await admin.Post($"{Path}/anchor/run", null)).Body(200)).GetProperty("failedAt").GetString());
        await (await admin.Post($"{Path}/other/run", null)).Problem(404, "schedule-not-found");
        await (await api.As(Role.Office).Post($"{Path}/anchor/run", null)).Problem(403, "role-not-allowed");
        Assert.Equal(200, (int)(await api.As(Role.Supervisor).Get(Path)).StatusCode);
    }

    [Fact]
    public async Task A_service_does_at_its_start_what_has_become_due_and_then_what_becomes_due()
    {
        await using var api = new Watching();
        var admin = api.As(Role.Administrator);
        await Eventually.Holds(async () => (await Anchor(admin)).Contains("\"due\":\"2026-03-01T16:30:00+00:00\"", StringComparison.Ordinal));
        await Eventually.Holds(async () => (await Of(admin, "series")).Contains("\"due\":\"2026-03-01T16:10:00+00:00\"", StringComparison.Ordinal));
        Assert.Equal("2026-03-02.jsonl", System.IO.Path.GetFileName(Assert.Single(Directory.GetFiles(api.Anchors))));
    }

    private static Task<string> Anchor(HttpClient client) => Of(client, "anchor");

    private static async Task<string> Of(HttpClient client, string job) =>
        (await (await client.Get(Path)).Body(200)).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("job").GetString() == job).GetRawText();

    private class Anchored : ApiFixture
    {
        public string Anchors => System.IO.Path.Combine(DataDirectory, "anchors");
    }

    private sealed class Watching : Anchored
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Schedules:Enabled", "true");
        }
    }
}
