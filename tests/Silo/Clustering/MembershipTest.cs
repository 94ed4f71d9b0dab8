using System.Net;
using Agency.Silo.Clustering;
using Agency.Tests.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Agency.Tests.Silo.Clustering;

/// <summary>A table of members that goes with the test.</summary>
public abstract class MembershipTest(Azurite azurite) : IAsyncLifetime
{
    protected static readonly DateTime Noon = new(2026, 5, 6, 12, 0, 0, DateTimeKind.Utc);

    private int _silos;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ClusterOptions Cluster { get; } = new() { ClusterId = $"cluster-{Guid.NewGuid():N}" };

    protected AzureTableClusteringOptions Settings { get; } = new() { Table = $"T{Guid.NewGuid():N}" };

    /// <summary>The table as it is.</summary>
    protected TableClient Rows => new(Settings.ConnectionString, Settings.Table);

    private protected AzureTableMembership Table { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Settings.ConnectionString = await azurite.Connection();
        Settings.RequestTimeout = TimeSpan.FromMinutes(2);
        Table = Open();
        await Table.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Table is not null) await Rows.DeleteAsync();
    }

    private protected AzureTableMembership Open() =>
        new(Options.Create(Settings), Options.Create(Cluster), NullLogger<AzureTableMembership>.Instance);

    protected async Task Insert(MembershipEntry member) =>
        Assert.True(await Table.InsertRowAsync(member, (await Table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation));

    protected Task Heartbeat(MembershipEntry member, DateTime at) =>
        Table.UpdateIAmAliveAsync(new() { SiloAddress = member.SiloAddress, IAmAliveTime = at }, Cancellation);

    protected MembershipEntry Member(SiloStatus status = SiloStatus.Joining)
    {
        var number = Interlocked.Increment(ref _silos);
        return new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 11000 + number, 1),
            HostName = "host",
            SiloName = $"silo-{number}",
            RoleName = "role",
            Status = status,
            ProxyPort = 30000 + number,
            StartTime = Noon,
            IAmAliveTime = Noon,
        };
    }
}
