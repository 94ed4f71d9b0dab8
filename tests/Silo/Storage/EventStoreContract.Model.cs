using Agency.EventSourcing;
using FsCheck.Xunit;

namespace Agency.Tests.Silo.Storage;

public abstract partial class EventStoreContract
{
    /// <summary>What a step of a random run does.</summary>
    public enum Verb
    {
        Append,
        AppendMarked,
        AppendStale,
        AppendTooEarly,
        Redact,
        DeleteMarkers,
        ReadOn,
    }

    /// <summary>One step of a random run; its numbers are taken modulo what is there.</summary>
    public sealed record Step(Verb Verb, byte Stream, byte Number, byte Key);

    [Property(MaxTest = 60)]
    public async Task Whatever_is_done_to_it_a_store_stays_what_plain_lists_would_be(Step[] steps)
    {
        var project = NewStream();
        var model = new Model(Store, [NewStream("agent"), NewStream("agent"), project, NewStreamBeside(project), NewStreamBeside(project, sameShard: false)]);
        foreach (var step in steps) await model.Do(step);
        await model.Compare();
    }

    /// <summary>Does each step to a store and to plain lists, and compares.</summary>
    private sealed class Model(IEventStore store, StreamId[] streams)
    {
        private readonly string _run = $"{Guid.NewGuid():N}";
        private readonly Dictionary<StreamId, List<(string Content, string? Text)>> _facts = streams.ToDictionary(s => s, _ => new List<(string, string?)>());
        private readonly Dictionary<StreamId, string> _summaries = [];
        private readonly HashSet<Marker> _markers = [];
        private readonly HashSet<(string Kind, int Shard, string Key)> _keys = [];

        public async Task Do(Step step)
        {
            var stream = streams[step.Stream % streams.Length];
            var facts = _facts[stream];
            switch (step.Verb)
            {
                case Verb.Append or Verb.AppendMarked:
                    await Append(stream, facts.Count, step);
                    break;
                case Verb.AppendStale:
                    await Append(stream, Math.Max(0, facts.Count - 1 - (step.Number % 3)), step);
                    break;
                case Verb.AppendTooEarly:
                    await Append(stream, facts.Count + 1 + (step.Number % 3), step);
                    break;
                case Verb.Redact:
                    var version = step.Number % (facts.Count + 2);
                    var there = version >= 1 && version <= facts.Count;
                    Assert.Equal(there, await store.Redact(stream, version, "text", Untold, Cancellation));
                    if (there) facts[version - 1] = (facts[version - 1].Content, null);
                    break;
                case Verb.DeleteMarkers:
                    var marker = new Marker(stream, step.Number % (facts.Count + 2));
                    await store.DeleteMarkers([marker], Cancellation);
                    _markers.Remove(marker);
                    break;
                case Verb.ReadOn:
                    await CompareFacts(stream, step.Number % (facts.Count + 2));
                    break;
                default:
                    throw new NotSupportedException($"{step.Verb}");
            }
        }

        public async Task Compare()
        {
            foreach (var stream in streams) await CompareFacts(stream, 0);
            foreach (var (kind, shard) in streams.Select(s => (s.Kind, Sharding.Of(s, store.Shards))).Distinct())
            {
                bool Here(StreamId stream) => stream.Kind == kind && Sharding.Of(stream, store.Shards) == shard;
                var summaries = (await All(store.Summaries(kind, shard, Cancellation))).Where(s => streams.Contains(s.Stream));
                Assert.Equal(
                    _summaries.Where(s => Here(s.Key)).OrderBy(s => s.Key.Id, StringComparer.Ordinal).Select(s => (s.Key, (long)_facts[s.Key].Count, s.Value)),
                    summaries.Select(s => (s.Stream, s.Version, Text(s.Bytes))));
                var markers = (await All(store.Markers(kind, shard, Cancellation))).Where(m => streams.Contains(m.Stream));
                Assert.Equal(_markers.Where(m => Here(m.Stream)).OrderBy(m => m.Stream.Id, StringComparer.Ordinal).ThenBy(m => m.Version), markers);
            }

            foreach (var (stream, key) in from stream in streams from key in Enumerable.Range(0, 4) select (stream, $"{_run} {key}"))
                Assert.Equal(_keys.Contains(Place(stream, key)), await store.FindKey(stream, key, Cancellation) is not null);
        }

        private async Task Append(StreamId stream, long expected, Step step)
        {
            var key = step.Key % 5 is var number and < 4 ? $"{_run} {number}" : null;
            var contents = Enumerable.Range(0, 1 + (step.Number % 3)).Select(i => ($"{step.Number}.{i}", (string?)$"text {i}")).ToArray();
            var (marked, summary) = (step.Verb == Verb.AppendMarked, $"after {step.Number}");
            var commit = new Commit(
                stream,
                expected,
                [.. contents.Select((c, i) => Fact(stream, expected + 1 + i, c.Item1, ("text", c.Item2!)))],
                Utf8(summary),
                key is null ? null : Key(key),
                marked);

            var outcome = key is not null && _keys.Contains(Place(stream, key)) ? CommitOutcome.KeyTaken
                : expected != _facts[stream].Count ? CommitOutcome.VersionConflict
                : CommitOutcome.Committed;
            Assert.Equal(outcome, await store.Commit(commit, Cancellation));
            if (outcome != CommitOutcome.Committed) return;
            _facts[stream].AddRange(contents);
            _summaries[stream] = summary;
            if (key is not null) _keys.Add(Place(stream, key));
            if (marked) _markers.Add(new(stream, commit.Version));
        }

        private async Task CompareFacts(StreamId stream, int after)
        {
            var facts = await All(store.Read(stream, after, Cancellation));
            Assert.Equal(
                _facts[stream].Select((f, i) => (i + 1L, f.Content, f.Text)).Skip(after),
                facts.Select(f => (f.Version, Text(f.Bytes), Assert.Single(f.Texts).Value)));
        }

        private (string Kind, int Shard, string Key) Place(StreamId stream, string key) => (stream.Kind, Sharding.Of(stream, store.Shards), key);

        private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);
    }
}
