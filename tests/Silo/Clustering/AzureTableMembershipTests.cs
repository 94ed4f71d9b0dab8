using System.Net;
using Agency.Silo.Clustering;
using Agency.Tests.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Agency.Tests.Silo.Clustering;

/// <summary>What is read is what was written, by the rules of the runtime's own tests of membership tables.</summary>
public sealed class AzureTableMembershipTests(Azurite azurite) : MembershipTest(azurite)
{
    [Fact]
    public async Task A_newTable_is_empty_at_version_0_and_is_made_once()
    {
        var version = (await ReadEmpty()).Version;
        Assert.Equal(0, version.Version);
        await Open().InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        Assert.Equal(version, (await ReadEmpty()).Version);

        async Task<MembershipTableData> ReadEmpty()
        {
            var data = await Table.ReadAllAsync(Cancellation);
            Assert.Empty(data.Members);
            return data;
        }
    }

    [Fact]
    public async Task Of_many_that_make_it_at_once_each_finds_it()
    {
        Cluster.ClusterId += "-anew";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open().InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation)));
        Assert.Equal(0, (await Open().ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task What_was_written_of_a_member_is_read_of_it()
    {
        var member = Member(SiloStatus.Active);
        member.AddSuspector(Member().SiloAddress, Noon.AddSeconds(1));
        member.AddSuspector(Member().SiloAddress, Noon.AddSeconds(2));
        await Insert(member);
        await Insert(Member());

        var one = await Table.ReadRowAsync(member.SiloAddress, Cancellation);
        var all = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(member.ToFullString(), Assert.Single(one.Members).Item1.ToFullString());
        Assert.Equal(member.ToFullString(), all.TryGet(member.SiloAddress)!.Item1.ToFullString());
        Assert.Equal(2, all.Members.Count);
        Assert.Equal(all.Version, one.Version);
        Assert.Empty((await Table.ReadRowAsync(Member().SiloAddress, Cancellation)).Members);
    }

    [Fact]
    public async Task The_layout_is_that_of_the_official_provider()
    {
        var member = Member(SiloStatus.Active);
        member.AddSuspector(SiloAddress.New(IPAddress.Loopback, 9, 8), Noon);
        await Insert(member);
        var rows = await Rows.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToDictionaryAsync(r => r.RowKey, cancellationToken: Cancellation);
        Assert.Equal(["!Start", "127.0.0.1-11001-1", "VersionRow", "~End"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows.Values, row => Assert.Equal((Cluster.ClusterId, Cluster.ClusterId), (row.PartitionKey, row.GetString("DeploymentId"))));
        Assert.All((string[])["!Start", "VersionRow", "~End"], key => Assert.Equal("1", rows[key].GetString("MembershipVersion")));
        Assert.Equal(["Active", null, "Active"], ((string[])["!Start", "VersionRow", "~End"]).Select(key => rows[key].GetString("Status")));
        Assert.Equal(
            "Address=127.0.0.1 Generation=1 HostName=host IAmAliveTime=2026-05-06 12:00:00.000 GMT InstanceName=silo-1 Port=11001 ProxyPort=30001 RoleName=role SiloName=silo-1 "
                + "StartTime=2026-05-06 12:00:00.000 GMT Status=Active SuspectingSilos=127.0.0.1:9@8 SuspectingTimes=2026-05-06 12:00:00.000 GMT",
            string.Join(' ', rows["127.0.0.1-11001-1"].Where(p => p.Value is string { Length: > 0 } && p.Key is not ("PartitionKey" or "RowKey" or "DeploymentId" or "odata.etag" or "FaultZone" or "UpdateZone"))
                .OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));
    }

    [Fact]
    public async Task Gateways_are_the_active_members_that_have_one()
    {
        var (active, dead, without) = (Member(SiloStatus.Active), Member(SiloStatus.Dead), Member(SiloStatus.Active));
        without.ProxyPort = 0;
        foreach (var member in (MembershipEntry[])[active, dead, without]) await Insert(member);
        IGatewayListProvider gateways = new AzureTableGateways(Options.Create(Settings), Options.Create(Cluster), Options.Create(new GatewayOptions()), NullLogger<AzureTableGateways>.Instance);
        await gateways.InitializeGatewayListProviderAsync(Cancellation);
        Assert.Equal([new Uri($"gwy.tcp://127.0.0.1:{active.ProxyPort}/1")], await gateways.GetGatewaysAsync(Cancellation));
        Assert.Equal(new GatewayOptions().GatewayListRefreshPeriod, gateways.MaxStaleness);
    }

    [Fact]
    public async Task More_than_one_page_is_read_as_of_one_instant()
    {
        foreach (var _ in Enumerable.Range(0, 5)) await Insert(Member());
        Settings.PageSize = 2;
        Assert.Equal(5, (await Open().ReadAllAsync(Cancellation)).Members.Count);

        await SetFences("5", "6");
        var refused = await Assert.ThrowsAsync<OrleansException>(() => Open().ReadAllAsync(Cancellation));
        Assert.Contains("changed during each of 5 readings", refused.Message, StringComparison.Ordinal);
        await SetFences("3", "4");
        Assert.Equal(5, (await Open().ReadAllAsync(Cancellation)).Members.Count);

        async Task SetFences(string first, string last)
        {
            await Rows.UpsertEntityAsync(new TableEntity(Cluster.ClusterId, "!Start") { ["MembershipVersion"] = first }, cancellationToken: Cancellation);
            await Rows.UpsertEntityAsync(new TableEntity(Cluster.ClusterId, "~End") { ["MembershipVersion"] = last }, cancellationToken: Cancellation);
        }
    }

    [Fact]
    public async Task A_row_that_is_no_member_s_is_passed_over()
    {
        await Insert(Member());
        await Rows.AddEntityAsync(new TableEntity(Cluster.ClusterId, "127.0.0.1-1-1") { ["Address"] = "nowhere" }, Cancellation);
        Assert.Single((await Table.ReadAllAsync(Cancellation)).Members);
    }

    [Fact]
    public async Task ACluster_s_rows_are_deleted_and_another_one_s_stay()
    {
        await Insert(Member());
        var (mine, other) = (Cluster.ClusterId, new AzureTableMembership(Options.Create(Settings), Options.Create(new ClusterOptions { ClusterId = "other" }), NullLogger<AzureTableMembership>.Instance));
        await other.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        await Table.DeleteMembershipTableEntriesAsync(mine, Cancellation);
        await Assert.ThrowsAsync<OrleansException>(() => Table.ReadAllAsync(Cancellation));
        Assert.Equal(0, (await other.ReadAllAsync(Cancellation)).Version.Version);
    }
}
