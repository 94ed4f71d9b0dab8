using System.Diagnostics;
using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Bench;

/// <summary>How many durable commits a second the embedded store takes, and how long each waits, by the number of writers. A commit is
/// that of a usual command: one fact of 400 bytes with a text, a summary of 600 bytes, an idempotency record and a marker.</summary>
internal static class EventStoreBench
{
    private static readonly TimeSpan _length = TimeSpan.FromSeconds(5);
    private static readonly byte[] _fact = new byte[400];
    private static readonly byte[] _summary = new byte[600];

    /// <param name="parent">Where the store is made, and deleted afterwards; its disk is what is measured.</param>
    public static async Task Run(string parent)
    {
        Console.WriteLine("| writers | commits/s | p50 ms | p99 ms | commits per transaction |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: |");
        foreach (var writers in (int[])[1, 64, 512])
        {
            var directory = Directory.CreateDirectory(Path.Combine(parent, $"agency-bench-{Guid.NewGuid():N}"));
            try
            {
                await using var store = SqliteEventStore.Open(new() { DataDirectory = directory.FullName }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
                await Measure(store, writers, TimeSpan.FromSeconds(1));
                var before = store.Transactions;
                var (waits, taken) = await Measure(store, writers, _length);
                Array.Sort(waits);
                Console.WriteLine($"| {writers} | {waits.Length / taken.TotalSeconds:N0} | {Part(0.5):N2} | {Part(0.99):N2} | {(double)waits.Length / (store.Transactions - before):N1} |");
                double Part(double part) => waits[(int)(waits.Length * part)].TotalMilliseconds;
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private static async Task<(TimeSpan[] Waits, TimeSpan Taken)> Measure(SqliteEventStore store, int writers, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => Write(store, clock, length))));
        return ([.. waits.SelectMany(w => w)], clock.Elapsed);
    }

    // One writer: its own streams of 50 commits each, one commit after the other.
    private static async Task<List<TimeSpan>> Write(SqliteEventStore store, Stopwatch clock, TimeSpan length)
    {
        var waits = new List<TimeSpan>();
        for (var (stream, version) = (NewStream(), 0L); clock.Elapsed < length;)
        {
            var began = clock.Elapsed;
            var key = new IdempotencyRecord($"{Guid.NewGuid():N}{Guid.NewGuid():N}", new byte[32], new byte[200], DateTimeOffset.MaxValue);
            var fact = new StoredFact(version + 1, _fact, new byte[32], [new("reason", new byte[16], "因资金未到位，暂缓施工")]);
            var outcome = await store.Commit(new(stream, version, [fact], _summary, key, Marked: true));
            if (outcome != CommitOutcome.Committed) throw new InvalidOperationException($"{outcome}");
            waits.Add(clock.Elapsed - began);
            (stream, version) = version == 49 ? (NewStream(), 0) : (stream, version + 1);
        }

        return waits;
    }

    private static StreamId NewStream() => new("project", $"{Guid.NewGuid():N}");
}
