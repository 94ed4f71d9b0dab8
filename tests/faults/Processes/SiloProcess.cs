namespace Agency.Faults.Processes;

/// <summary>A silo as a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // What it needs lies beside it in its own build; beside this program is only what a web service needs.
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Agency.Silo", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Agency.Silo.dll");

    private readonly ChildProcess _process;

    private SiloProcess(string name, ChildProcess process) => (Name, _process) = (name, process);

    /// <summary>Its name among the members of the cluster.</summary>
    public string Name { get; }

    public bool HasEnded => _process.HasEnded;

    /// <summary>Whether it was killed or stopped here, and had not ended by itself before.</summary>
    public bool Killed { get; private set; }

    /// <summary>The last lines that it wrote, once it has ended.</summary>
    public Task<string> LastWords() => _process.LastWords();

    /// <summary>Starts a silo on free ports, and waits until it is a member of the cluster.</summary>
    /// <param name="arguments">Of the command line.</param>
    public static async Task<SiloProcess> Start(string name, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start("dotnet", [_program, "--name", name, "Logging:LogLevel:Default=Warning", .. arguments], line => line.StartsWith($"silo {name} ", StringComparison.Ordinal));
        try
        {
            await Waiting.Until($"The silo {name} is active", () => Active(name, process), _patience, cancellationToken);
            return new(name, process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGTERM; returns when it has ended.</summary>
    /// <exception cref="TrialFailedException">It did not end as it should.</exception>
    public async Task Stop(CancellationToken cancellationToken)
    {
        Killed |= !HasEnded;
        if (await _process.Stop(cancellationToken) is not 0 and var code && Killed) throw new TrialFailedException($"The silo {Name} was told to stop and ended with {code}: {await LastWords()}");
    }

    /// <summary>kill -9.</summary>
    public Task Kill()
    {
        Killed |= !HasEnded;
        return _process.Kill();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> Active(string name, ChildProcess process)
    {
        if (process.Began.IsCompleted) return true;
        return process.HasEnded ? throw new TrialFailedException($"The silo {name} has ended: {await process.LastWords()}") : false;
    }
}
