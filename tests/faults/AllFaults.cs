using Agency.Faults.Faults;

namespace Agency.Faults;

/// <summary>The faults that are tried, in the order of their names.</summary>
internal static class AllFaults
{
    private static readonly Fault[] _all =
    [
        new RollingRestart(), new KilledSilo(), new ColdRestart(), new KilledService(), new StorageOutage(), new LostAnswers(), new SameKey(), new ClockJumps(), new TwoActivations(), new FiredEverywhere(), new UndoneEffects(),
    ];

    /// <summary>Those of a code, <c>F2</c> with its kinds; null: all.</summary>
    public static IReadOnlyList<Fault> Of(string? code) => [.. _all.Where(f => code is null || f.Code == code || f.Code.StartsWith($"{code} ", StringComparison.Ordinal))];
}
