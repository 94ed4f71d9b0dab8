using Agency.Silos;
using Microsoft.AspNetCore.Http.Timeouts;
using Orleans.Storage;

namespace Agency.Api.Hosting;

/// <summary>Sends a call to a silo again while silos go and come, so that who asks hardly notices. A command that was carried out before its answer was lost is known by
/// its id and answered without being carried out again (<see cref="EventSourcing.CommandKey"/>).</summary>
internal sealed partial class RideThrough(ServiceOptions options, IHttpContextAccessor request, TimeProvider clock, ILogger<RideThrough> logger) : IOutgoingGrainCallFilter
{
    // Of the time of a request; the last attempt must have its own.
    private const double Part = 0.7;
    private const int Unanswered = 3;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(800);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var (begun, pause, unanswered) = (Begun(), _firstPause, 0);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Repeat.Mark(attempt > 1);
                await context.Invoke();
                return;
            }
            catch (Exception e) when (IsOfTheCluster(e) && context.Grain is not ISilosGrain && InTime(e) && !context.Request.GetCancellationToken().IsCancellationRequested)
            {
                LogAgain(context.InterfaceName, context.MethodName, attempt, e.Message);
            }

            // Not all who were thrown off at once come back at once.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, context.Request.GetCancellationToken());
            if (pause < _longestPause) pause *= 2;
        }

        // A silo that does not answer may be one that is slow: it is not asked without end.
        bool InTime(Exception e) => (e is not TimeoutException || ++unanswered < Unanswered) && clock.GetElapsedTime(begun) < TimeSpan.FromSeconds(options.Limits.RequestSeconds) * Part;
    }

    // A request may make several calls, which share its time: since the first of them. What lasts as long as its client likes has no time to be shared.
    private long Begun()
    {
        var now = clock.GetTimestamp();
        if (request.HttpContext is not { } context || context.GetEndpoint()?.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null) return now;
        if (context.Items[typeof(RideThrough)] is long begun) return begun;
        context.Items[typeof(RideThrough)] = now;
        return now;
    }

    // Not the storage: how long that is away nobody knows, so the client is told to come again. A silo cancels what it could not begin in time.
    private static bool IsOfTheCluster(Exception exception) => exception is TimeoutException or OperationCanceledException or OrleansException and not InconsistentStateException;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Interface}.{Method} could not be answered by a silo, attempt {Attempt}: {Why}")]
    private partial void LogAgain(string @interface, string method, int attempt, string why);
}
