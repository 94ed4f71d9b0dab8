using Agency.Faults.Processes;
using Agency.Tests.Silo.AzureTables;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Agency.Tests.Silo.AzureTables;

/// <summary>The emulator of Azure Tables, one for a run of tests, started by the first that asks for it.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private AzuriteProcess? _process;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>How it is reached; the test is skipped where it is not installed.</summary>
    public async Task<string> Connection() => AzuriteProcess.ConnectionAt(await Port());

    /// <summary>Its port on loopback; the test is skipped where it is not installed.</summary>
    public async Task<int> Port()
    {
        Assert.SkipUnless(AzuriteProcess.IsInstalled || Environment.GetEnvironmentVariable("CI") == "true", "Azurite is not installed (./dev test installs it where there is npm).");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return (_process ??= await AzuriteProcess.Start(TestContext.Current.CancellationToken)).Port;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _starting.Dispose();
    }
}
