namespace Agency.Tests.Api.Tools;

/// <summary>Somebody puts something where no stream has anything.</summary>
public sealed class VerifyStraysTests : IDisposable
{
    private const string Victim = "project-b";
    private const string Where = $"WHERE stream = '{Victim}' AND version";

    private readonly ToolStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData($"INSERT INTO summaries SELECT 'project-none', stream, version, bytes FROM summaries WHERE stream = '{Victim}'", 5, "a summary of the stream lies in a partition that is not its own")]
    [InlineData($"INSERT INTO facts SELECT stream, 0, bytes, hash FROM facts {Where} = 1", 0, "a fact lies at this version, at which no stream has one")]
    [InlineData($"INSERT INTO facts SELECT stream, -7, bytes, hash FROM facts {Where} = 1", -7, "a fact lies at this version, at which no stream has one")]
    [InlineData($"INSERT INTO texts VALUES('{Victim}', 6, 'more', NULL, 'hidden')", 6, "a text lies beside no fact")]
    [InlineData($"INSERT INTO texts VALUES('{Victim}', -1, 'more', NULL, 'hidden')", -1, "a text lies beside no fact")]
    public async Task What_a_stream_cannot_have_is_named(string sql, long version, string what)
    {
        await Filled();
        _store.Bend(sql);
        var (code, lines) = await _store.Verify();
        Assert.Equal((1, $"{Victim} {version}: {what}"), (code, lines[0]));
        Assert.Equal("4 streams, 20 facts, 0 anchors: 1 streams and 0 anchors are not as they were", Assert.Single(lines[1..]));
    }

    [Fact]
    public async Task A_name_that_is_no_streams_is_told()
    {
        await Filled();
        _store.Bend($"UPDATE facts SET stream = 'what?' {Where} = 5");
        var (code, lines) = await _store.Verify();
        Assert.Equal(1, code);
        Assert.Equal(
            [
                $"{Victim} 5: the fact is missing; the stream's summary is at 5",
                "'what?' 5: a fact lies under this name, which is no stream's",
                "4 streams, 19 facts, 0 anchors: 2 streams and 0 anchors are not as they were",
            ],
            lines);
    }

    [Theory]
    [InlineData("'zzz'", "'zzz'")] // after all streams
    [InlineData("'aaa'", "'aaa'")]
    [InlineData("''", "''")]
    [InlineData("x'7a7a7a'", "'zzz'")]
    [InlineData($"CAST('{Victim}' AS BLOB)", Victim)]
    [InlineData("CAST(x'61ff62' AS TEXT)", "'a\ufffdb'")]
    [InlineData("'a' || char(10) || 'b'", "'a\\u000ab'")]
    [InlineData("'project-' || char(0)", "'project-\\u0000'")]
    public async Task A_name_that_is_no_streams_hides_no_other_finding(string name, string said)
    {
        await Filled();
        _store.Bend($"UPDATE facts SET bytes = CAST('{{}}' AS BLOB) WHERE stream = 'agent-li' AND version = 2");
        _store.Bend($"UPDATE facts SET bytes = CAST('{{}}' AS BLOB) WHERE stream = 'project-a' AND version = 3");
        _store.Bend($"INSERT INTO facts VALUES({name}, 1, x'00', x'00')");
        _store.Bend($"INSERT INTO summaries VALUES('project-0', {name}, 1, x'00')");
        var (code, lines) = await _store.Verify();
        Assert.Equal(1, code);
        Assert.Equal(
            [
                "agent-li 2: the fact is not the one that was recorded here",
                "project-a 3: the fact is not the one that was recorded here",
                $"{said} 1: a fact lies under this name, which is no stream's",
                "4 streams, 20 facts, 0 anchors: 3 streams and 0 anchors are not as they were",
            ],
            lines);
        Assert.Equal(0, (await _store.Anchor()).Code);
    }

    private Task Filled() => _store.Append(5, "project-a", Victim, "calendar-cn", "agent-li");
}
