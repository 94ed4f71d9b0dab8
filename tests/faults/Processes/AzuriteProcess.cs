using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Agency.Faults.Processes;

/// <summary>The emulator of Azure Tables as a process. It keeps everything in memory, so it must outlive what is tried on it.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    // The emulators' own key, which is no secret.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;

    private AzuriteProcess(ChildProcess process, int port) => (_process, Port) = (process, port);

    /// <summary>On loopback.</summary>
    public int Port { get; }

    private static string Emulator => Repository.PathOf("tests", "tools", "node_modules", "azurite", "dist", "src", "table", "main.js");

    /// <summary>Whether it can be started here; <c>./dev test</c> and <c>./dev bench</c> install it where there is npm.</summary>
    public static bool IsInstalled => File.Exists(Emulator);

    /// <summary>How the emulator is reached by a port that leads to its own.</summary>
    public static string ConnectionAt(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"DefaultEndpointsProtocol=http;{Account};TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;");

    public static async Task<AzuriteProcess> Start(CancellationToken cancellationToken)
    {
        var port = Silo.Hosting.Port.FreeOnLoopback();
        var process = ChildProcess.Start("node",
        [
            "--require", Repository.PathOf("tests", "tools", "azurite.cjs"), Emulator, "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture),
            "--tableKeepAliveTimeout", "60", "--inMemoryPersistence", "--silent", "--disableTelemetry",
        ]);
        try
        {
            await Waiting.Until("Azurite listens", () => Listens(process, port, cancellationToken), _patience, cancellationToken);
            return new(process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> Listens(ChildProcess process, int port, CancellationToken cancellationToken)
    {
        if (process.HasEnded) throw new InvalidOperationException($"Azurite has ended: {await process.LastWords()}");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
