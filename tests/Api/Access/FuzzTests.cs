using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Faults.Processes;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Agency.Tests.Api.Access;

/// <summary>Thousands of requests made from the interface's document, none of which may have an effect: malformed, oversized, foreign and
/// repeated ones.</summary>
public sealed partial class FuzzTests : IAsyncLifetime
{
    private const string Secret = "机密绝不可见";
    private const int Requests = 3000;

    private static readonly string[] _strange = ["", " ", "%00", "..%2f..", "a'b\"", "😀", new('9', 400), "-1", "2026-511302-47-01-000000", "1e999", "<script>", "\u202e", "%E4%B8"];

    // A connection for each request: the service closes one after what it could not read.
    private readonly HttpClient _anybody = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
    private readonly TemporaryDirectory _data = new();
    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await ServiceProcess.Start(_data.Path, Http.Requests.Cancel, settings: "Agency:Schedules:Enabled=false");
        _anybody.BaseAddress = _service.Client.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        _anybody.Dispose();
        await _service.DisposeAsync();
        _data.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nothing_is_stored_nothing_leaks_and_nothing_breaks(int seed)
    {
        var code = Registration.Code(7_000 + seed);
        const string Key = "fuzz";
        var registration = Registration.Body(code, ("name", Secret), ("ownerName", Secret));
        await (await _service.Client.Post(Registration.Path, registration, ("Idempotency-Key", Key))).Body(201);
        var samples = new OpenApiSamples(await (await _service.Client.Get("/openapi/v1.json")).Body());
        var (random, wrong, before, statuses) = (new Random(seed), new List<string>(), await Stored(), new SortedDictionary<int, int>());
        for (var i = 0; i < Requests && wrong.Count < 10; i++)
        {
            var what = random.Next(4);
            using var request = what == 0 ? Repeated(registration, Key, random) : Made(samples, what, code, random);
            var description = $"{what} {request.Method} {request.RequestUri} {request.Headers.Authorization?.Parameter?.Length}";
            using var response = await Send(request);
            if (response is null) continue;
            var (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Http.Requests.Cancel));
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status >= 500 || Broken().IsMatch(text) || text.Contains(Repository.Root, StringComparison.Ordinal)) wrong.Add($"{description}: {status} {text}");
            if (what is 1 or 2 && text.Contains(Secret, StringComparison.Ordinal)) wrong.Add($"{description} tells: {text}");
            if (status is >= 200 and < 300 && request.Method != HttpMethod.Get && !response.Headers.Contains("Idempotency-Replayed") && !IsQuestion(request)) wrong.Add($"{description} was done: {status} {text}");
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await Stored());
        Assert.True(statuses.Keys.Count(s => s >= 400) > 5, string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}")));
    }

    private async Task<HttpResponseMessage?> Send(HttpRequestMessage request)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Http.Requests.Cancel);
        bound.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            return await _anybody.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token);
        }
        catch (HttpRequestException) when (request.Content?.Headers.ContentLength > RequestBody.MaxBytes)
        {
            return null; // Hung up on while it was still sending.
        }
    }

    private static bool IsQuestion(HttpRequestMessage request) => request.RequestUri!.OriginalString.Contains("/forecast", StringComparison.Ordinal);

    // The registration again, as it was or with another body.
    private HttpRequestMessage Repeated(string registration, string key, Random random)
    {
        var body = random.Next(2) == 0 ? registration : registration.Replace("municipal", "provincial", StringComparison.Ordinal);
        var request = new HttpRequestMessage(HttpMethod.Post, Registration.Path) { Content = Http.Requests.Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Authorization = new("Bearer", Token(new("ada", Role.Office)));
        return request;
    }

    // 1: by nobody or with a useless token; 2: by a stranger; 3: by the office, with something that cannot be.
    private HttpRequestMessage Made(OpenApiSamples samples, int what, string code, Random random)
    {
        OpenApiSamples.Operation[] all = [.. samples.Operations.Where(o => o.Path.StartsWith("/api/v1", StringComparison.Ordinal) && !o.Path.EndsWith("/events", StringComparison.Ordinal)
            && (what != 2 || o.Path.Contains("/projects/{code}", StringComparison.Ordinal)) && (what != 3 || (o.Body is not null && o.Method != HttpMethod.Get)))];
        var operation = all[random.Next(all.Length)];
        var path = operation.At(name => name == "code" && random.Next(4) > 0 ? operation.Path.Contains("departments", StringComparison.Ordinal) ? "511300-FGW" : code : random.Next(3) > 0 ? Fitting(name) : Strange(random));
        if (random.Next(4) == 0) path += $"?{(operation.Query.Count > 0 ? operation.Query[random.Next(operation.Query.Count)] : "x")}={Strange(random)}";
        var request = new HttpRequestMessage(operation.Method, path);
        if (what != 1) request.Headers.Authorization = new("Bearer", Token(what == 2 ? Stranger(random) : new("ada", Role.Office)));
        else if (random.Next(2) == 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Strange(random)}");
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", Strange(random));
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("If-Match", Strange(random));
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("Accept-Language", Strange(random));
        if (samples.Body(operation) is { } body) request.Content = what == 3 ? Impossible(body, random) : Http.Requests.Json(body.ToJsonString());
        return request;
    }

    private static Actor Stranger(Random random) => random.Next(4) switch
    {
        0 => new("stranger", Role.Owner, null, Registration.OtherOwner),
        1 => new("stranger", Role.Manager),
        2 => new("stranger", Role.Clerk),
        _ => new("stranger", Role.Department, "511303-SWJ"),
    };

    private static string Fitting(string name) => name switch { "item" => "A04", "stage" => "S1", "number" => "1", "year" => "2026", _ => "x" };

    private static string Strange(Random random) => _strange[random.Next(_strange.Length)];

    private static ByteArrayContent Impossible(JsonNode body, Random random)
    {
        var text = random.Next(8) switch
        {
            0 => body.ToJsonString()[..^1],
            1 => new string('[', 5000),
            2 => $"{body.ToJsonString()}{new string(' ', 300 * 1024)}",
            3 => "null",
            4 => "\"text\"",
            5 => $"{{\"a\":1,{body.ToJsonString()[1..]}",
            6 => $"{{\"a\":\"\\ud800\",\"b\":{new string('9', 400)}}}",
            _ => Unlike(body),
        };
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new(random.Next(10) == 0 ? "text/plain" : "application/json");
        return content;
    }

    // Every member of another type; a body without any gets one that nobody knows.
    private static string Unlike(JsonNode body) => body is JsonObject { Count: > 0 } members
        ? $"{{{string.Join(',', members.Select(m => $"{JsonSerializer.Serialize(m.Key)}:{(m.Value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? "[{}]" : "\"x\"")}"))}}}"
        : """{ "nobodyKnowsThis": 1 }""";

    [GeneratedRegex(@"\s at [A-Z]\w+\.|Exception|Microsoft\.|SQLite|System\.[A-Z]|\.cs:")]
    private static partial Regex Broken();

    private string Token(Actor actor) => EmbeddedIssuer.Of(_data.Path).Issue(actor, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));

    // How many rows each table has and a hash of all that is in them, but for markers, which are deleted lazily, and the readiness that meta notes.
    private async Task<string> Stored()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.Path, "agency.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Http.Requests.Cancel);
        var tables = new List<string>();
        foreach (var table in (string[])["facts", "texts", "summaries", "keys", "rows"])
        {
            await using var all = connection.CreateCommand();
            all.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2, 3";
            await using var reader = await all.ExecuteReaderAsync(Http.Requests.Cancel);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var count = 0;
            for (; await reader.ReadAsync(Http.Requests.Cancel); count++)
            {
                for (var i = 0; i < reader.FieldCount; i++) hash.AppendData(Encoding.UTF8.GetBytes($"{(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i))}\n"));
            }

            tables.Add($"{table} {count} {Convert.ToHexString(hash.GetHashAndReset())}");
        }

        return string.Join('\n', tables);
    }
}
