namespace Agency;

/// <summary>A call that is sent to a silo again, because it is not known what became of it. Commands on records are known by their ids; what leaves no trace when it
/// is done, such as a deletion, cannot be told from what was never there but by this.</summary>
public static class Repeat
{
    private const string Key = "agency.repeat";

    /// <summary>Whether the call that is carried out may have been carried out before.</summary>
    public static bool IsOne => RequestContext.Get(Key) is true;

    /// <summary>What is sent from here on is a repeat, or is none.</summary>
    public static void Mark(bool repeat)
    {
        if (repeat) RequestContext.Set(Key, true);
        else RequestContext.Remove(Key);
    }
}
