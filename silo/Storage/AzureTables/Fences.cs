using Agency.EventSourcing;
using Azure;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>The tag of the summary that each of the last written streams has, so that the next commit need not read it. Another silo may have
/// written since: then the tag is old, and the commit fails by it.</summary>
/// <param name="most">About how many streams are remembered: when the younger half is full, the older one is forgotten.</param>
internal sealed class Fences(int most)
{
    private readonly Lock _lock = new();
    private Dictionary<StreamId, (long Version, ETag Tag)> _younger = [];
    private Dictionary<StreamId, (long Version, ETag Tag)> _older = [];

    /// <summary>The tag that the summary had at this version; null if it is not known.</summary>
    public ETag? Find(StreamId stream, long version)
    {
        lock (_lock)
        {
            return (_younger.TryGetValue(stream, out var known) || _older.TryGetValue(stream, out known)) && known.Version == version ? known.Tag : null;
        }
    }

    public void Set(StreamId stream, long version, ETag tag)
    {
        lock (_lock)
        {
            if (_younger.Count >= most / 2) (_older, _younger) = (_younger, []);
            _younger[stream] = (version, tag);
        }
    }

    public void Forget(StreamId stream)
    {
        lock (_lock)
        {
            _younger.Remove(stream);
            _older.Remove(stream);
        }
    }
}
