using System.Text;
using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Persons;

public sealed class PersonsApiTests(PersonsApiTests.Kept api) : IClassFixture<PersonsApiTests.Kept>
{
    private const string Path = "/api/v1/persons";
    private const string Body = """{ "name": "王芳", "phone": "13900005678", "mail": "wang@example.cn" }""";

    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _administrator = api.As(Role.Administrator);

    [Fact]
    public async Task A_person_is_written_down_changed_and_read()
    {
        var put = await _office.Put(Path + "/p-1", Body);
        Assert.Equal(("王芳", "13900005678", "wang@example.cn", false), Of(await put.Body(200)));
        Assert.Equal(1, put.Version());
        Assert.Equal(1, (await _office.Put(Path + "/p-1", Body)).Version());

        var changed = await _office.Put(Path + "/p-1", """{ "name": "王芳" }""", ("If-Match", "\"1\""));
        Assert.Equal(("王芳", null, null, false), Of(await changed.Body(200)));
        await (await _office.Put(Path + "/p-1", Body, ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        var got = await _office.Get(Path + "/p-1");
        Assert.Equal((changed.Headers.ETag, 2), (got.Headers.ETag, got.Version()));
        Assert.Equal(304, (int)(await _office.Get(Path + "/p-1", ("If-None-Match", got.Headers.ETag!.ToString()))).StatusCode);
    }

    [Fact]
    public async Task Everyone_changes_itself_and_nobody_another()
    {
        var (own, other, owner) = (api.As(Role.Clerk, "p-2"), api.As(Role.Clerk, "p-3"), api.As(Role.Owner, "p-4", creditCode: "91511302MA62900AX9"));
        await (await own.Put(Path + "/p-2", Body)).Body(200);
        await (await other.Put(Path + "/p-2", """{ "name": "别人" }""")).Problem(404, "person-not-found");
        Assert.Equal(("王芳", "13900005678", "wang@example.cn", false), Of(await (await own.Get(Path + "/p-2")).Body(200)));
        Assert.Equal(("王芳", "139****5678", "w***@example.cn", true), Of(await (await other.Get(Path + "/p-2")).Body(200)));
        Assert.Equal(("王芳", "139****5678", "w***@example.cn", true), Of(await (await owner.Get(Path + "/p-2")).Body(200)));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_its_place()
    {
        Assert.Equal(["/name", "/phone", "/mail"], (await (await _office.Put(Path + "/p-5", """{ "name": "", "phone": "x", "mail": "x" }""")).Problem(422, "invalid-person")).ErrorsAt());
        await (await _office.Put(Path + "/p!5", Body)).Problem(404, "person-not-found");
        await (await _office.Get(Path + "/p!5")).Problem(404, "person-not-found");
        await (await _office.Get(Path + "/p-5")).Problem(404, "person-not-found");
    }

    [Fact]
    public async Task Whoever_is_erased_is_in_no_file_any_more_and_the_agent_stays_with_the_bare_id()
    {
        await (await _office.Post("/api/v1/agents", """
            { "id": "p-6", "name": "欧阳某某", "phone": "13712349999", "mail": "ouyang@example.cn", "department": "511300-ZJJ", "rank": "middle", "functions": ["clerk"], "capacity": 5 }
            """, ("Idempotency-Key", "p-6"))).Body(201);
        Assert.True(api.Keeps("欧阳某某") && api.Keeps("13712349999"), "the test looks where the person would be");
        await (await _office.Send(HttpMethod.Delete, Path + "/p-6")).Problem(403, "role-not-allowed");
        Assert.Equal(204, (int)(await _administrator.Send(HttpMethod.Delete, Path + "/p-6")).StatusCode);

        Assert.False(api.Keeps("欧阳某某") || api.Keeps("13712349999") || api.Keeps("ouyang"));
        await (await _office.Get(Path + "/p-6")).Problem(404, "person-not-found");
        await (await _administrator.Send(HttpMethod.Delete, Path + "/p-6")).Problem(404, "person-not-found");
        var agent = await (await _office.Get("/api/v1/agents/p-6")).Body(200);
        Assert.Equal(("p-6", JsonValueKind.Null, JsonValueKind.Null), (agent.GetProperty("id").GetString(), agent.GetProperty("name").ValueKind, agent.GetProperty("phone").ValueKind));
    }

    [Fact]
    public async Task A_registration_repeated_after_the_erasure_does_not_bring_the_person_back_and_a_new_put_does()
    {
        const string Registration = """
            { "id": "p-7", "name": "慕容某某", "phone": "13612348888", "department": "511300-ZJJ", "rank": "middle", "functions": ["clerk"], "capacity": 5 }
            """;
        await (await _office.Post("/api/v1/agents", Registration, ("Idempotency-Key", "p-7"))).Body(201);
        Assert.True(api.Keeps("慕容某某"), "the test looks where the person would be");
        Assert.Equal(204, (int)(await _administrator.Send(HttpMethod.Delete, Path + "/p-7")).StatusCode);

        var repeated = await _office.Post("/api/v1/agents", Registration, ("Idempotency-Key", "p-7"));
        Assert.Equal(JsonValueKind.Null, (await repeated.Body(201)).GetProperty("name").ValueKind);
        Assert.Contains("Idempotency-Replayed", repeated.Headers.Select(h => h.Key));
        Assert.False(api.Keeps("慕容某某") || api.Keeps("13612348888"));
        await (await _office.Get(Path + "/p-7")).Problem(404, "person-not-found");

        await (await _office.Put(Path + "/p-7", Body, ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        await (await _office.Put(Path + "/p-7", Body)).Problem(409, "person-erased");
        var put = await _office.Put(Path + "/p-7", Body, ("If-Match", "\"0\""));
        Assert.Equal(("王芳", 3), ((await put.Body(200)).GetProperty("name").GetString(), put.Version()));
    }

    private static (string?, string?, string?, bool) Of(JsonElement person) =>
        (person.GetProperty("name").GetString(), person.GetProperty("phone").GetString(), person.GetProperty("mail").GetString(), person.GetProperty("masked").GetBoolean());

    /// <summary>The service, and what its files hold.</summary>
    public sealed class Kept : ApiFixture
    {
        public bool Keeps(string text) => Directory.EnumerateFiles(DataDirectory, "agency.db*").Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });
    }
}
