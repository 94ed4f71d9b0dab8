using System.IO.Hashing;
using System.Text;

namespace Agency.EventSourcing;

/// <summary>Which shard a stream lies in. Part of the storage layout: a store made with other numbers is not opened.</summary>
public static class Sharding
{
    /// <summary>The kind that is spread over all shards; every other has shard 0 alone.</summary>
    public const string SpreadKind = "project";

    /// <summary>Name of the hash, written into a new store.</summary>
    public const string Hash = "xxh3-64";

    /// <summary>Shards of a new store, unless set otherwise.</summary>
    public const int DefaultShards = 64;

    public static int Of(StreamId stream, int shards) => stream.Kind == SpreadKind
        ? (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(stream.Id)) % (ulong)shards)
        : 0;

    public static int Count(string kind, int shards) => kind == SpreadKind ? shards : 1;
}
