namespace Agency.Faults;

/// <summary>The service did what it must not do while something failed, or not what it must; the message says what.</summary>
internal sealed class TrialFailedException(string message) : Exception(message);
