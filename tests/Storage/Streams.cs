using Agency.EventSourcing;

namespace Agency.Tests.Storage;

internal static class Streams
{
    /// <summary>The first thing that is wrong in a whole stream; null: nothing.</summary>
    public static RecordFinding? FaultOf(StreamId stream, IEnumerable<StoredFact> facts)
    {
        var check = new StreamCheck(stream);
        foreach (var fact in facts) check.Add(fact);
        return check.Fault ?? check.Emptied;
    }
}
