using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Faults.Record;

/// <summary>What the store alone says of commands.</summary>
/// <param name="Lost">Those that were acknowledged and are in no commit of their stream.</param>
/// <param name="Doubled">Those that are in more than one.</param>
internal sealed record StoredCommands(IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled)
{
    /// <param name="acknowledged">Streams, and the ids of commands of which they must have the facts.</param>
    /// <exception cref="TrialFailedException">A stream is not whole.</exception>
    public static async Task<StoredCommands> Find(IFactReader store, IEnumerable<(StreamId Stream, string Command)> acknowledged, CancellationToken cancellationToken)
    {
        var (lost, doubled) = (new List<string>(), new List<string>());
        foreach (var stream in acknowledged.GroupBy(a => a.Stream, a => a.Command))
        {
            var (check, commits) = (new StreamCheck(stream.Key), new HashSet<(string Command, DateTimeOffset RecordedAt)>());
            await foreach (var fact in store.Read(stream.Key, 0, cancellationToken))
            {
                check.Add(fact);
                using var envelope = JsonDocument.Parse(fact.Bytes);
                commits.Add((envelope.RootElement.GetProperty("command").GetString()!, envelope.RootElement.GetProperty("recordedAt").GetDateTimeOffset()));
            }

            if (check.Fault is { } fault) throw new TrialFailedException($"{fault}");
            lost.AddRange(stream.Except(commits.Select(c => c.Command)).Select(c => $"{stream.Key} {c}"));
            doubled.AddRange(commits.GroupBy(c => c.Command).Where(c => c.Count() > 1).Select(c => $"{stream.Key} {c.Key}"));
        }

        return new(lost, doubled);
    }
}
