using Agency.EventSourcing;

namespace Agency.Silo.Storage;

/// <summary>Commands that were answered as done and recorded something: each must be in exactly one commit of its stream.</summary>
public sealed class AcknowledgedCommands
{
    private readonly Dictionary<StreamId, HashSet<string>> _sought = [];

    /// <param name="commands">Streams and ids of commands (<c>command</c> of the facts). One that was acknowledged again, as a repeat, is one.</param>
    public AcknowledgedCommands(IEnumerable<(StreamId Stream, string Command)> commands)
    {
        foreach (var (stream, command) in commands)
        {
            if (!_sought.TryGetValue(stream, out var sought)) _sought.Add(stream, sought = new(StringComparer.Ordinal));
            if (sought.Add(command)) Count++;
        }
    }

    /// <summary>How many there are.</summary>
    public long Count { get; }

    /// <summary>How many are in no commit.</summary>
    public long Lost { get; private set; }

    /// <summary>How many are in more than one.</summary>
    public long Doubled { get; private set; }

    /// <summary>Reads a file with a line for each: the stream, a tab, the command's id.</summary>
    /// <exception cref="StartupException">It has other lines.</exception>
    public static AcknowledgedCommands Read(string file) => new(File.ReadLines(file).Select((line, i) =>
        line.Split('\t') is [var name, { Length: > 0 } command] && StreamId.Parse(name) is { } stream
            ? (stream, command)
            : throw new StartupException($"Line {i + 1} of '{file}' is no acknowledged command: each is a stream, a tab and the command's id.")));

    /// <summary>Seeks those of a stream in its facts: what is not as it must be.</summary>
    internal IEnumerable<RecordFinding> Seek(StreamId stream, IReadOnlyList<StoredFact> facts)
    {
        if (!_sought.Remove(stream, out var sought)) yield break;
        var commits = sought.ToDictionary(c => c, _ => new List<long>(), StringComparer.Ordinal);
        var before = default((DateTimeOffset? RecordedAt, string? Command));
        foreach (var fact in facts)
        {
            // The facts of a commit have one instant of recording and follow each other.
            var origin = FactJson.Origin(fact.Bytes);
            if (origin != before && origin.Command is { } command && commits.TryGetValue(command, out var versions)) versions.Add(fact.Version);
            before = origin;
        }

        foreach (var (command, versions) in commits.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (versions.Count == 1) continue;
            if (versions.Count == 0) Lost++;
            else Doubled++;
            yield return versions.Count == 0
                ? Missing(stream, command, facts.Count)
                : new(stream.ToString(), versions[1], $"the acknowledged command {command} is in {versions.Count} commits, the first at {versions[0]}");
        }
    }

    /// <summary>Those whose stream was not there to be sought in.</summary>
    internal IEnumerable<RecordFinding> Left()
    {
        foreach (var (stream, commands) in _sought.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var command in commands.Order(StringComparer.Ordinal))
            {
                Lost++;
                yield return Missing(stream, command, 0);
            }
        }

        _sought.Clear();
    }

    private static RecordFinding Missing(StreamId stream, string command, long facts) => new(stream.ToString(), facts, $"the acknowledged command {command} is in no commit");
}
