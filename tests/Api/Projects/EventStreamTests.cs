using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Agency.People;
using Microsoft.Extensions.DependencyInjection;

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
        using var enough = new CancellationTokenSource();
        var writing = Write(office, project, enough.Token);
        List<long> seen = [];
        var random = new Random(1);
        for (var cut = 0; cut < Cuts; cut++) await Take(random.Next(1, 5));

        await enough.CancelAsync();
        await writing;
        var recorded = (await office.Read($"{project}/history?limit=1")).GetProperty("total").GetInt32();
        await Take(recorded - seen.Count);
        Assert.Equal(Enumerable.Range(1, recorded).Select(n => (long)n), seen);

        async Task Take(int count)
        {
            if (count == 0) return;
            using var response = await Watch(office, project, seen.Count == 0 ? null : seen[^1]);
            await foreach (var one in Events(response))
            {
                seen.Add(long.Parse(one.EventId!, CultureInfo.InvariantCulture));
                if (--count == 0) return;
            }
        }
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
    public async Task It_ends_with_the_token()
    {
        var project = await api.As(Role.Office).Registered("2026-511302-47-01-200004");
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", api.Issuer.Issue(new("ada", Role.Office), api.Clock.GetUtcNow(), TimeSpan.FromMinutes(5)));
        using var response = await Watch(client, project, null);
        List<string?> seen = [];
        await foreach (var one in Events(response))
        {
            seen.Add(one.EventId);
            api.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        Assert.Equal(["1"], seen);
    }

    [Fact]
    public async Task Who_may_not_see_the_project_hears_nothing_of_it()
    {
        var project = await api.As(Role.Office).Registered("2026-511302-47-01-200003");
        using var response = await Watch(api.As(Role.Owner, creditCode: "91510000MA62900AX0"), project, null);
        Assert.Equal(404, (int)response.StatusCode);
    }

    private static async Task Write(HttpClient office, string project, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
            await office.Done($"{project}/approvals/A04/withdrawal", new { reason = "r" });
        }
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
