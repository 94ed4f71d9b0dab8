using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

/// <summary>Commands that are sent again under their idempotency key, to the same process and to one that was started anew.</summary>
public sealed class RepeatTests : IDisposable
{
    private const string Path = Registration.Path;
    private const string Steps = $"{Path}/2026-511302-47-01-000001/approvals/A04";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_repeat_gets_the_first_answer_also_from_a_service_that_was_started_anew()
    {
        (HttpResponseMessage Made, HttpResponseMessage Submitted, HttpResponseMessage Changed) first;
        await using (var api = new KeptApi(_data))
        {
            first = await Send(api);
            foreach (var response in (HttpResponseMessage[])[first.Made, first.Submitted, first.Changed]) Assert.False(response.Headers.Contains("Idempotency-Replayed"));
            await (await api.As(Role.Department, department: "511300-FGW").Post($"{Steps}/acceptance", "{}")).Body(200);
            await Same(first, await Send(api));
        }

        await using var again = new KeptApi(_data);
        await Same(first, await Send(again));
        var history = await (await again.As(Role.Office).Get($"{Path}/{Registration.Code(1)}/history")).Body(200);
        Assert.Equal(["registered", "submission", "details-changed", "acceptance"], history.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_key_is_its_actors_its_paths_and_its_bodys()
    {
        await using var api = new KeptApi(_data);
        await Send(api);
        var office = api.As(Role.Office);

        // Another body under the key, be the command possible or not.
        await (await office.Post(Path, Registration.Body(Registration.Code(1), ("name", "别的")), ("Idempotency-Key", "k"))).Problem(422, "idempotency-key-reused");
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{Steps}/submission", """{ "materials": [ { "name": "别的" } ] }""", ("Idempotency-Key", "k"))).Problem(422, "idempotency-key-reused");

        // Another actor, another project, another step: another command.
        await (await api.As(Role.Office, "eva").Post(Path, Registration.Body(Registration.Code(1)), ("Idempotency-Key", "k"))).Problem(409, "project-exists");
        Assert.False((await office.Post(Path, Registration.Body(Registration.Code(2)), ("Idempotency-Key", "k"))).Headers.Contains("Idempotency-Replayed"));
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{Steps}/supplement", """{ "materials": [] }""", ("Idempotency-Key", "k"))).Problem(409, "step-not-possible");
    }

    [Fact]
    public async Task A_refused_command_is_decided_anew_under_its_key()
    {
        await using var api = new KeptApi(_data);
        await api.Registered(1);
        var department = api.As(Role.Department, department: "511300-FGW");
        await (await department.Post($"{Steps}/acceptance", "{}", ("Idempotency-Key", "k"))).Problem(409, "item-not-submitted");
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{Steps}/submission", """{ "materials": [] }""")).Body(200);
        Assert.Equal("accepted", (await (await department.Post($"{Steps}/acceptance", "{}", ("Idempotency-Key", "k"))).Body(200)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ключ")]
    public async Task A_key_is_visible_ascii(string key)
    {
        await using var api = new KeptApi(_data);
        await (await api.As(Role.Office).Post(Path, Registration.Body(Registration.Code(1)), ("Idempotency-Key", key))).Problem(400, "bad-header");
    }

    private static async Task<(HttpResponseMessage Made, HttpResponseMessage Submitted, HttpResponseMessage Changed)> Send(KeptApi api) =>
    (
        await api.As(Role.Office).Post(Path, Registration.Body(Registration.Code(1)), ("Idempotency-Key", "k")),
        await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{Steps}/submission", """{ "materials": [] }""", ("Idempotency-Key", "k")),
        await api.As(Role.Office).Patch($"{Path}/{Registration.Code(1)}", """{ "aliases": ["2603-511302-04-01-123456"] }""", ("Idempotency-Key", "k"))
    );

    private static async Task Same((HttpResponseMessage, HttpResponseMessage, HttpResponseMessage) first, (HttpResponseMessage, HttpResponseMessage, HttpResponseMessage) again)
    {
        foreach (var (one, other) in ((HttpResponseMessage, HttpResponseMessage)[])[(first.Item1, again.Item1), (first.Item2, again.Item2), (first.Item3, again.Item3)])
        {
            Assert.Equal("true", Assert.Single(other.Headers.GetValues("Idempotency-Replayed")));
            Assert.Equal((one.StatusCode, one.Headers.Location, one.Headers.ETag), (other.StatusCode, other.Headers.Location, other.Headers.ETag));
            Assert.Equal(await one.Content.ReadAsStringAsync(Requests.Cancel), await other.Content.ReadAsStringAsync(Requests.Cancel));
        }
    }

    private sealed class KeptApi(DirectoryInfo data) : ApiFixture
    {
        protected override string DataDirectory => data.FullName;
    }
}
