using Agency.EventSourcing;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Storage;

namespace Agency.Api.Http.Problems;

/// <summary>Answers every exception with a problem: the reader's fault with what is wrong, an unreachable store or grain, or a clock
/// that cannot be believed, with 503, anything else with a bare 500 that only the log explains.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (refusal, where) = exception switch
        {
            RequestRefusedException refused => (refused.Refusal, refused.Where),
            BadHttpRequestException unread => UnreadableRequest.Explain(unread),
            ClockMovedException => (Refusal.Of(ProblemCodes.ClockMoved), []),
            _ when IsPassing(exception, cancellationToken) => (Refusal.Of(ProblemCodes.Unavailable), []),
            _ => (Refusal.Of(ProblemCodes.InternalError), []),
        };
        if (refusal.Code == ProblemCodes.InternalError) LogUnexpected(exception, httpContext.Request.Method, httpContext.Request.Path);
        if (refusal.Code == ProblemCodes.Unavailable) LogUnavailable(exception, httpContext.Request.Method, httpContext.Request.Path);
        await Problem.Write(httpContext, refusal, where);
        return true;
    }

    // OrleansException covers silos that are gone, rejected messages and lost connections; contention that outlasts a grain's own
    // attempts passes, too. A silo cancels what it could not begin in time.
    private static bool IsPassing(Exception exception, CancellationToken asked) =>
        exception is StoreUnavailableException or TimeoutException or InconsistentStateException or OrleansException || (exception is OperationCanceledException && !asked.IsCancellationRequested);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogUnexpected(Exception exception, string method, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} cannot be answered now.")]
    private partial void LogUnavailable(Exception exception, string method, PathString path);
}
