using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Agency.Faults;

/// <summary>Stands between the processes and the storage, and fails as a network does.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly int _storage;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flowing = new();
    private int _transactions, _lost, _losing, _left;
    private volatile bool _refusing;

    /// <param name="storage">The storage's port on loopback.</param>
    public StorageProxy(int storage)
    {
        _storage = storage;
        _flowing.SetResult();
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>The port on loopback that leads to the storage.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many transactions were done whose answer was lost.</summary>
    public int Lost => _lost;

    /// <summary>From now on every connection is closed at once.</summary>
    public void Refuse()
    {
        _refusing = true;
        foreach (var connection in _connections.Keys) connection.Abort();
        Resume();
    }

    /// <summary>From now on nothing goes either way; connections can be made all the same.</summary>
    public void Hang() => _flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether nothing goes either way.</summary>
    public bool Hangs => !_flowing.Task.IsCompleted;

    /// <summary>So many transactions are still sent on; from the last of them on, whose answer waits, nothing goes either way.</summary>
    public void HangAfter(int transactions) => Volatile.Write(ref _left, transactions);

    /// <summary>Of every so many transactions the last is done and its answer lost, with the connection; 0: of none.</summary>
    public void LoseAnswers(int ofEach) => Volatile.Write(ref _losing, ofEach);

    /// <summary>Everything goes through again; what was held is delivered late.</summary>
    public void Heal()
    {
        (_refusing, _losing, _left) = (false, 0, 0);
        Resume();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (var connection in _connections.Keys) connection.Abort();
        Resume();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private void Resume() => _flowing.TrySetResult();

    private async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var connection = new Connection(await _listener.AcceptSocketAsync(_stopping.Token));
                if (_refusing) connection.Abort();
                else _connections[connection] = Carry(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end, or a connection that is gone before it was taken.
            }
        }
    }

    private async Task Carry(Connection connection)
    {
        await Task.Yield();
        try
        {
            await connection.Storage.ConnectAsync(IPAddress.Loopback, _storage, _stopping.Token);
            await Task.WhenAny(Pump(connection, connection.Client, connection.Storage, Asked), Pump(connection, connection.Storage, connection.Client, Answered));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of this connection.
        }
        finally
        {
            connection.Abort();
            _connections.TryRemove(connection, out _);
        }
    }

    private async Task Pump(Connection connection, Socket from, Socket to, Func<Connection, ReadOnlyMemory<byte>, bool> passes)
    {
        var chunk = new byte[ChunkBytes];
        try
        {
            while (await from.ReceiveAsync(chunk.AsMemory(), _stopping.Token) is > 0 and var read)
            {
                await _flowing.Task.WaitAsync(_stopping.Token);
                if (!passes(connection, chunk.AsMemory(0, read))) return;
                for (var rest = chunk.AsMemory(0, read); !rest.IsEmpty;) rest = rest[await to.SendAsync(rest, _stopping.Token)..];
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of this connection.
        }
    }

    // A request begins a chunk, for the one before it on the connection is answered by then.
    private bool Asked(Connection connection, ReadOnlyMemory<byte> chunk)
    {
        var line = chunk.Span[..Math.Min(chunk.Length, 256)];
        if (!line.StartsWith("POST "u8) || line.IndexOf("/$batch HTTP/1.1\r\n"u8) < 0) return true;
        if (Volatile.Read(ref _left) > 0 && Interlocked.Decrement(ref _left) == 0) Hang();
        var each = Volatile.Read(ref _losing);
        connection.Losing = each > 0 && Interlocked.Increment(ref _transactions) % each == 0;
        return true;
    }

    // An answer means that the transaction is done.
    private bool Answered(Connection connection, ReadOnlyMemory<byte> chunk)
    {
        if (!connection.Losing) return true;
        Interlocked.Increment(ref _lost);
        return false;
    }

    /// <summary>One connection of a process, and the one to the storage that carries it on.</summary>
    private sealed class Connection(Socket client)
    {
        public Socket Client => client;

        public Socket Storage { get; } = new(SocketType.Stream, ProtocolType.Tcp);

        /// <summary>Whether the answer that comes next is lost.</summary>
        public volatile bool Losing;

        public void Abort()
        {
            foreach (var socket in (Socket[])[client, Storage])
            {
                try
                {
                    socket.LingerState = new(true, 0);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    // Gone by itself.
                }

                socket.Dispose();
            }
        }
    }
}
