namespace Agency.Silo.Hosting;

/// <summary>The service cannot start as it is set up. The message is one sentence for the operator: which setting, and what it
/// should be; the process prints it alone and exits with 1.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException()
    {
    }

    public StartRefusedException(string sentence)
        : base(sentence)
    {
    }

    public StartRefusedException(string sentence, Exception inner)
        : base(sentence, inner)
    {
    }
}
