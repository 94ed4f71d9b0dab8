using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agency.Api.Access;
using Agency.Api.Hosting;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.OpenApi;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Agency.Tests.Api.Http;

/// <summary>The conventions over a handful of endpoints that are there for these tests alone; no silo.</summary>
public sealed class ConventionsHost : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");
    private WebApplication? _app;

    /// <summary>How much may be asked for; to be set before it starts.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Whether it is as if grains were in silos elsewhere; to be set before it starts.</summary>
    public ServiceMode Mode { get; init; }

    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>A client that acts for the office.</summary>
    public HttpClient Office { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new ServiceOptions { Mode = Mode });
        builder.Services.AddBearerTokens(new(), Issuer);
        builder.Services.AddConventions(Limits);
        builder.Services.Replace(ServiceDescriptor.Singleton(AccessTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(Endpoints.Access)))));
        builder.Services.AddApiDocument();
        _app = builder.Build();
        _app.UseSecurityHeaders();
        _app.UseConventions();
        _app.MapApiDocument();
        Endpoints.Map(_app.MapApi());
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Anonymous = Client();
        Office = As("ada", Role.Office);
    }

    /// <summary>The host's own issuer.</summary>
    internal EmbeddedIssuer Issuer => field ??= EmbeddedIssuer.Of(_data.FullName);

    public HttpClient As(string id, Role role)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Issuer.Issue(new(id, role), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private HttpClient Client() => (_app ?? throw new InvalidOperationException("The host is not up.")).GetTestClient();
}

public enum Tone
{
    Plain,
    VeryLoud,
}

public sealed record Inner(int Number, IReadOnlyList<string> Names);

public sealed record Thing(string Name, Tone Tone, Inner Inner, DateOnly Day, string? Note = null);

public sealed record Say(string Text, string? Reason = null) : StepBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(EventSourcing.Act.Reason, Reason)];
}

public sealed record Asked(DateOnly? From, DateTimeOffset? At, int? Days, Tone? Tone, string[]? Tag, Tone[]? Tones);

public sealed record View(string Id);

