using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Portfolio;

public sealed class PortfolioApiTests(PortfolioApiTests.Deaf api) : IClassFixture<PortfolioApiTests.Deaf>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task Time_moves_the_lights_and_the_numbers_follow()
    {
        var project = await _office.Registered("2026-511302-47-01-700001", new { flow = "GOV_HOUSE", conditions = new { A01 = true, Z01 = false, A06 = true, A10 = false, A12 = false, A16 = false, A17 = false, LAND_ALLOCATED = true, LAND_GRANTED = false } });
        await _office.Done($"{project}/approvals/A01/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A01/acceptance", new { onBehalfOf = "511300-FGW" });
        await Light("green");
        var due = (await Listed()).GetProperty("dueDate").GetDateTime();

        // In the offset that the clock has: its timestamps count in that, too.
        api.Clock.SetUtcNow(new DateTimeOffset(due.AddDays(1).AddHours(10), TimeSpan.FromHours(8)));
        await Light("red");
        var overview = await _office.Read("/api/v1/statistics/overview");
        Assert.Contains(overview.GetProperty("light").EnumerateArray(), g => g.GetProperty("key").GetString() == "red" && g.GetProperty("projects").GetInt32() == 1);
        Assert.Contains(overview.GetProperty("district").EnumerateArray(), g => g.GetProperty("key").GetString() == "511302" && g.GetProperty("red").GetInt32() == 1);
        var month = Assert.Single((await _office.Read("/api/v1/statistics/trend?by=flow")).GetProperty("groups").EnumerateArray().First(g => g.GetProperty("key").GetString() == "GOV_HOUSE").GetProperty("months").EnumerateArray());
        Assert.Equal("2026-03-01", month.GetProperty("month").GetString());

        async Task<System.Text.Json.JsonElement> Listed() => (await _office.Read("/api/v1/projects?q=700001")).GetProperty("items").EnumerateArray().First();
        Task Light(string light) => Eventually.Holds(async () => (await _office.Read($"/api/v1/projects?q=700001&light={light}")).GetProperty("total").GetInt32() == 1);
    }

    [Fact]
    public async Task What_a_shard_was_not_told_it_reads_from_the_markers_and_deletes_them()
    {
        var store = api.Services.GetRequiredService<IEventStore>();
        var stream = new StreamId("project", "2026-511302-47-01-700009");
        var shard = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IPortfolioShardGrain>(Sharding.Of(stream, store.Shards));
        await shard.Heal();
        api.Dropped = true;
        await _office.Registered(stream.Id);
        Assert.Equal(0, (await _office.Read("/api/v1/projects?q=700009")).GetProperty("total").GetInt32());
        Assert.Equal([new Marker(stream, 1)], (await Markers()).Where(m => m.Stream == stream));

        api.Dropped = false;
        await shard.Heal();
        Assert.Equal(1, (await _office.Read("/api/v1/projects?q=700009")).GetProperty("total").GetInt32());
        Assert.Empty(await Markers());

        async Task<List<Marker>> Markers()
        {
            var markers = new List<Marker>();
            await foreach (var marker in store.Markers("project", Sharding.Of(stream, store.Shards), TestContext.Current.CancellationToken)) markers.Add(marker);
            return markers;
        }
    }

    /// <summary>A service whose shards can be kept from hearing of commits.</summary>
    public sealed class Deaf : ApiFixture, IIncomingGrainCallFilter
    {
        public bool Dropped { get; set; }

        public Task Invoke(IIncomingGrainCallContext context) =>
            Dropped && context.MethodName == nameof(IPortfolioShardGrain.Committed) ? Task.CompletedTask : context.Invoke();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IIncomingGrainCallFilter>(this));
        }
    }
}
