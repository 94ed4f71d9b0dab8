using System.Text;
using Agency.Api.Tools;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Api.Tools;

/// <summary>A service that has written streams of every kind; each test bends a copy of what it stored.</summary>
public sealed class VerifyFullTests(VerifyFullTests.Service service) : IClassFixture<VerifyFullTests.Service>, IDisposable
{
    private const string Differing = "the stream's summary says something else than its facts";
    private static readonly string _project = $"project-{Registration.Code(1)}";

    private readonly TemporaryDirectory _copy = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task What_the_service_writes_is_what_its_facts_come_to_while_it_runs()
    {
        var (code, lines) = await Verify(service.Data, "--full", "--running");
        Assert.Equal(0, code);
        Assert.EndsWith("anchors: whole", Assert.Single(lines), StringComparison.Ordinal);
        using var store = SqliteReader.Open(service.Data);
        Assert.Equal(
            ["agent", "calendar", "catalogue", "departments", "minutes", "project", "review", "series"],
            (await store.Heads(Cancel).ToListAsync(Cancel)).Select(h => h.Stream.Kind).Distinct());
    }

    [Theory]
    [InlineData("project", "小型厂房", "大型厂房")]
    [InlineData("agent", "\"capacity\":2", "\"capacity\":9")]
    [InlineData("calendar", "{}", "{ }")]
    [InlineData("catalogue", "\"SOC_SMALL\":1", "\"SOC_SMALL\":2")]
    [InlineData("departments", "住建委", "住建局")]
    [InlineData("minutes", "1", "2")]
    [InlineData("review", "jointConference", "specialSession")]
    [InlineData("series", "{}", "[]")]
    public async Task A_summary_that_was_changed_is_found_in_every_kind_of_stream(string kind, string said, string instead)
    {
        Copy();
        Bend($"UPDATE summaries SET bytes = CAST(replace(CAST(bytes AS TEXT), '{said}', '{instead}') AS BLOB) WHERE stream LIKE '{kind}-%'");
        var (code, lines) = await Verify(_copy.Path, "--full");
        Assert.Equal(1, code);
        Assert.All(lines.SkipLast(1), line => Assert.StartsWith($"{kind}-", line, StringComparison.Ordinal));
        Assert.All(lines.SkipLast(1), line => Assert.EndsWith($": {Differing}", line, StringComparison.Ordinal));
        Assert.EndsWith($": 0 streams and 0 anchors are not as they were, {lines.Length - 1} summaries say something else, 0 markers are old", lines[^1], StringComparison.Ordinal);
        Assert.InRange(lines.Length, 2, 10);
        Assert.Equal(0, (await Verify(_copy.Path)).Code);
    }

