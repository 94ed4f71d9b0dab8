using System.Text.Json;
using Agency.People;
using Agency.Silo.Hosting;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Silo.AzureTables;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Tests.Api.Hosting;

/// <summary>The HTTP service as a client of a silo over tables, where the answer to everything that is sent for the first time is lost. No request bears an
/// Idempotency-Key; each must be answered as if nothing had been lost.</summary>
public sealed class LostAnswersTests(Azurite azurite) : IAsyncLifetime
{
    private readonly string _id = $"T{Guid.NewGuid():N}";
    private IHost _silo = null!;
    private ClusterApi _api = null!;
    private HttpClient _office = null!, _root = null!;

    public async ValueTask InitializeAsync()
    {
        string[] settings =
        [
            $"Agency:Cluster:ConnectionString={await azurite.Connection()}", $"Agency:Cluster:Id={_id}", "Agency:Cluster:Profile=lan", "Agency:Schedules:Enabled=false", "Agency:Webhooks:AllowPrivate=true",
            $"Storage:AzureTables:StreamsTable={_id}S", $"Storage:AzureTables:RowsTable={_id}R", $"Clustering:AzureTables:Table={_id}M",
        ];
        var builder = ClusterSilo.Builder([.. settings.Select(s => $"--{s}")]);
        builder.Logging.ClearProviders();
        _silo = builder.Build();
        await _silo.StartAsync(Requests.Cancel);
        _api = new(settings);
        (_office, _root) = (_api.As(Role.Office), _api.As(Role.Administrator, "root"));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _silo.StopAsync(new CancellationToken(canceled: true));
        _silo.Dispose();
    }

    [Fact]
    public async Task A_command_on_a_record_is_carried_out_once()
    {
        var code = await _api.Registered(1);
        var project = $"{Registration.Path}/{code}";
        await (await _office.Post($"{project}/visits", """{ "findings": "一" }""")).Body(201);
        Assert.Single((await (await _office.Get($"{project}/visits")).Body(200)).GetProperty("items").EnumerateArray());
        var changed = await _office.Patch(project, """{ "name": "新名" }""", ("If-Match", "\"2\""));
        Assert.Equal(("新名", 3, false), ((await changed.Body(200)).GetProperty("name").GetString(), changed.Version(), changed.Headers.Contains("Idempotency-Replayed")));
        await (await _office.Post(Registration.Path, Registration.Body(code))).Problem(409, "project-exists");
        Assert.Equal(3, (await (await _office.Get($"{project}/history")).Body(200)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_series_that_is_ended_at_its_version_is_ended()
    {
        var made = await _office.Post("/api/v1/review-series", """{ "kind": "workingReview", "title": "例会", "rule": "FREQ=WEEKLY;BYDAY=TU", "startTime": "09:30" }""");
        await made.Body(201);
        var at = made.Headers.Location!.ToString();
        await (await _office.Post($"{at}/sessions", null)).Body(200);
        var version = (await _office.Get(at)).Version();
        await (await _office.Send(HttpMethod.Delete, at, null, ("If-Match", $"\"{version}\""))).Body(200);
        Assert.Equal(JsonValueKind.String, (await (await _office.Get(at)).Body(200)).GetProperty("endedOn").ValueKind);
    }

    [Fact]
    public async Task What_is_deleted_is_deleted()
    {
        await (await _office.Put("/api/v1/persons/p-1", """{ "name": "王", "phone": "13800000000" }""")).Body(200);
        await (await _office.Put("/api/v1/persons/p-1", """{ "name": "王芳" }""", ("If-Match", "\"1\""))).Body(200);
        await Deleted("/api/v1/persons/p-1", _root);

        var feed = await (await _office.Post("/api/v1/feeds", """{ "kind": "sessions" }""")).Body(201);
        Assert.Single((await (await _office.Get("/api/v1/feeds")).Body(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(200, (int)(await _api.CreateClient().Get(Text(feed, "url"))).StatusCode);
        await Deleted($"/api/v1/feeds/{Text(feed, "id")}", _office);

        var webhook = await (await _root.Post("/api/v1/webhooks", """{ "url": "https://127.0.0.1/hook" }""")).Body(201);
        Assert.Single((await (await _root.Get("/api/v1/webhooks")).Body(200)).GetProperty("items").EnumerateArray());
        await Deleted($"/api/v1/webhooks/{Text(webhook, "id")}", _root);
    }

    [Fact]
    public async Task What_the_service_itself_does_is_done()
    {
        await (await _root.Put("/api/v1/departments/511300-FGW", """{ "name": "发改委" }""")).Body(200);
        await (await _root.Post("/api/v1/schedules/sweep/run", null)).Body(200);
        Assert.Empty((await (await _root.Post("/api/v1/clock/confirmation", null)).Body(200)).GetProperty("confirmations").EnumerateArray());
        Assert.Equal("healthy", Text(await (await _office.Get("/health/ready")).Body(200), "status"));
    }

    private static async Task Deleted(string path, HttpClient client) => Assert.Equal(204, (int)(await client.Send(HttpMethod.Delete, path)).StatusCode);

    private static string Text(JsonElement body, string member) => body.GetProperty(member).GetString()!;

    private sealed class ClusterApi(string[] settings) : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Mode", "cluster");
            foreach (var setting in settings)
            {
                var (name, value) = (setting[..setting.IndexOf('=')], setting[(setting.IndexOf('=') + 1)..]);
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)).AddSingleton<IOutgoingGrainCallFilter, Losing>());
        }
    }

    /// <summary>Nearer to the silo than what sends calls again.</summary>
    private sealed class Losing : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            if (!Repeat.IsOne && context.Grain is not Agency.Silos.ISilosGrain) throw new SiloUnavailableException("The answer is lost.");
        }
    }
}
