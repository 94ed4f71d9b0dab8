using Agency.Silo.Hosting;

namespace Agency.Faults;

/// <summary>One way in which something fails, tried on processes that are made for the trial and end with it.</summary>
/// <param name="code">Its name: <c>F1</c>.</param>
/// <param name="what">What fails, for the reader of the report.</param>
internal abstract class Fault(string code, string what)
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(120);

    public string Code => code;

    public string What => what;

    /// <summary>Tries it once. Whatever happens, the processes have ended afterwards, after two minutes at the latest.</summary>
    public async Task<Outcome> Try(Trial trial, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(_bound);
        try
        {
            return await Play(trial, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome.Failed($"It was not over within {_bound.TotalSeconds:0} s.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome.Failed(e is TrialFailedException ? e.Message : $"{e}");
        }
    }

    protected abstract Task<Outcome> Play(Trial trial, CancellationToken cancellationToken);
}

/// <summary>What a trial is given.</summary>
/// <param name="Storage">The port on loopback of the emulator of Azure Tables, which outlives the trial.</param>
/// <param name="Brief">Whether it is to be over soon rather than to measure.</param>
/// <param name="Profile">How soon silos hold another dead.</param>
internal sealed record Trial(int Storage, bool Brief, MembershipProfile Profile = MembershipProfile.Lan)
{
    /// <summary>How long commands go on after the fault is over.</summary>
    public TimeSpan Aftermath => TimeSpan.FromSeconds(Brief ? 1.5 : 5);

    /// <summary>How many commands are acknowledged before the fault.</summary>
    public int Before => Brief ? 50 : 200;
}
