using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Silo.Catalogue;
using Agency.Silo.Storage;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Tests.Storage;

/// <summary>The check of <c>./dev verify --full</c>, on the stores of tests.</summary>
internal static class FullChecks
{
    /// <summary>The data that services in tests count by.</summary>
    public static CityData City { get; } = CityDataFiles.Load(Path.Combine(AppContext.BaseDirectory, "data"));

    /// <summary>What is found in the store of a data directory.</summary>
    public static async Task<(FullVerification Of, List<Finding> Findings)> Of(string data, TimeProvider? running = null, AcknowledgedCommands? acknowledged = null)
    {
        using var reader = SqliteReader.Open(data);
        return await Of(reader, running, acknowledged);
    }

    public static async Task<(FullVerification Of, List<Finding> Findings)> Of(IFactReader reader, TimeProvider? running = null, AcknowledgedCommands? acknowledged = null)
    {
        var of = new FullVerification(reader, null, City, running, acknowledged);
        return (of, await of.Findings(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Nothing is found in it.</summary>
    public static async Task IsWhole(string data, TimeProvider? running = null)
    {
        var (of, findings) = await Of(data, running);
        Assert.Empty(findings.Select(f => f.What));
        Assert.True(of is { Whole: true, Streams: > 0 });
    }
}
