using System.Diagnostics;
using System.Globalization;

namespace Agency.Faults.Processes;

/// <summary>A process that can be killed, and that ends with the one that started it, however that ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    // Where all that they write is kept, if anywhere.
    private static readonly string? _logs = Environment.GetEnvironmentVariable("AGENCY_FAULTS_LOGS");

    private readonly Process _process;
    private readonly Process _guard;
    private readonly Lock _lines = new();
    private readonly Queue<string> _said = new();
    private readonly TaskCompletionSource<string> _began = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, Process guard, Predicate<string>? begins)
    {
        (_process, _guard) = (process, guard);
        process.OutputDataReceived += (_, line) => Hear(line.Data, begins);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>The first line on standard output that told of its beginning.</summary>
    public Task<string> Began => _began.Task;

    /// <summary>The last lines that it wrote, for whoever looks why it has ended.</summary>
    public async Task<string> LastWords()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        lock (_lines) return string.Join('\n', _said);
    }

    /// <param name="begins">Which line tells that it has begun; null: none does.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, Predicate<string>? begins = null)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("No process.");
        try
        {
            // Its input is a pipe from here: it reads the end of it when this process is no more, even if it was killed.
            string[] guarding = ["-c", "read -r _; kill -9 \"$1\"", "guard", process.Id.ToString(CultureInfo.InvariantCulture)];
            var guard = Process.Start(new ProcessStartInfo("sh", guarding) { RedirectStandardInput = true }) ?? throw new InvalidOperationException("No process.");
            return new(process, guard, begins);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>SIGTERM; its exit code, when it has ended.</summary>
    public async Task<int> Stop(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        await Kill();
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        // The guard first, for afterwards the number can be another process's.
        if (!_guard.HasExited) _guard.Kill();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _guard.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        _guard.Dispose();
    }

    private void Hear(string? line, Predicate<string>? begins)
    {
        if (line is null) return;
        lock (_lines)
        {
            if (_said.Count == LinesKept) _said.Dequeue();
            _said.Enqueue(line);
            if (_logs is not null) File.AppendAllText(Path.Combine(_logs, $"{_process.Id}.log"), $"{line}\n");
        }

        if (begins?.Invoke(line) == true) _began.TrySetResult(line);
    }
}
