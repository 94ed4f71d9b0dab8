using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Agency.Tests.Silo.AzureTables;

/// <summary>Stands between a client and the service: counts the requests, and breaks those that a test chooses.</summary>
internal sealed class Wire : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<bool> _breaks = new();
    private int _requests;

    public int Requests => _requests;

    /// <summary>Whether nothing gets through.</summary>
    public volatile bool Cut;

    /// <summary>The next writes do not arrive.</summary>
    public void LoseRequests(int count = 1) => Break(count, arrives: false);

    /// <summary>The next writes arrive; their answers are lost.</summary>
    public void LoseAnswers(int count = 1) => Break(count, arrives: true);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref _requests);
        if (Cut) throw new IOException("The wire is cut.");
        if (message.Request.Method == RequestMethod.Get || !_breaks.TryDequeue(out var arrives))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        if (arrives) await ProcessNextAsync(message, pipeline);
        throw new IOException("The connection is lost.");
    }

    private void Break(int count, bool arrives)
    {
        for (var i = 0; i < count; i++) _breaks.Enqueue(arrives);
    }
}
