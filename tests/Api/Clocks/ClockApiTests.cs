using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agency.Tests.Api.Clocks;

public sealed class ClockApiTests
{
    private const string Path = "/api/v1/clock";
    private const string Department = "/api/v1/departments/511300-ZJJ";

    [Theory]
    [InlineData(40 * 24)]
    [InlineData(-1)]
    public async Task While_the_clock_has_moved_nothing_is_stored_and_nothing_is_done_until_an_administrator_confirms_it(int hours)
    {
        await using var api = new Skewed();
        var admin = api.As(Role.Administrator, "root");
        Assert.Equal(200, (int)(await admin.Put(Department, """{"name":"甲"}""")).StatusCode);
        Assert.True((await (await admin.Get(Path)).Body(200)).GetProperty("agrees").GetBoolean());

        api.Wall.Skew = TimeSpan.FromHours(hours);
        var refused = await admin.Put(Department, """{"name":"乙"}""");
        await refused.Problem(503, "clock-moved");
        Assert.NotNull(refused.Headers.RetryAfter);
        await (await admin.Post("/api/v1/schedules/anchor/run", null)).Problem(503, "clock-moved");
        Assert.Equal("甲", (await (await admin.Get(Department)).Body(200)).GetProperty("name").GetString());
        Assert.Equal("unhealthy", (await (await admin.Get("/health/ready")).Body(503)).GetProperty("checks").GetProperty("clock").GetString());
        var clock = await (await admin.Get(Path)).Body(200);
        Assert.Equal((false, 3600.0 * hours), (clock.GetProperty("agrees").GetBoolean(), clock.GetProperty("movedSeconds").GetDouble()));

        await (await api.As(Role.Office).Post($"{Path}/confirmation", null)).Problem(403, "role-not-allowed");
        clock = await (await admin.Post($"{Path}/confirmation", null)).Body(200);
        var confirmation = Assert.Single(clock.GetProperty("confirmations").EnumerateArray());
        Assert.Equal((true, "root", 3600.0 * hours), (clock.GetProperty("agrees").GetBoolean(), confirmation.GetProperty("by").GetString(), confirmation.GetProperty("movedSeconds").GetDouble()));
        Assert.Equal(200, (int)(await admin.Get("/health/ready")).StatusCode);
        Assert.Equal("乙", (await (await admin.Put(Department, """{"name":"乙"}""")).Body(200)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_agrees_again_goes_on_by_itself()
    {
        await using var api = new Skewed();
        var admin = api.As(Role.Administrator);
        api.Wall.Skew = TimeSpan.FromHours(-1);
        await (await admin.Put(Department, """{"name":"甲"}""")).Problem(503, "clock-moved");
        api.Wall.Skew = TimeSpan.Zero;
        Assert.Equal(200, (int)(await admin.Put(Department, """{"name":"甲"}""")).StatusCode);
        Assert.Empty((await (await admin.Get(Path)).Body(200)).GetProperty("confirmations").EnumerateArray());
    }

    [Fact]
    public async Task A_service_that_starts_behind_its_last_record_stores_nothing_until_it_is_confirmed_once()
    {
        using var data = new TemporaryDirectory();
        await using (var before = new Skewed(data.Path)) Assert.Equal(200, (int)(await before.As(Role.Administrator).Put(Department, """{"name":"甲"}""")).StatusCode);
        await using (var api = new Skewed(data.Path, TimeSpan.FromHours(-1)))
        {
            var admin = api.As(Role.Administrator);
            await (await admin.Put(Department, """{"name":"乙"}""")).Problem(503, "clock-moved");
            var clock = await (await admin.Get(Path)).Body(200);
            Assert.Equal((0, 3600), (clock.GetProperty("movedSeconds").GetDouble(), clock.GetProperty("behindSeconds").GetDouble()));
            Assert.Equal("2026-03-02T01:00:00+00:00", clock.GetProperty("lastRecorded").GetString());
            Assert.Equal(200, (int)(await admin.Post($"{Path}/confirmation", null)).StatusCode);
            Assert.Equal(200, (int)(await admin.Put(Department, """{"name":"乙"}""")).StatusCode);
        }

        await using var again = new Skewed(data.Path, TimeSpan.FromHours(-1));
        Assert.Equal(200, (int)(await again.As(Role.Administrator).Put(Department, """{"name":"丙"}""")).StatusCode);
    }

    private sealed class Skewed : ApiFixture
    {
        private readonly string? _data;

        public Skewed(string? data = null, TimeSpan skew = default) => (_data, Wall) = (data, new(Clock) { Skew = skew });

        public SkewedClock Wall { get; }

        protected override string DataDirectory => _data ?? base.DataDirectory;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Wall)));
        }
    }
}
