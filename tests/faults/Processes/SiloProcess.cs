using Agency.Silo.Hosting;

namespace Agency.Faults.Processes;

/// <summary>A silo as a process of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private SiloProcess(string name, ChildProcess process) => (Name, _process) = (name, process);

    /// <summary>Its name among the members of the cluster.</summary>
    public string Name { get; }

    public bool HasEnded => _process.HasEnded;

    /// <summary>Whether it was killed here.</summary>
    public bool Killed { get; private set; }

    /// <summary>The last lines that it wrote.</summary>
    public string Said => _process.Said;

    /// <summary>Starts a silo on free ports, and waits until it is a member of the cluster.</summary>
    /// <param name="arguments">Of the command line.</param>
    public static async Task<SiloProcess> Start(string name, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start("dotnet", [typeof(Port).Assembly.Location, "--name", name, .. arguments], line => line.StartsWith($"silo {name} ", StringComparison.Ordinal));
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

    /// <summary>kill -9.</summary>
    public Task Kill()
    {
        Killed = true;
        return _process.Kill();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<bool> Active(string name, ChildProcess process) => process switch
    {
        { Began.IsCompleted: true } => Task.FromResult(true),
        { HasEnded: true } => throw new TrialFailedException($"The silo {name} has ended: {process.Said}"),
        _ => Task.FromResult(false),
    };
}