    [Theory]
    [InlineData("UPDATE summaries SET bytes = CAST('rubbish' AS BLOB)", Differing)]
    [InlineData("UPDATE summaries SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"calendar\":2', '\"calendar\":99') AS BLOB)", "the stream's summary counts by the calendar version 99, which is not there")]
    [InlineData("UPDATE summaries SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"calendar\":2', '\"calendar\":0') AS BLOB)", "the stream's summary counts by the calendar version 0, which is not there")]
    [InlineData("UPDATE summaries SET bytes = x''", "note: the stream's summary is empty: the service makes it anew from the facts")]
    [InlineData("UPDATE summaries SET bytes = CAST(replace(CAST(bytes AS TEXT), '{\"format\":6', '{\"format\":5') AS BLOB)", "note: the stream's summary is of the format 5, now it is 6: the service makes it anew from the facts")]
    public async Task What_the_service_makes_anew_is_no_fault(string sql, string what)
    {
        Copy();
        Bend($"{sql} WHERE stream = '{_project}'");
        var (code, lines) = await Verify(_copy.Path, "--full");
        var note = what.StartsWith("note: ", StringComparison.Ordinal);
        Assert.Equal(note ? 0 : 1, code);
        Assert.Matches($"^{(note ? "note: " : "")}{_project} [0-9]+: {what.Replace("note: ", "", StringComparison.Ordinal)}$", lines[0]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task Facts_that_the_service_cannot_have_recorded_come_to_nothing()
    {
        Copy();
        using (var session = Session())
        {
            foreach (var stream in (StreamId[])[new("project", "x"), new("unknown", "x")])
            {
                var bytes = """{"type":"noted","recordedAt":"2026-03-02T01:00:00+00:00","command":"c","data":{}}"""u8.ToArray();
                session.Execute("INSERT INTO facts VALUES(?1, 1, ?2, ?3)", stream.ToString(), bytes, HashChain.Next(HashChain.Start(stream), stream, 1, bytes));
                session.Execute("INSERT INTO summaries VALUES(?1, ?2, 1, ?3)", $"{stream.Kind}-{Sharding.Of(stream, 64)}", stream.ToString(), Encoding.UTF8.GetBytes("{\"format\":6,\"code\":\"x\",\"departments\":[],\"clocks\":[]}"));
            }
        }

        var (code, lines) = await Verify(_copy.Path, "--full");
        Assert.Equal((1, 3), (code, lines.Length));
        Assert.StartsWith("project-x 1: the facts up to here come to nothing that could be summed up: ", lines[0], StringComparison.Ordinal);
        Assert.Equal("unknown-x 1: no stream of this kind is known, so that nothing is known of its summary", lines[1]);
    }

    [Fact]
    public async Task A_marker_that_stands_for_more_than_a_minute_is_old_where_the_service_runs()
    {
        Copy();
        using (var session = Session())
        {
            session.Execute("DELETE FROM markers");
            session.Execute("INSERT INTO markers SELECT partition, stream, version FROM summaries WHERE stream = ?1", _project);
            session.Execute("INSERT INTO markers SELECT partition, stream, version + 1 FROM summaries WHERE stream = ?1", _project);
        }

        Assert.Equal(0, (await Verify(_copy.Path, "--full")).Code);
        var young = await Verify(_copy.Path, "--full", "--running");
        Assert.Equal((1, 2), (young.Code, young.Lines.Length));
        Assert.EndsWith(": a marker stands here, and no fact", young.Lines[0], StringComparison.Ordinal);

        var old = await Verify(_copy.Path, new FakeTimeProvider(service.Clock.GetUtcNow().AddSeconds(61)), "--full", "--running");
        Assert.Equal((1, 3), (old.Code, old.Lines.Length));
        Assert.StartsWith(_project, old.Lines[0], StringComparison.Ordinal);
        Assert.Contains(": what follows from the fact is not known to be done; it was recorded at 2026-03-02T", old.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(", 2 markers are old", old.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_acknowledged_command_is_in_one_commit()
    {
        Copy();
        List<string> all = [];
        using (var store = SqliteReader.Open(_copy.Path))
        {
            // An agent's place is reserved and confirmed under the id of the project's command.
            await foreach (var head in store.Heads(Cancel).Where(h => h.Stream.Kind is "project" or "review"))
                await foreach (var fact in store.Read(head.Stream, 0, Cancel)) all.Add($"{head.Stream}\t{FactJson.Origin(fact.Bytes).Command}");
        }

        var file = _copy.File("acknowledged");
        await File.WriteAllLinesAsync(file, all, Cancel);
        var whole = await Verify(_copy.Path, "--full", "--acknowledged", file);
        Assert.Equal(0, whole.Code);
        Assert.EndsWith($", {all.Distinct().Count()} acknowledged commands, 0 lost, 0 doubled: whole", Assert.Single(whole.Lines), StringComparison.Ordinal);

        await File.AppendAllLinesAsync(file, [$"{_project}\tgone", "project-nowhere\tgone"], Cancel);
        var lost = await Verify(_copy.Path, "--full", "--acknowledged", file);
        Assert.Equal((1, 3), (lost.Code, lost.Lines.Length));
        Assert.Matches($"^{_project} [0-9]+: the acknowledged command gone is in no commit$", lost.Lines[0]);
        Assert.Equal("project-nowhere 0: the acknowledged command gone is in no commit", lost.Lines[1]);
        Assert.Contains($" {all.Distinct().Count() + 2} acknowledged commands, 2 lost, 0 doubled: ", lost.Lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'verify' takes --running and --acknowledged with --full alone.", "--running")]
    [InlineData("'verify' takes --full once.", "--full", "--full")]
    [InlineData("'verify' needs a value after --acknowledged.", "--full", "--acknowledged")]
    [InlineData("Line 2 of '{0}' is no acknowledged command: each is a stream, a tab and the command's id.", "--full", "--acknowledged", "{0}")]
    [InlineData("The mode (--mode, Agency:Mode) is 'both': it is embedded or cluster.", "--full", "--mode", "both")]
    [InlineData("The storage (--storage) is a cluster's: give it with --mode cluster.", "--full", "--storage", "x")]
    [InlineData("Agency:Cluster:ConnectionString or Endpoint cannot be read: copy it anew from the account's page.", "--mode", "cluster", "--storage", "x")]
    public async Task A_wrong_use_finds_nothing_out(string sentence, params string[] arguments)
    {
        var file = _copy.File("lines");
        await File.WriteAllLinesAsync(file, [$"{_project}\tc", $"{_project} c"], Cancel);
        Assert.Equal((2, sentence.Replace("{0}", file, StringComparison.Ordinal)), await Verify(service.Data, [.. arguments.Select(a => a.Replace("{0}", file, StringComparison.Ordinal))]) is var (code, lines) ? (code, Assert.Single(lines)) : default);
    }

    private Task<(int Code, string[] Lines)> Verify(string data, params string[] arguments) => Verify(data, service.Clock, arguments);

    private static Task<(int Code, string[] Lines)> Verify(string data, TimeProvider clock, params string[] arguments) =>
        ToolStore.Run((output, error) => VerifyTool.Run(["--data", data, .. arguments], output, error, clock));

    private void Copy()
    {
        using var session = new SqliteSession(Path.Combine(service.Data, SqliteDirectory.FileName), SqliteOpenMode.ReadOnly);
        session.Execute("VACUUM INTO ?1", _copy.File(SqliteDirectory.FileName));
    }

    private void Bend(string sql)
    {
        using var session = Session();
        Assert.InRange(session.Execute(sql), 1, int.MaxValue);
    }

    private SqliteSession Session() => new(_copy.File(SqliteDirectory.FileName), SqliteOpenMode.ReadWrite);

    /// <summary>Has stored something of every kind.</summary>
    public sealed class Service : ApiFixture, IAsyncLifetime
    {
        public string Data => DataDirectory;

        public async ValueTask InitializeAsync()
        {
            var (office, admin) = (As(Role.Office), As(Role.Administrator));
            await (await admin.Put("/api/v1/departments/511303-ZJJ", """{ "name": "高坪区住建委" }""")).Body(200);
            await (await admin.Put("/api/v1/calendar/2030", """{ "off": ["2030-01-04"], "work": [], "source": "国办发明电〔2029〕1号" }""")).Body(200);
            await (await office.Post("/api/v1/review-series", """{ "kind": "jointConference", "title": "联席会议", "rule": "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", "place": "市政务中心" }""")).Body(201);
            var project = await this.Registered(1);
            await this.Managed($"{Registration.Path}/{project}", "chen");
            await new Demo.Meeting(new(office)).Hold(project, new(2026, 3, 2), CancellationToken.None);
        }
    }
}
