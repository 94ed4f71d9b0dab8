using Agency.Faults;
using Agency.Tests.Silo.AzureTables;

namespace Agency.Tests.Silo;

/// <summary>One short trial of each fault; <c>./dev bench faults</c> tries them at length. One after the other, and beside no other test: they measure nothing, but
/// silos that have no processor are held dead.</summary>
[Collection(nameof(FaultTests))]
[CollectionDefinition(nameof(FaultTests), DisableParallelization = true)]
public sealed class FaultTests(Azurite azurite)
{
    /// <summary>The faults' names.</summary>
    public static TheoryData<string> Codes { get; } = new(AllFaults.Of(null).Select(f => f.Code));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Nothing_is_lost_or_doubled_and_nobody_held_dead(string code)
    {
        var outcome = await AllFaults.Of(null).Single(f => f.Code == code).Try(new(await azurite.Port(), Brief: true), TestContext.Current.CancellationToken);
        Assert.Equal([], outcome.Wrong);
        Assert.True(outcome is { IsGood: true, Acknowledged: > 0, Lost: 0, Doubled: 0, FalseDeaths: 0 });
    }
}
