using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.Api.Hosting;
using Agency.People;

namespace Agency.Tests.Api.Http;

public sealed class CommandContextTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    private const string Body = """{"text":"t","occurredOn":"2026-03-02","lateReason":"迟","onBehalfOf":"511300-ZJJ","reason":"因"}""";

    [Fact]
    public async Task An_act_says_what_the_body_says_of_it()
    {
        var act = await Act(Body);
        Assert.Equal(("ada", "office"), (act.GetProperty("actor").GetProperty("id").GetString(), act.GetProperty("actor").GetProperty("role").GetString()));
        Assert.Equal(("2026-03-02", "511300-ZJJ"), (act.GetProperty("occurredOn").GetString(), act.GetProperty("onBehalfOf").GetString()));
        Assert.Equal(("迟", "因"), (act.GetProperty("texts").GetProperty("lateReason").GetString(), act.GetProperty("texts").GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_the_body_leaves_out_is_null()
    {
        var act = await Act("""{"text":"t"}""");
        Assert.All(["occurredOn", "onBehalfOf", "texts", "ifVersion", "key"], name => Assert.Equal(JsonValueKind.Null, act.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task Without_a_key_each_command_has_an_id_of_its_own() => Assert.NotEqual(Id(await Act(Body)), Id(await Act(Body)));

    [Fact]
    public async Task In_a_cluster_a_command_without_a_key_has_a_passing_one_by_which_its_own_repeat_is_known()
    {
        await using var cluster = new ConventionsHost { Mode = ServiceMode.Cluster };
        await cluster.InitializeAsync();
        var (act, other) = (await Of(cluster.Office), await Of(cluster.Office));
        Assert.True(act.GetProperty("key").GetProperty("passing").GetBoolean());
        Assert.Equal(Id(act), act.GetProperty("key").GetProperty("key").GetString());
        Assert.NotEqual(Id(act), Id(other));
        Assert.False((await Of(cluster.Office, ("Idempotency-Key", "k"))).GetProperty("key").GetProperty("passing").GetBoolean());

        static async Task<JsonElement> Of(HttpClient client, params (string, string)[] headers) => await (await client.Post("/api/v1/acts/x", Body, headers)).Body();
    }

    [Fact]
    public async Task Under_a_key_a_repeat_is_the_same_command_and_carries_the_hash_of_its_body()
    {
        var (first, again) = (await Act(Body, key: "k"), await Act(Body, key: "k"));
        Assert.Equal(Id(first), Id(again));
        Assert.Equal(first.GetProperty("key").GetProperty("key").GetString(), again.GetProperty("key").GetProperty("key").GetString());
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Body))), first.GetProperty("key").GetProperty("bodyHash").GetString());
    }

    [Fact]
    public async Task Another_body_is_the_same_command_with_another_hash()
    {
        var (first, other) = (await Act(Body, key: "k"), await Act("""{"text":"u"}""", key: "k"));
        Assert.Equal(Id(first), Id(other));
        Assert.NotEqual(first.GetProperty("key").GetProperty("bodyHash").GetString(), other.GetProperty("key").GetProperty("bodyHash").GetString());
    }

    [Fact]
    public async Task The_scope_of_a_key_is_actor_role_path_and_key()
    {
        string?[] ids =
        [
            Id(await Act(Body, key: "k")),
            Id(await Act(Body, key: "l")),
            Id(await Act(Body, key: "k", path: "/api/v1/acts/y")),
            Id(await Act(Body, key: "k", actor: "bo")),
            Id(await Act(Body, key: "k", role: Role.Manager)),
        ];
        Assert.Distinct(ids);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("键")]
    public async Task A_key_is_of_visible_ascii(string key)
    {
        var problem = await (await host.Office.Post("/api/v1/acts/x", Body, ("Idempotency-Key", key))).Problem(400, "bad-header");
        Assert.Equal(["Idempotency-Key"], problem.ErrorsAt());
    }

    [Theory]
    [InlineData(128, 200)]
    [InlineData(129, 400)]
    public async Task A_key_has_at_most_128_characters(int length, int status) =>
        Assert.Equal(status, (int)(await host.Office.Post("/api/v1/acts/x", Body, ("Idempotency-Key", new('k', length)))).StatusCode);

    private static string? Id(JsonElement act) => act.GetProperty("commandId").GetString();

    private async Task<JsonElement> Act(string body, string? key = null, string path = "/api/v1/acts/x", string actor = "ada", Role role = Role.Office)
    {
        var client = host.As(actor, role);
        return await (await client.Post(path, body, key is null ? [] : [("Idempotency-Key", key)])).Body();
    }
}
