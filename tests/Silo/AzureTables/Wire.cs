using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Agency.Tests.Silo.AzureTables;

/// <summary>Stands between a client and the service: counts the requests, and breaks those that a test chooses.</summary>
internal sealed class Wire : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<Fault> _faults = new();
    private int _requests;

    public int Requests => _requests;

    /// <summary>Whether nothing gets through.</summary>
    public volatile bool Cut;

    /// <summary>The next writes do not arrive.</summary>
    public void LoseRequests(int count = 1) => Break(count, Fault.RequestLost);

    /// <summary>The next writes arrive; their answers are lost.</summary>
    public void LoseAnswers(int count = 1) => Break(count, Fault.AnswerLost);

    /// <summary>The next write arrives twice, and the second answer is given: so it looks where an earlier one, thought lost, arrives late.</summary>
    public void Repeat() => Break(1, Fault.Repeated);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref _requests);
        if (Cut) throw new IOException("The wire is cut.");
        var fault = message.Request.Method != RequestMethod.Get && _faults.TryDequeue(out var next) ? next : (Fault?)null;
        if (fault != Fault.RequestLost) await ProcessNextAsync(message, pipeline);
        if (fault == Fault.Repeated) await ProcessNextAsync(message, pipeline);
        else if (fault is not null) throw new IOException("The connection is lost.");
    }

    private void Break(int count, Fault fault)
    {
        for (var i = 0; i < count; i++) _faults.Enqueue(fault);
    }

    private enum Fault
    {
        RequestLost,
        AnswerLost,
        Repeated,
    }
}
