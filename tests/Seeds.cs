using System.Globalization;

namespace Agency.Tests;

/// <summary>Seeds for what is tried on random histories: the same in every run, others and more of them by hand
/// (<c>AGENCY_SEEDS=from,count</c>).</summary>
internal static class Seeds
{
    /// <summary>Runs <paramref name="test"/> for each seed; the first that fails is named.</summary>
    public static void Each(int count, Action<int> test)
    {
        var asked = Environment.GetEnvironmentVariable("AGENCY_SEEDS")?.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var from = asked?[0] ?? 0;
        for (var seed = from; seed < from + (asked?[1] ?? count); seed++)
        {
            try
            {
                test(seed);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }
}
