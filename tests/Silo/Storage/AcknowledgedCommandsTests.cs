using System.Text;
using Agency.EventSourcing;
using Agency.Silo.Storage;

namespace Agency.Tests.Silo.Storage;

public sealed class AcknowledgedCommandsTests
{
    private static readonly StreamId _stream = new("project", "1");

    [Fact]
    public void A_command_is_in_one_commit_however_many_facts_that_has()
    {
        var commands = Of("a", "b", "a");
        Assert.Empty(commands.Seek(_stream, Facts(("a", 1), ("a", 1), ("x", 2), ("b", 3))));
        Assert.Equal((2, 0, 0), (commands.Count, commands.Lost, commands.Doubled));
        Assert.Empty(commands.Left());
    }

    [Fact]
    public void One_that_is_in_two_commits_is_doubled_be_they_neighbours_or_not()
    {
        var commands = Of("a", "b", "c");
        Assert.Equal(
            ["project-1 4: the acknowledged command a is in 2 commits, the first at 1", "project-1 3: the acknowledged command b is in 2 commits, the first at 2"],
            commands.Seek(_stream, Facts(("a", 1), ("b", 2), ("b", 3), ("a", 4), ("a", 4), ("c", 5))).Select(f => $"{f}"));
        Assert.Equal((3, 0, 2), (commands.Count, commands.Lost, commands.Doubled));
    }

    [Fact]
    public void One_that_is_nowhere_is_lost_and_with_its_stream_too()
    {
        var commands = new AcknowledgedCommands([(_stream, "a"), (new("project", "2"), "a")]);
        Assert.Equal(["project-1 1: the acknowledged command a is in no commit"], commands.Seek(_stream, Facts(("b", 1))).Select(f => $"{f}"));
        Assert.Equal(["project-2 0: the acknowledged command a is in no commit"], commands.Left().Select(f => $"{f}"));
        Assert.Empty(commands.Left());
        Assert.Equal((2, 2, 0), (commands.Count, commands.Lost, commands.Doubled));
    }

    private static AcknowledgedCommands Of(params string[] commands) => new(commands.Select(c => (_stream, c)));

    // Each with the minute in which it was recorded.
    private static List<StoredFact> Facts(params (string Command, int Minute)[] facts) =>
    [
        .. facts.Select((f, i) => new StoredFact(i + 1, Encoding.UTF8.GetBytes($$"""{"type":"x","recordedAt":"2026-03-02T01:{{f.Minute:D2}}:00+00:00","command":"{{f.Command}}"}"""), new byte[32], [])),
    ];
}
