using System.Net;
using System.Text;
using Agency.Api.Http.Problems;

namespace Agency.Tests.Api.Http;

public sealed class StrictReadingTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    private const string Good = """{"name":"桥","tone":"veryLoud","inner":{"number":1,"names":["a"]},"day":"2026-03-02"}""";

    [Fact]
    public async Task A_good_body_is_read_and_chinese_is_answered_unescaped()
    {
        var response = await host.Office.Post("/api/v1/things", Good);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Requests.Cancel);
        Assert.Contains("\"name\":\"桥\"", text, StringComparison.Ordinal);
        Assert.Contains("\"tone\":\"veryLoud\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x",""", "malformed-body", "")]
    [InlineData("no json", "malformed-body", "")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":1,"names":["a",]},"day":"2026-03-02"}""", "malformed-body", "/inner/names/1")]
    [InlineData("""{"name":"x","nmae":"y","tone":"plain","inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "unknown-member", "/nmae")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":1,"names":[],"Number":2},"day":"2026-03-02"}""", "unknown-member", "/inner/Number")]
    [InlineData("""{"name":"x","name":"y","tone":"plain","inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "duplicate-member", "/name")]
    [InlineData("""{"tone":"plain","day":"2026-03-02","inner":{"number":1,"names":[]}}""", "missing-member", "/name")]
    [InlineData("""{"name":"x","tone":"plain","inner":{},"day":"2026-03-02"}""", "missing-member", "/inner/number /inner/names")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":"1","names":[]},"day":"2026-03-02"}""", "wrong-type", "/inner/number")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":1.5,"names":[]},"day":"2026-03-02"}""", "wrong-type", "/inner/number")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":1,"names":["a",2]},"day":"2026-03-02"}""", "wrong-type", "/inner/names/1")]
    [InlineData("""{"name":null,"tone":"plain","inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "wrong-type", "/name")]
    [InlineData("""{"name":"x","tone":"Plain","inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "wrong-type", "/tone")]
    [InlineData("""{"name":"x","tone":0,"inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "wrong-type", "/tone")]
    [InlineData("""{"name":"x","tone":"plain","inner":{"number":1,"names":[]},"day":"2026-3-2"}""", "wrong-type", "/day")]
    [InlineData("[]", "wrong-type", "")]
    [InlineData("""{"name":"\ud800","tone":"plain","inner":{"number":1,"names":[]},"day":"2026-03-02"}""", "malformed-body", "/name")]
    public async Task A_bad_body_is_told_by_code_and_pointer(string body, string code, string pointers)
    {
        var problem = await (await host.Office.Post("/api/v1/things", body)).Problem(400, code);
        Assert.Equal(pointers.Split(' '), problem.ErrorsAt());
    }

    [Fact]
    public async Task An_unknown_enum_value_is_answered_with_the_known_ones()
    {
        var problem = await (await host.Office.Post("/api/v1/things", Good.Replace("veryLoud", "soft", StringComparison.Ordinal))).Problem(400, "wrong-type");
        Assert.Contains("plain, veryLoud", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task An_empty_body_is_missing(string body) => await (await host.Office.Post("/api/v1/things", body)).Problem(400, "missing-body");

    [Fact]
    public async Task No_body_at_all_is_missing() => await (await host.Office.Post("/api/v1/things", null)).Problem(400, "missing-body");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=gbk")]
    public async Task Another_content_type_is_unsupported(string type)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await (await host.Office.Send(HttpMethod.Post, "/api/v1/things", content)).Problem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_malformed()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        await (await host.Office.Send(HttpMethod.Post, "/api/v1/things", content)).Problem(400, "malformed-body");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_256_KiB_is_too_large_whether_announced_or_not(bool announced)
    {
        using var content = announced ? (HttpContent)new ByteArrayContent(new byte[256 * 1024 + 1]) : new StreamContent(new Endless(256 * 1024 + 1));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        await (await host.Office.Send(HttpMethod.Post, "/api/v1/things", content)).Problem(413, "body-too-large");
    }

    [Fact]
    public async Task A_body_of_256_KiB_is_read()
    {
        var padded = Good + new string(' ', 256 * 1024 - Encoding.UTF8.GetByteCount(Good));
        Assert.Equal(HttpStatusCode.OK, (await host.Office.Post("/api/v1/things", padded)).StatusCode);
    }

    [Theory]
    [InlineData("form=2026-03-02", "unknown-parameter", "form")]
    [InlineData("From=2026-03-02", "unknown-parameter", "From")]
    [InlineData("from=2026-3-2", "bad-parameter", "from")]
    [InlineData("from=02/03/2026", "bad-parameter", "from")]
    [InlineData("from=2026-02-30", "bad-parameter", "from")]
    [InlineData("from=", "bad-parameter", "from")]
    [InlineData("from=2026-03-02&from=2026-03-03", "bad-parameter", "from")]
    [InlineData("days=five", "bad-parameter", "days")]
    [InlineData("days=", "bad-parameter", "days")]
    [InlineData("at=2026-03-02T10:00:00", "bad-parameter", "at")]
    [InlineData("tone=VeryLoud", "bad-parameter", "tone")]
    [InlineData("tone=1", "bad-parameter", "tone")]
    [InlineData("tones=plain&tones=soft", "bad-parameter", "tones")]
    [InlineData("at=2026-13-02T10:00:00Z", "bad-parameter", "at")]
    public async Task A_bad_query_is_told_by_code_and_name(string query, string code, string name)
    {
        var problem = await (await host.Office.Get($"/api/v1/days?{query}")).Problem(400, code);
        Assert.Equal([name], problem.ErrorsAt());
    }

    [Fact]
    public async Task A_good_query_is_read()
    {
        var response = await host.Office.Get("/api/v1/days?from=2026-03-02&at=2026-03-02T10:00:00%2B08:00&days=5&tone=veryLoud&tag=a&tag=b&tones=plain&tones=veryLoud");
        Assert.Equal("""{"from":"2026-03-02","at":"2026-03-02T10:00:00+08:00","days":5,"tone":"veryLoud","tag":["a","b"],"tones":["plain","veryLoud"]}""", await response.Content.ReadAsStringAsync(Requests.Cancel));
    }

    [Fact]
    public async Task A_missing_parameter_is_told_by_name()
    {
        var problem = await (await host.Office.Get("/api/v1/needed")).Problem(400, "missing-parameter");
        Assert.Equal(["number"], problem.ErrorsAt());
    }

    [Fact]
    public async Task A_bad_part_of_the_path_is_told_by_name()
    {
        var problem = await (await host.Office.Get("/api/v1/things/many")).Problem(400, "bad-parameter");
        Assert.Equal(["number"], problem.ErrorsAt());
    }

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.a.b[0]", "/a/b/0")]
    [InlineData("$['a b'][12].c", "/?/12/c")]
    [InlineData("$['a/b~c']", "/?")]
    public void A_path_becomes_a_pointer(string path, string expected) => Assert.Equal(expected, UnreadableRequest.Pointer(path));

    private sealed class Endless(int length) : MemoryStream(new byte[length])
    {
        // No length is announced: the content goes out in chunks.
        public override bool CanSeek => false;
    }
}
