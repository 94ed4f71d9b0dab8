using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Agency.People;

namespace Agency.Tests.Api.Projects;

/// <summary>A project's facts as they are recorded, to a client that loses its connection again and again.</summary>
public sealed class EventStreamTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Cuts = 100;

    [Fact]
    public async Task A_stream_that_is_cut_a_hundred_times_misses_nothing_and_repeats_nothing()
    {
        var office = api.As(Role.Office);
        var project = await office.Registered("2026-511302-47-01-200001");
        var random = new Random(1);
        var writing = Write(office, project);
        List<long> seen = [];
        for (var cut = 0; cut < Cuts || seen.Count < await Recorded(office, project, writing); cut++)
        {
            using var response = await Watch(office, project, seen.Count == 0 ? null : seen[^1]);
            var (events, taken) = (Events(response), random.Next(0, 5));
            await foreach (var one in events)
            {
                seen.Add(long.Parse(one.EventId!, CultureInfo.InvariantCulture));
                if (--taken < 0 || (writing.IsCompleted && seen.Count == await Recorded(office, project, writing))) break;
            }
        }

        Assert.Equal(Enumerable.Range(1, (int)await Recorded(office, project, writing)).Select(n => (long)n), seen);
    }

    [Fact]
    public async Task A_fact_comes_to_who_waits_for_it()
    {
        var office = api.As(Role.Office);
        var project = await office.Registered("2026-511302-47-01-200002");
        using var response = await Watch(office, project, 1);
        await office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await foreach (var one in Events(response))
        {
            Assert.Equal(("submission", "2"), (one.EventType, one.EventId));
            Assert.Equal("A04", JsonDocument.Parse(one.Data).RootElement.GetProperty("data").GetProperty("item").GetString());
            return;
        }
    }

    [Fact]
    public async Task Who_may_not_see_the_project_hears_nothing_of_it()
    {
        var project = await api.As(Role.Office).Registered("2026-511302-47-01-200003");
        using var response = await Watch(api.As(Role.Owner, creditCode: "91510000MA62900AX0"), project, null);
        Assert.Equal(404, (int)response.StatusCode);
    }

    // A hundred and fifty facts, while the other side listens.
    private static async Task Write(HttpClient office, string project)
    {
        for (var i = 0; i < 75; i++)
        {
            await office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
            await office.Done($"{project}/approvals/A04/withdrawal", new { reason = "r" });
        }
    }

    private static async Task<long> Recorded(HttpClient office, string project, Task writing)
    {
        if (writing.IsCompleted) await writing;
        return (await office.Read($"{project}/history?limit=1")).GetProperty("total").GetInt64();
    }

    private static async Task<HttpResponseMessage> Watch(HttpClient client, string project, long? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{project}/events");
        if (last is not null) request.Headers.Add("Last-Event-ID", $"{last}");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var one in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken)) yield return one;
    }
}
