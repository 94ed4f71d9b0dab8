using Agency.Api.Access;
using Agency.People;
using Agency.Silo.Hosting;

namespace Agency.Faults.Processes;

/// <summary>The HTTP service as a process of its own, so that it can be killed: with its silo inside, or, by its settings, as the client of a cluster.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private ServiceProcess(ChildProcess process, Uri address, string data, HttpMessageHandler? handler)
    {
        _process = process;
        Client = Of(Actor, handler ?? new SocketsHttpHandler(), address, data);
    }

    /// <summary>Who acts.</summary>
    public static Actor Actor { get; } = new("ada", Role.Office);

    /// <summary>Acts as the office.</summary>
    public HttpClient Client { get; }

    public bool HasEnded => _process.HasEnded;

    /// <summary>The last lines that it wrote, once it has ended.</summary>
    public Task<string> LastWords() => _process.LastWords();

    /// <summary>Starts the service on a data directory, on a free port, and waits until it is ready.</summary>
    /// <param name="handler">Whose certificate it believes; left out, the service speaks plain HTTP.</param>
    /// <param name="settings">More arguments of the command line.</param>
    public static async Task<ServiceProcess> Start(string data, CancellationToken cancellationToken, HttpMessageHandler? handler = null, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAt(Port.FreeOnLoopback(), data, cancellationToken, handler, settings);
            }
            catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("in use", StringComparison.Ordinal))
            {
                // Another took the port between the look and the start.
            }
        }
    }

    /// <summary>The same at a port, where the one before it was.</summary>
    public static async Task<ServiceProcess> StartAt(int port, string data, CancellationToken cancellationToken, HttpMessageHandler? handler = null, params string[] settings)
    {
        var process = ChildProcess.Start("dotnet", [typeof(Program).Assembly.Location, "--port", $"{port}", "--data", data, "Logging:LogLevel:Default=Error", .. settings]);
        ServiceProcess? service = null;
        try
        {
            service = new(process, new($"{(handler is null ? "http" : "https")}://127.0.0.1:{port}"), data, handler);
            await service.Ready(cancellationToken);
            return service;
        }
        catch
        {
            await (service?.DisposeAsync() ?? process.DisposeAsync());
            throw;
        }
    }

    /// <summary>Acts as somebody else.</summary>
    /// <param name="data">The service's data directory.</param>
    public HttpClient As(Actor actor, string data) => Of(actor, new SocketsHttpHandler(), Client.BaseAddress!, data);

    /// <summary>kill -9.</summary>
    public Task Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Client.Dispose();
    }

    private static HttpClient Of(Actor actor, HttpMessageHandler handler, Uri address, string data) => new(handler)
    {
        BaseAddress = address,
        Timeout = _patience,
        DefaultRequestHeaders = { Authorization = new("Bearer", EmbeddedIssuer.Of(data).Issue(actor, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1))) },
    };

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        while (true)
        {
            if (_process.HasEnded) throw new InvalidOperationException($"The service ended: {await _process.LastWords()}");
            try
            {
                using var response = await Client.GetAsync("/health/ready", patience.Token);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
