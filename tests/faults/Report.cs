using System.Globalization;

namespace Agency.Faults;

/// <summary>What is told of the trials of a fault.</summary>
internal static class Report
{
    /// <summary>One line.</summary>
    /// <param name="trial">What each was given.</param>
    public static string Of(Fault fault, IReadOnlyCollection<Outcome> outcomes, Trial trial)
    {
        var times = outcomes.SelectMany(o => o.Times).Order().ToArray();
        var failed = outcomes.Count(o => !o.IsGood);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{fault.Code} {fault.What}: {outcomes.Count} {(trial.Brief ? "brief " : "")}trial{(outcomes.Count == 1 ? "" : "s")} with the profile {trial.Profile.ToString().ToLowerInvariant()}{(failed > 0 ? $", {failed} failed" : "")}, {outcomes.Sum(o => o.Acknowledged)} acknowledged, {outcomes.Sum(o => o.Lost)} lost, {outcomes.Sum(o => o.Doubled)} doubled, {outcomes.Sum(o => o.FalseDeaths)} false deaths, unavailable p99 {Percentile(times, 0.99).TotalSeconds:0.0} s, worst {outcomes.Max(o => o.Worst).TotalSeconds:0.0} s");
    }

    private static TimeSpan Percentile(TimeSpan[] sorted, double part) => sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
}
