using System.Collections.Concurrent;
using System.Globalization;

namespace Agency.Tests;

/// <summary>Seeds for what is tried on random histories: the same in every run, others and more of them by hand
/// (<c>AGENCY_SEEDS=from,count</c>).</summary>
internal static class Seeds
{
    /// <summary>Runs <paramref name="test"/> for each seed; all that fail are named, and what the first of them says.</summary>
    public static void Each(int count, Action<int> test)
    {
        var asked = Environment.GetEnvironmentVariable("AGENCY_SEEDS")?.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var failed = new ConcurrentDictionary<int, Exception>();
        var seeds = Enumerable.Range(asked?[0] ?? 0, asked?[1] ?? count);
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = asked is null ? 1 : Environment.ProcessorCount }, seed =>
        {
            try
            {
                test(seed);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed[seed] = e;
            }
        });
        if (failed.IsEmpty) return;

        // By hand, what each says goes under the line that names it, for whoever sorts them.
        var told = failed.OrderBy(f => f.Key).Take(asked is null ? 1 : int.MaxValue).Select(f => $"Seed {f.Key}: {f.Value.Message}");
        throw new InvalidOperationException($"Seeds {string.Join(", ", failed.Keys.Order())} failed.\n{string.Join("\n\n", told)}", failed.MinBy(f => f.Key).Value);
    }
}