internal static class Endpoints
{
    /// <summary>Everything is for everybody but what is for leaders, and some nobody is said to call.</summary>
    public static string Access
    {
        get
        {
            string[] routes = ["POST things", "GET things/{number}", "GET things", "GET days", "GET needed", "POST acts/{id}", "POST steps/{id}", "POST made", "GET whoami", "GET refused/{code}", "GET wrong", "GET throws/{what}", "GET slow"];
            var roles = JsonSerializer.Serialize(Enum.GetValues<Role>().Where(r => r is not (Role.System or Role.Owner)).Select(r => EnumNames.Of(r)));
            var rows = routes.Select(r => $"\"{r.Replace(" ", " /api/v1/", StringComparison.Ordinal)}\": {{ \"all\": {roles}, \"own\": [\"owner\"] }}");
            return $"{{ {string.Join(",\n", rows)}, \"GET /api/v1/leaders\": {{ \"all\": [\"leadership\", \"supervisor\"] }}, \"GET /openapi/{{documentName}}.json\": {{ \"anonymous\": true }} }}";
        }
    }

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/things", (Thing thing) => TypedResults.Ok(thing)).WithName("EchoThing");
        api.MapGet("/things/{number}", Read).WithName("ReadThing");
        api.MapGet("/things", List).WithName("ListThings");
        api.MapGet("/days", (DateOnly? from, DateTimeOffset? at, int? days, Tone? tone, string[]? tag, Tone[]? tones) => TypedResults.Ok(new Asked(from, at, days, tone, tag, tones))).WithName("ReadDays");
        api.MapGet("/needed", (int number) => TypedResults.Ok(number)).WithName("ReadNeeded");
        api.MapPost("/acts/{id}", (string id, Say say, CommandContext context) => context.Act(say)).WithName("ShowAct");
        api.MapPost("/steps/{id}", Step).WithName("TakeStep");
        api.MapPost("/made", Make).WithName("Make");
        api.MapGet("/whoami", (ActingPerson person) => person.Actor).WithName("WhoAmI");
        api.MapGet("/leaders", () => TypedResults.Ok("for leaders")).WithName("Leaders");
        api.MapGet("/unnamed", () => TypedResults.Ok("for nobody")).WithName("Unnamed");
        api.MapGet("/refused/{code}", Results<Ok<string>, Refused> (string code) => new Refused(Refusal.Of(code))).WithName("Refuse");
        api.MapGet("/wrong", Results<Ok<string>, Refused> () => Refused.At("/a/0", Refusal.Of("bad-sort", ("value", "x"), ("allowed", "y")))).WithName("Wrong");
        api.MapGet("/slow", async (CancellationToken cancellationToken) => await Task.Delay(Timeout.Infinite, cancellationToken)).WithName("BeSlow");
        api.MapGet("/throws/{what}", string (string what) => throw Exceptions[what]()).WithName("Throw");
    }

    private static Dictionary<string, Func<Exception>> Exceptions { get; } = new()
    {
        ["bug"] = () => new InvalidOperationException("secret"),
        ["store"] = () => new StoreUnavailableException("secret"),
        ["timeout"] = () => new TimeoutException("secret"),
        ["silo"] = () => new Orleans.Runtime.SiloUnavailableException("secret"),
        ["cancelled"] = () => new OperationCanceledException("secret"),
    };

    private static Results<Tagged<Thing>, Refused> Read(int number, string? note) =>
        new Tagged<Thing>(new("物", Tone.Plain, new(number, []), new(2026, 3, 2), note), version: number);

    private static Ok<Page<int>> List([AsParameters] ListQuery query, string? q)
    {
        var descending = query.SortBy("number", "name") is [{ Descending: true }, ..];
        var all = Enumerable.Range(1, 7).OrderBy(n => descending ? -n : n).ToList();
        var rest = query.After<Key>() is { } after ? [.. all.SkipWhile(n => n != after.Number).Skip(1)] : all;
        var page = rest.Take(query.Size).ToList();
        return TypedResults.Ok(new Page<int>(page, page.Count < rest.Count ? query.CursorAfter(new Key(page[^1])) : null, all.Count));
    }

    private static Results<Tagged<View>, Refused> Step(string id, StepBody? body, CommandContext context)
    {
        var act = context.Act(body);
        return new Answer<View>(act.IfVersion is not (null or 3) ? Refusal.Of(Refusals.VersionMismatch) : null, 3, new(id), Replayed: id == "again").ToStep(view => view);
    }

    private static Results<TaggedCreated<View>, Refused> Make(CommandContext context) =>
        new Answer<View>(null, 1, new(context.Act(creationId: "x").CommandId)).ToCreation(view => $"/api/v1/made/{view.Id}", view => view);

    private sealed record Key(int Number);
}

internal static class Requests
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static async Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, Cancel);
    }

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path, params (string Name, string Value)[] headers) => client.Send(HttpMethod.Get, path, null, headers);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, string? body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Post, path, body is null ? null : Json(body), headers);

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Put, path, Json(body), headers);

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Patch, path, Json(body), headers);

    public static async Task<JsonElement> Body(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;

    /// <summary>The body of an answer that must be of this status.</summary>
    public static async Task<JsonElement> Body(this HttpResponseMessage response, int status)
    {
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancel)}");
        return await response.Body();
    }

    /// <summary>The version that the answer's ETag is of.</summary>
    public static long Version(this HttpResponseMessage response) =>
        long.Parse(response.Headers.ETag!.Tag.Trim('"').Split('-')[0], CultureInfo.InvariantCulture);

    /// <summary>Asserts that the answer is a complete problem document of this status and code.</summary>
    public static async Task<JsonElement> Problem(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"urn:agency:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.All(["title", "detail", "traceId"], name => Assert.NotEmpty(problem.GetProperty(name).GetString()!));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem;
    }

    public static string[] ErrorsAt(this JsonElement problem) => [.. problem.GetProperty("errors").EnumerateObject().Select(e => e.Name)];
}
