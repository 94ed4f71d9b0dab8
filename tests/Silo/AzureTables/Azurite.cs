using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Agency.Silo.Hosting;
using Agency.Tests.Silo.AzureTables;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Agency.Tests.Silo.AzureTables;

/// <summary>The emulator of Azure Tables, one for a run of tests, started by the first that asks for it. It keeps everything in memory.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // The emulators' own key, which is no secret.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly SemaphoreSlim _starting = new(1, 1);
    private Process? _process;
    private string? _connection;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>How it is reached; the test is skipped where it is not installed.</summary>
    public async Task<string> Connection()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _connection ??= await Start();
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _starting.Dispose();
    }

    private async Task<string> Start()
    {
        var emulator = Repository.PathOf("tests", "tools", "node_modules", "azurite", "dist", "src", "table", "main.js");
        Assert.SkipUnless(File.Exists(emulator) || Environment.GetEnvironmentVariable("CI") == "true", "Azurite is not installed (./dev test installs it where there is npm).");
        var port = Port.FreeOnLoopback();
        string[] arguments =
        [
            "--require", Repository.PathOf("tests", "tools", "azurite.cjs"), emulator, "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture),
            "--tableKeepAliveTimeout", "60", "--inMemoryPersistence", "--silent", "--disableTelemetry",
        ];
        _process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("No process.");
        var (output, error) = (new List<string?>(), new List<string?>());
        _process.OutputDataReceived += (_, line) => output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => error.Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.Holds(() => Listens(port), TimeSpan.FromMinutes(2));
        return $"DefaultEndpointsProtocol=http;{Account};TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

        async Task<bool> Listens(int at)
        {
            Assert.False(_process.HasExited, $"Azurite has ended: {string.Join('\n', output.Concat(error))}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, at, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
