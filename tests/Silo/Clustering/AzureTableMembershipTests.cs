using System.Net;
using Agency.Silo.Clustering;
using Agency.Tests.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Agency.Tests.Silo.Clustering;

/// <summary>What the runtime relies on, by the rules of its own tests of membership tables; and that a heartbeat harms no update.</summary>
public sealed class AzureTableMembershipTests(Azurite azurite) : IAsyncLifetime
{
    private static readonly DateTime _noon = new(2026, 5, 6, 12, 0, 0, DateTimeKind.Utc);

    private readonly AzureTableClusteringOptions _options = new() { Table = $"T{Guid.NewGuid():N}" };
    private readonly ClusterOptions _cluster = new() { ClusterId = $"cluster-{Guid.NewGuid():N}" };
    private AzureTableMembership _table = null!;
    private int _silos;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Rows => new(_options.ConnectionString, _options.Table);

    public async ValueTask InitializeAsync()
    {
        _options.ConnectionString = await azurite.Connection();
        _options.RequestTimeout = TimeSpan.FromMinutes(2);
        _table = Open();
        await _table.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_table is not null) await Rows.DeleteAsync();
    }

    [Fact]
    public async Task A_new_table_is_empty_at_version_0_and_is_made_once()
    {
        var version = (await ReadEmpty()).Version;
        Assert.Equal(0, version.Version);
        await Open().InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        Assert.Equal(version, (await ReadEmpty()).Version);

        async Task<MembershipTableData> ReadEmpty()
        {
            var data = await _table.ReadAllAsync(Cancellation);
            Assert.Empty(data.Members);
            return data;
        }
    }

    [Fact]
    public async Task Of_many_that_make_it_at_once_each_finds_it()
    {
        _cluster.ClusterId += "-anew";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open().InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation)));
        Assert.Equal(0, (await Open().ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_member_is_inserted_once_and_at_the_newest_version_alone()
    {
        var next = (await _table.ReadAllAsync(Cancellation)).Version.Next();
        var member = Member();
        Assert.True(await _table.InsertRowAsync(member, next, Cancellation));
        Assert.False(await _table.InsertRowAsync(member, next, Cancellation), "the same member at a stale version");
        Assert.False(await _table.InsertRowAsync(Member(), next, Cancellation), "another member at a stale version");

        var data = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(1, data.Version.Version);
        Assert.NotEqual(next.VersionEtag, data.Version.VersionEtag);
        Assert.False(await _table.InsertRowAsync(member, data.Version.Next(), Cancellation), "the same member at the newest version");
        Assert.Equal(1, (await _table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task What_was_written_of_a_member_is_read_of_it()
    {
        var member = Member(SiloStatus.Active);
        member.AddSuspector(Member().SiloAddress, _noon.AddSeconds(1));
        member.AddSuspector(Member().SiloAddress, _noon.AddSeconds(2));
        await Insert(member);
        await Insert(Member());

        var one = await _table.ReadRowAsync(member.SiloAddress, Cancellation);
        var all = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(member.ToFullString(), Assert.Single(one.Members).Item1.ToFullString());
        Assert.Equal(member.ToFullString(), all.TryGet(member.SiloAddress)!.Item1.ToFullString());
        Assert.Equal(2, all.Members.Count);
        Assert.Equal(all.Version, one.Version);
        Assert.Empty((await _table.ReadRowAsync(Member().SiloAddress, Cancellation)).Members);
    }

    [Fact]
    public async Task The_layout_is_that_of_the_official_provider()
    {
        var member = Member(SiloStatus.Active);
        member.AddSuspector(SiloAddress.New(IPAddress.Loopback, 9, 8), _noon);
        await Insert(member);
        var rows = await Rows.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToDictionaryAsync(r => r.RowKey, cancellationToken: Cancellation);
        Assert.Equal(["!Start", "127.0.0.1-11001-1", "VersionRow", "~End"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows.Values, row => Assert.Equal((_cluster.ClusterId, _cluster.ClusterId), (row.PartitionKey, row.GetString("DeploymentId"))));
        Assert.All((string[])["!Start", "VersionRow", "~End"], key => Assert.Equal("1", rows[key].GetString("MembershipVersion")));
        Assert.Equal(["Active", null, "Active"], ((string[])["!Start", "VersionRow", "~End"]).Select(key => rows[key].GetString("Status")));
        Assert.Equal(
            "Address=127.0.0.1 Generation=1 HostName=host IAmAliveTime=2026-05-06 12:00:00.000 GMT InstanceName=silo-1 Port=11001 ProxyPort=30001 RoleName=role SiloName=silo-1 "
                + "StartTime=2026-05-06 12:00:00.000 GMT Status=Active SuspectingSilos=127.0.0.1:9@8 SuspectingTimes=2026-05-06 12:00:00.000 GMT",
            string.Join(' ', rows["127.0.0.1-11001-1"].Where(p => p.Value is string { Length: > 0 } && p.Key is not ("PartitionKey" or "RowKey" or "DeploymentId" or "odata.etag" or "FaultZone" or "UpdateZone"))
                .OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));
    }

    [Fact]
    public async Task A_member_is_updated_at_the_newest_version_alone()
    {
        var member = Member();
        Assert.False(await _table.UpdateRowAsync(member, "", (await _table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation), "there is none yet");
        await Insert(member);
        for (var i = 0; i < 3; i++)
        {
            var data = await _table.ReadAllAsync(Cancellation);
            var tag = data.TryGet(member.SiloAddress)!.Item2;
            member.AddSuspector(Member().SiloAddress, _noon.AddSeconds(i));
            Assert.True(await _table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation));
            Assert.False(await _table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation), "the version is stale by now");

            var after = await _table.ReadAllAsync(Cancellation);
            Assert.Equal(data.Version.Version + 1, after.Version.Version);
            Assert.Equal(member.ToFullString(), after.TryGet(member.SiloAddress)!.Item1.ToFullString());
            Assert.False(await _table.UpdateRowAsync(member, after.TryGet(member.SiloAddress)!.Item2, data.Version.Next(), Cancellation), "a new row's tag does not help a stale version");
            Assert.Equal(after.Version, (await _table.ReadAllAsync(Cancellation)).Version);
        }
    }

    [Fact]
    public async Task Of_parallel_changes_at_one_version_exactly_one_wins()
    {
        const int Writers = 20;
        var (member, version) = (Member(), (await _table.ReadAllAsync(Cancellation)).Version);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => _table.InsertRowAsync(member, version.Next(), Cancellation))), won => won);
        for (var i = 1; i <= 3; i++)
        {
            var data = await _table.ReadAllAsync(Cancellation);
            Assert.Equal(i, data.Version.Version);
            var tag = data.TryGet(member.SiloAddress)!.Item2;
            Assert.Single(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => _table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation))), won => won);
        }
    }

    [Fact]
    public async Task Parallel_writers_that_read_anew_all_get_through()
    {
        const int Writers = 10;
        var member = Member();
        await Insert(member);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            while (true)
            {
                var data = await _table.ReadAllAsync(Cancellation);
                var (read, tag) = data.TryGet(member.SiloAddress)!;
                if (await _table.UpdateRowAsync(read, tag, data.Version.Next(), Cancellation)) return;
            }
        }));
        Assert.Equal(1 + Writers, (await _table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_heartbeat_changes_one_column_and_no_version()
    {
        var member = Member(SiloStatus.Active);
        await Insert(member);
        var before = await _table.ReadAllAsync(Cancellation);
        await Heartbeat(member, _noon.AddMinutes(5));
        var after = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(before.Version, after.Version);
        var read = after.TryGet(member.SiloAddress)!.Item1;
        Assert.Equal(_noon.AddMinutes(5), read.IAmAliveTime);
        read.IAmAliveTime = member.IAmAliveTime;
        Assert.Equal(member.ToFullString(), read.ToFullString());
    }

    [Fact]
    public async Task A_heartbeat_between_read_and_update_fails_no_update()
    {
        var member = Member(SiloStatus.Active);
        await Insert(member);
        var data = await _table.ReadAllAsync(Cancellation);
        var (read, tag) = data.TryGet(member.SiloAddress)!;
        await Heartbeat(member, _noon.AddMinutes(5));
        read.Status = SiloStatus.ShuttingDown;
        Assert.True(await _table.UpdateRowAsync(read, tag, data.Version.Next(), Cancellation));
        Assert.Equal(SiloStatus.ShuttingDown, (await _table.ReadRowAsync(member.SiloAddress, Cancellation)).Members[0].Item1.Status);
    }

    [Fact]
    public async Task Only_the_dead_of_whom_nothing_was_heard_since_are_cleaned_away()
    {
        var (old, alive, heard, voted) = (Member(SiloStatus.Dead), Member(SiloStatus.Active), Member(SiloStatus.Dead), Member(SiloStatus.Dead));
        heard.IAmAliveTime = _noon.AddHours(2);
        voted.AddSuspector(alive.SiloAddress, _noon.AddHours(2));
        foreach (var member in (MembershipEntry[])[old, alive, heard, voted]) await Insert(member);
        var version = (await _table.ReadAllAsync(Cancellation)).Version;
        await _table.CleanupDefunctSiloEntriesAsync(new(_noon.AddHours(1)), Cancellation);
        var data = await _table.ReadAllAsync(Cancellation);
        Assert.Equal(version, data.Version);
        Assert.Equal(
            new[] { alive, heard, voted }.Select(m => m.SiloAddress).Order(),
            data.Members.Select(m => m.Item1.SiloAddress).Order());
    }

    [Fact]
    public async Task Gateways_are_the_active_members_that_have_one()
    {
        var (active, dead, without) = (Member(SiloStatus.Active), Member(SiloStatus.Dead), Member(SiloStatus.Active));
        without.ProxyPort = 0;
        foreach (var member in (MembershipEntry[])[active, dead, without]) await Insert(member);
        IGatewayListProvider gateways = new AzureTableGateways(Options.Create(_options), Options.Create(_cluster), Options.Create(new GatewayOptions()));
        await gateways.InitializeGatewayListProviderAsync(Cancellation);
        Assert.Equal([new Uri($"gwy.tcp://127.0.0.1:{active.ProxyPort}/1")], await gateways.GetGatewaysAsync(Cancellation));
        Assert.Equal(new GatewayOptions().GatewayListRefreshPeriod, gateways.MaxStaleness);
    }

    [Fact]
    public async Task More_than_one_page_is_read_as_of_one_instant()
    {
        foreach (var _ in Enumerable.Range(0, 5)) await Insert(Member());
        _options.PageSize = 2;
        Assert.Equal(5, (await Open().ReadAllAsync(Cancellation)).Members.Count);

        await SetFences("5", "6");
        var refused = await Assert.ThrowsAsync<OrleansException>(() => Open().ReadAllAsync(Cancellation));
        Assert.Contains("changed during each of 5 readings", refused.Message, StringComparison.Ordinal);
        await SetFences("3", "4");
        Assert.Equal(5, (await Open().ReadAllAsync(Cancellation)).Members.Count);

        async Task SetFences(string first, string last)
        {
            await Rows.UpsertEntityAsync(new TableEntity(_cluster.ClusterId, "!Start") { ["MembershipVersion"] = first }, cancellationToken: Cancellation);
            await Rows.UpsertEntityAsync(new TableEntity(_cluster.ClusterId, "~End") { ["MembershipVersion"] = last }, cancellationToken: Cancellation);
        }
    }

    [Fact]
    public async Task A_row_that_is_no_member_s_is_passed_over()
    {
        await Insert(Member());
        await Rows.AddEntityAsync(new TableEntity(_cluster.ClusterId, "127.0.0.1-1-1") { ["Address"] = "nowhere" }, Cancellation);
        Assert.Single((await _table.ReadAllAsync(Cancellation)).Members);
    }

    [Fact]
    public async Task A_cluster_s_rows_are_deleted_and_another_one_s_stay()
    {
        await Insert(Member());
        var (mine, other) = (_cluster.ClusterId, new AzureTableMembership(Options.Create(_options), Options.Create(new ClusterOptions { ClusterId = "other" }), NullLogger<AzureTableMembership>.Instance));
        await other.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        await _table.DeleteMembershipTableEntriesAsync(mine, Cancellation);
        await Assert.ThrowsAsync<OrleansException>(() => _table.ReadAllAsync(Cancellation));
        Assert.Equal(0, (await other.ReadAllAsync(Cancellation)).Version.Version);
    }

    private AzureTableMembership Open() =>
        new(Options.Create(_options), Options.Create(_cluster), NullLogger<AzureTableMembership>.Instance);

    private async Task Insert(MembershipEntry member) =>
        Assert.True(await _table.InsertRowAsync(member, (await _table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation));

    private Task Heartbeat(MembershipEntry member, DateTime at) =>
        _table.UpdateIAmAliveAsync(new() { SiloAddress = member.SiloAddress, IAmAliveTime = at }, Cancellation);

    private MembershipEntry Member(SiloStatus status = SiloStatus.Joining)
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
            StartTime = _noon,
            IAmAliveTime = _noon,
        };
    }
}
