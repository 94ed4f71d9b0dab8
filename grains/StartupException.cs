namespace Agency;

/// <summary>The process cannot start as it is set up. The message is one sentence for the operator: what is wrong, and what to do.</summary>
public sealed class StartupException : Exception
{
    public StartupException()
    {
    }

    public StartupException(string message)
        : base(message)
    {
    }

    public StartupException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
