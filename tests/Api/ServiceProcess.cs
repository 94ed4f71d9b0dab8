using System.Diagnostics;
using Agency.Api.Access;
using Agency.People;
using Agency.Silo.Hosting;

namespace Agency.Tests.Api;

/// <summary>The service as a process of its own on a free port, so that it can be killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ServiceProcess(Process process, Uri address, string data, HttpMessageHandler? handler)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        Client = new(handler ?? new HttpClientHandler()) { BaseAddress = address, Timeout = _patience };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", EmbeddedIssuer.Of(data).Issue(new("ada", Role.Office), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));
    }

    /// <summary>Acts as the office.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts the service on a data directory, and waits until it is ready.</summary>
    /// <param name="handler">Whose certificate it believes; left out, the service speaks plain HTTP.</param>
    /// <param name="settings">More arguments of the command line.</param>
    public static async Task<ServiceProcess> Start(string data, CancellationToken cancellationToken, HttpMessageHandler? handler = null, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnce(data, handler, settings, cancellationToken);
            }
            catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("in use", StringComparison.Ordinal))
            {
                // Another test's service took the port between the look and the start.
            }
        }
    }

    private static async Task<ServiceProcess> StartOnce(string data, HttpMessageHandler? handler, string[] settings, CancellationToken cancellationToken)
    {
        var port = Port.FreeOnLoopback();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--port", $"{port}", "--data", data, "Logging:LogLevel:Default=Error", .. settings])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = false,
        };
        var service = new ServiceProcess(Process.Start(start) ?? throw new InvalidOperationException("No process."), new($"{(handler is null ? "http" : "https")}://127.0.0.1:{port}"), data, handler);
        try
        {
            await service.Ready(cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        Client.Dispose();
        _process.Dispose();
    }

    private async Task Ready(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The service ended: {await _error}");
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
