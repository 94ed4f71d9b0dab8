using System.Globalization;

namespace Agency.Faults.Load;

/// <summary>Workers that send one command after the other to the same projects, each with a key of its own.</summary>
internal sealed class Workers : IAsyncDisposable
{
    private const int Count = 8;
    private const int Projects = 16;

    private readonly CancellationTokenSource _killing;
    private readonly Sender _sender;
    private volatile bool _stopping;
    private Task[] _working = [];

    private Workers(Sender sender, CancellationToken cancellationToken) => (_sender, _killing) = (sender, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));

    /// <summary>The projects' codes.</summary>
    public static IEnumerable<string> Codes { get; } = [.. Enumerable.Range(0, Projects).Select(Command.CodeOf)];

    /// <summary>Registers the projects, and begins.</summary>
    public static async Task<Workers> Begin(Sender sender, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Codes.Select((code, i) => sender.Send(Command.Registration(code, "registration"), i, cancellationToken)));
        var workers = new Workers(sender, cancellationToken);
        workers._working = [.. Enumerable.Range(0, Count).Select(workers.Work)];
        return workers;
    }

    /// <summary>Returns when so many more commands are acknowledged.</summary>
    /// <exception cref="TrialFailedException">One was refused.</exception>
    public async Task More(int commands, CancellationToken cancellationToken)
    {
        var enough = _sender.Acknowledged.Count + commands;
        while (_sender.Acknowledged.Count < enough) await Pause(TimeSpan.FromMilliseconds(10), cancellationToken);
    }

    /// <summary>Waits while they work.</summary>
    /// <exception cref="TrialFailedException">A command was refused.</exception>
    public async Task Pause(TimeSpan time, CancellationToken cancellationToken)
    {
        var over = Task.Delay(time, cancellationToken);
        if (await Task.WhenAny([over, .. _working]) != over) await Task.WhenAny(_working).Unwrap();
        await over;
    }

    /// <summary>No more commands; returns when all that were sent are acknowledged.</summary>
    public async Task End()
    {
        _stopping = true;
        await Task.WhenAll(_working);
    }

    public async ValueTask DisposeAsync()
    {
        await _killing.CancelAsync();
        await Task.WhenAll(_working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _killing.Dispose();
    }

    // In another order each, so that they meet at the same project now and then.
    private async Task Work(int worker)
    {
        await Task.Yield();
        for (var number = 0; !_stopping; number++)
        {
            var (code, key) = (Command.CodeOf((worker + (number * ((2 * worker) + 1))) % Projects), string.Create(CultureInfo.InvariantCulture, $"w{worker}-{number}"));
            await _sender.Send(number % 2 == 0 ? Command.Visit(code, key) : Command.Problem(code, key), worker, _killing.Token);
        }
    }
}
