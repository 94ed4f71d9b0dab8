using Agency.Tests.Silo.AzureTables;

namespace Agency.Tests.Silo.Clustering;

/// <summary>Who may change a member and when, by the rules of the runtime's own tests of membership tables; and that a heartbeat harms no update.</summary>
public sealed class AzureTableMembershipChangesTests(Azurite azurite) : MembershipTest(azurite)
{
    [Fact]
    public async Task A_member_is_inserted_once_and_at_the_newest_version_alone()
    {
        var next = (await Table.ReadAllAsync(Cancellation)).Version.Next();
        var member = Member();
        Assert.True(await Table.InsertRowAsync(member, next, Cancellation));
        Assert.False(await Table.InsertRowAsync(member, next, Cancellation), "the same member at a stale version");
        Assert.False(await Table.InsertRowAsync(Member(), next, Cancellation), "another member at a stale version");

        var data = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(1, data.Version.Version);
        Assert.NotEqual(next.VersionEtag, data.Version.VersionEtag);
        Assert.False(await Table.InsertRowAsync(member, data.Version.Next(), Cancellation), "the same member at the newest version");
        Assert.Equal(1, (await Table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_member_is_updated_at_the_newest_version_alone()
    {
        var member = Member();
        Assert.False(await Table.UpdateRowAsync(member, "", (await Table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation), "there is none yet");
        await Insert(member);
        for (var i = 0; i < 3; i++)
        {
            var data = await Table.ReadAllAsync(Cancellation);
            var tag = data.TryGet(member.SiloAddress)!.Item2;
            member.AddSuspector(Member().SiloAddress, Noon.AddSeconds(i));
            Assert.True(await Table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation));
            Assert.False(await Table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation), "the version is stale by now");

            var after = await Table.ReadAllAsync(Cancellation);
            Assert.Equal(data.Version.Version + 1, after.Version.Version);
            Assert.Equal(member.ToFullString(), after.TryGet(member.SiloAddress)!.Item1.ToFullString());
            Assert.False(await Table.UpdateRowAsync(member, after.TryGet(member.SiloAddress)!.Item2, data.Version.Next(), Cancellation), "a new row's tag does not help a stale version");
            Assert.Equal(after.Version, (await Table.ReadAllAsync(Cancellation)).Version);
        }
    }

    [Fact]
    public async Task Of_parallel_changes_at_one_version_exactly_one_wins()
    {
        const int Writers = 20;
        var (member, version) = (Member(), (await Table.ReadAllAsync(Cancellation)).Version);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Table.InsertRowAsync(member, version.Next(), Cancellation))), won => won);
        for (var i = 1; i <= 3; i++)
        {
            var data = await Table.ReadAllAsync(Cancellation);
            Assert.Equal(i, data.Version.Version);
            var tag = data.TryGet(member.SiloAddress)!.Item2;
            Assert.Single(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Table.UpdateRowAsync(member, tag, data.Version.Next(), Cancellation))), won => won);
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
                var data = await Table.ReadAllAsync(Cancellation);
                var (read, tag) = data.TryGet(member.SiloAddress)!;
                if (await Table.UpdateRowAsync(read, tag, data.Version.Next(), Cancellation)) return;
            }
        }));
        Assert.Equal(1 + Writers, (await Table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_heartbeat_changes_one_column_and_no_version()
    {
        var member = Member(SiloStatus.Active);
        await Insert(member);
        var before = await Table.ReadAllAsync(Cancellation);
        await Heartbeat(member, Noon.AddMinutes(5));
        var after = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(before.Version, after.Version);
        var read = after.TryGet(member.SiloAddress)!.Item1;
        Assert.Equal(Noon.AddMinutes(5), read.IAmAliveTime);
        read.IAmAliveTime = member.IAmAliveTime;
        Assert.Equal(member.ToFullString(), read.ToFullString());
    }

    [Fact]
    public async Task A_heartbeat_between_read_and_update_fails_no_update()
    {
        var member = Member(SiloStatus.Active);
        await Insert(member);
        var data = await Table.ReadAllAsync(Cancellation);
        var (read, tag) = data.TryGet(member.SiloAddress)!;
        await Heartbeat(member, Noon.AddMinutes(5));
        read.Status = SiloStatus.ShuttingDown;
        Assert.True(await Table.UpdateRowAsync(read, tag, data.Version.Next(), Cancellation));
        Assert.Equal(SiloStatus.ShuttingDown, (await Table.ReadRowAsync(member.SiloAddress, Cancellation)).Members[0].Item1.Status);
    }

    [Fact]
    public async Task Only_the_dead_of_whom_nothing_was_heard_since_are_cleaned_away()
    {
        var (old, alive, heard, voted) = (Member(SiloStatus.Dead), Member(SiloStatus.Active), Member(SiloStatus.Dead), Member(SiloStatus.Dead));
        heard.IAmAliveTime = Noon.AddHours(2);
        voted.AddSuspector(alive.SiloAddress, Noon.AddHours(2));
        foreach (var member in (MembershipEntry[])[old, alive, heard, voted]) await Insert(member);
        var version = (await Table.ReadAllAsync(Cancellation)).Version;
        await Table.CleanupDefunctSiloEntriesAsync(new(Noon.AddHours(1)), Cancellation);
        var data = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(version, data.Version);
        Assert.Equal(
            new[] { alive, heard, voted }.Select(m => m.SiloAddress).Order(),
            data.Members.Select(m => m.Item1.SiloAddress).Order());
    }
}
