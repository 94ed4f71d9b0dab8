using System.Globalization;
using Agency.EventSourcing;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Where everything of a stream lies. A stream's name has no <c>!</c>, so that what follows the second one is a version.</summary>
internal static class Keys
{
    public const string Commits = "e!", Summaries = "s!", Records = "k!", Markers = "o!";

    /// <summary>Partition and key of what the store is made with; no stream's partition is without a hyphen.</summary>
    public const string Store = "store";

    /// <summary>The partition of a stream.</summary>
    public static string Partition(StreamId stream, int shards) => Partition(stream.Kind, Sharding.Of(stream, shards));

    public static string Partition(string kind, int shard) => $"{kind}-{shard}";

    /// <summary>The kind of the streams of a partition; null if it is none's.</summary>
    public static string? KindOf(string partition) => partition.LastIndexOf('-') is var end and > 0 ? partition[..end] : null;

    /// <summary>The row of the commit that ended at a version.</summary>
    public static string Commit(StreamId stream, long version) => $"{Commits}{stream}!{version:D19}";

    /// <summary>What the rows of a stream's commits that end after a version lie between.</summary>
    public static (string From, string To) CommitsAfter(StreamId stream, long version) => (Commit(stream, version + 1), $"{Commits}{stream}\"");

    public static string Summary(StreamId stream) => $"{Summaries}{stream}";

    public static string Record(string key) => $"{Records}{key}";

    public static string Marker(StreamId stream, long version) => $"{Markers}{stream}!{version:D19}";

    /// <summary>All keys with this beginning are below it.</summary>
    public static string End(string prefix) => $"{prefix[..^1]}\"";

    /// <summary>Name and version of the row of a commit or a marker; the version is 0 if there is none to be read.</summary>
    public static (string Name, long Version) Split(string key)
    {
        var end = key.LastIndexOf('!');
        return end < Commits.Length ? (key[Commits.Length..], 0)
            : (key[Commits.Length..end], key.Length - end == 20 && long.TryParse(key.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0);
    }
}
