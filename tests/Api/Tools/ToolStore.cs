using System.Text;
using Agency.Api.Tools;
using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Api.Tools;

/// <summary>A store in a directory that goes with the test, with true chains and texts; tools that work on it, and SQL by which somebody bends it.</summary>
internal sealed class ToolStore : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    public string Path => _directory.Path;

    public void Dispose() => _directory.Dispose();

    /// <summary>The file of the anchor that is made after so many days.</summary>
    public string AnchorFile(int days = 0) => new AnchorDirectory(Path).FileOf(new DateOnly(2026, 3, 2).AddDays(days));

    public void NextDay() => _clock.Advance(TimeSpan.FromDays(1));

    /// <summary>Appends so many facts, each with a text, to each of the streams.</summary>
    public async Task Append(int facts, params string[] streams)
    {
        await using var store = SqliteEventStore.Open(new() { DataDirectory = Path }, _clock, NullLogger<SqliteEventStore>.Instance);
        foreach (var name in streams)
        {
            var stream = StreamId.Parse(name)!.Value;
            var before = await store.Read(stream, 0, TestContext.Current.CancellationToken).LastOrDefaultAsync(TestContext.Current.CancellationToken);
            var (version, hash) = (before?.Version ?? 0, before?.Hash.ToArray() ?? HashChain.Start(stream));
            var added = Enumerable.Range(1, facts).Select(i => Fact(stream, version + i, $"{i}", ref hash)).ToList();
            Assert.Equal(CommitOutcome.Committed, await store.Commit(new(stream, version, added, new byte[10]), TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Records that the text of a fact is redacted, and takes it out of the store.</summary>
    public async Task Redact(string name, long sequence, bool erase = true)
    {
        await using var store = SqliteEventStore.Open(new() { DataDirectory = Path }, _clock, NullLogger<SqliteEventStore>.Instance);
        var stream = StreamId.Parse(name)!.Value;
        var last = await store.Read(stream, 0, TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
        var bytes = Encoding.UTF8.GetBytes($$$"""{"type":"text-redacted","data":{"sequence":{{{sequence}}},"text":"reason"}}""");
        var fact = new StoredFact(last.Version + 1, bytes, HashChain.Next(last.Hash.Span, stream, last.Version + 1, bytes), []);
        Assert.Equal(CommitOutcome.Committed, await store.Commit(new(stream, last.Version, [fact], new byte[10]), TestContext.Current.CancellationToken));
        if (erase) Assert.True(await store.Redact(stream, sequence, "reason", new("no key", []), TestContext.Current.CancellationToken));
    }

    /// <summary>What the SQL says, done to the file.</summary>
    public void Bend(string sql)
    {
        using var session = new SqliteSession(_directory.File(SqliteDirectory.FileName), SqliteOpenMode.ReadWrite);
        Assert.InRange(session.Execute(sql), 1, int.MaxValue);
    }

    /// <summary>Writes a stream's chain anew, as somebody would who knows how it is made.</summary>
    public async Task Rehash(string name)
    {
        var stream = StreamId.Parse(name)!.Value;
        using var reader = SqliteReader.Open(Path);
        using var session = new SqliteSession(_directory.File(SqliteDirectory.FileName), SqliteOpenMode.ReadWrite);
        var hash = HashChain.Start(stream);
        await foreach (var fact in reader.Read(stream, 0, TestContext.Current.CancellationToken))
        {
            hash = HashChain.Next(hash, stream, fact.Version, fact.Bytes.Span);
            session.Execute("UPDATE facts SET hash = ?3 WHERE stream = ?1 AND version = ?2", name, fact.Version, hash);
        }
    }

    /// <summary>What `verify` says, and its exit code.</summary>
    public Task<(int Code, string[] Lines)> Verify(params string[] arguments) => Run((output, error) => VerifyTool.Run(["--data", Path, .. arguments], output, error));

    /// <summary>What `anchor` says, and its exit code.</summary>
    public Task<(int Code, string[] Lines)> Anchor(params string[] arguments) => Run((output, error) => AnchorTool.Run(["--data", Path, .. arguments], output, error, _clock));

    /// <summary>Makes an anchor; answers its hash.</summary>
    public async Task<string> Anchored()
    {
        var (code, lines) = await Anchor();
        Assert.Equal((0, 1), (code, lines.Length));
        return lines[0].Split(' ')[2];
    }

    public static async Task<(int Code, string[] Lines)> Run(Func<TextWriter, TextWriter, Task<int>> tool)
    {
        using var said = new StringWriter();
        var code = await tool(said, said);
        return (code, said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static StoredFact Fact(StreamId stream, long version, string content, ref byte[] hash)
    {
        var (salt, text) = (new byte[16], $"text {version}");
        var bytes = Encoding.UTF8.GetBytes($$$"""{"type":"noted","texts":{"reason":"{{{FactJson.TextHash(salt, text)}}}"},"data":{"note":"{{{content}}}"}}""");
        hash = HashChain.Next(hash, stream, version, bytes);
        return new(version, bytes, hash, [new("reason", salt, text)]);
    }
}
