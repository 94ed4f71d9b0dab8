using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Agency.Tests.Api.Webhooks;

/// <summary>A mail server on loopback that keeps what it is sent; it can be stopped and started again on its port.</summary>
public sealed class MailReceiver(int port) : IAsyncDisposable
{
    private readonly Store _store = new();
    private CancellationTokenSource? _running;
    private Task _server = Task.CompletedTask;

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<MimeMessage> Received => [.. _store.Received];

    public void Start()
    {
        var services = new ServiceProvider();
        services.Add(_store);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        _running = new();
        _server = new SmtpServer.SmtpServer(options, services).StartAsync(_running.Token);
    }

    public async Task Stop()
    {
        if (_running is null) return;
        await _running.CancelAsync();
        try
        {
            await _server;
        }
        catch (OperationCanceledException)
        {
            // So it ends.
        }

        _running.Dispose();
        _running = null;
    }

    public async ValueTask DisposeAsync() => await Stop();

    private sealed class Store : MessageStore
    {
        public ConcurrentQueue<MimeMessage> Received { get; } = new();

        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            Received.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
