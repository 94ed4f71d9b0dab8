namespace Agency;

/// <summary>Calls that may take long. A client of silos holds any other that has not been answered within a few seconds for lost, and asks again.</summary>
internal static class LongCall
{
    /// <summary>How long an answer is waited for: 30 seconds, as long as a request may take unless told otherwise.</summary>
    public const string Patience = "00:00:30";
}
