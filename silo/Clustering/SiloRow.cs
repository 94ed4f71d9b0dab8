using System.Globalization;
using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Clustering;

/// <summary>A member as a row, in the layout of Microsoft.Orleans.Clustering.AzureStorage: every column is a string, so that either reads what the other wrote.</summary>
internal static class SiloRow
{
    public const string VersionKey = "VersionRow";
    public const string Version = "MembershipVersion";
    public const string Status = "Status";
    public const string ProxyPort = "ProxyPort";

    /// <summary>Fences: their keys lie before and after every address.</summary>
    public const string First = "!Start", Last = "~End";

    private const string Instant = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";
    private const string IAmAlive = "IAmAliveTime";

    public static string Key(SiloAddress silo) => string.Create(CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}");

    public static bool IsMember(TableEntity row) => row.RowKey is not (VersionKey or First or Last);

    /// <summary>The row of the table's version, and the fences, which hold the same.</summary>
    public static TableEntity OfVersion(string cluster, string key, int version)
    {
        var row = new TableEntity(cluster, key) { ["DeploymentId"] = cluster, [Version] = version.ToString(CultureInfo.InvariantCulture) };

        // Older cleaners spare what is active.
        if (key != VersionKey) row[Status] = nameof(SiloStatus.Active);
        return row;
    }

    public static TableEntity Of(string cluster, MembershipEntry member)
    {
        var row = new TableEntity(cluster, Key(member.SiloAddress));
        Set("DeploymentId", cluster);
        Set("Address", member.SiloAddress.Endpoint.Address.ToString());
        Set("Port", Number(member.SiloAddress.Endpoint.Port));
        Set("Generation", Number(member.SiloAddress.Generation));
        Set("HostName", member.HostName);
        Set(Status, member.Status.ToString());
        Set(ProxyPort, Number(member.ProxyPort));
        Set("RoleName", member.RoleName);
        Set("SiloName", member.SiloName);
        Set("InstanceName", member.SiloName);
        Set("UpdateZone", Number(member.UpdateZone));
        Set("FaultZone", Number(member.FaultZone));
        Set("StartTime", Written(member.StartTime));
        Set(IAmAlive, Written(member.IAmAliveTime));
        var votes = member.SuspectTimes ?? [];
        Set("SuspectingSilos", string.Join('|', votes.Select(v => v.Item1.ToParsableString())));
        Set("SuspectingTimes", string.Join('|', votes.Select(v => Written(v.Item2))));
        return row;

        void Set(string name, string? value) => row[name] = value;
    }

    /// <summary>The one column that a heartbeat writes.</summary>
    public static TableEntity OfHeartbeat(string cluster, MembershipEntry member) =>
        new(cluster, Key(member.SiloAddress)) { [IAmAlive] = Written(member.IAmAliveTime), ETag = ETag.All };

    public static MembershipEntry Read(TableEntity row)
    {
        var member = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse(Text("Address")), Whole("Port"), Whole("Generation")),
            HostName = Text("HostName"),
            Status = Enum.Parse<SiloStatus>(Text(Status)),
            ProxyPort = Whole(ProxyPort),
            RoleName = Text("RoleName"),
            SiloName = Text("SiloName") is { Length: > 0 } name ? name : Text("InstanceName"),
            UpdateZone = Whole("UpdateZone"),
            FaultZone = Whole("FaultZone"),
            StartTime = Time(Text("StartTime")),
            IAmAliveTime = Time(Text(IAmAlive)),
        };
        foreach (var (silo, time) in Parts("SuspectingSilos").Zip(Parts("SuspectingTimes"))) member.AddSuspector(SiloAddress.FromParsableString(silo), Time(time));
        return member;

        string Text(string name) => row.GetString(name) ?? "";
        int Whole(string name) => Text(name) is { Length: > 0 } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
        string[] Parts(string name) => Text(name).Split('|', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>When something was last known of a member: its start, its last sign of life, or a vote against it.</summary>
    public static DateTimeOffset LastKnown(MembershipEntry member) =>
        (member.SuspectTimes ?? []).Select(v => v.Item2).Append(member.StartTime).Append(member.IAmAliveTime).Select(t => new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc))).Max();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Written(DateTime time) => time.ToString(Instant, CultureInfo.InvariantCulture);

    private static DateTime Time(string text) => text.Length == 0
        ? default
        : DateTime.ParseExact(text, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
