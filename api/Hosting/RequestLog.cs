namespace Agency.Api.Hosting;

/// <summary>What the log may hold of requests.</summary>
internal static class RequestLog
{
    // The second tells which routes a path may fit.
    private static readonly string[] _requests = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing.Matching"];

    /// <summary>Keeps out the framework's lines for each request, which have its query and with it credit codes, and its path and with it the tokens of calendar
    /// feeds, whatever level is set for whatever provider.</summary>
    public static void KeepQueriesOut(this ILoggingBuilder logging) => logging.Services.PostConfigure<LoggerFilterOptions>(filter =>
    {
        // The scope of a request has its path. What trace a line belongs to is told without it.
        filter.CaptureScopes = false;
        foreach (var provider in filter.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var category in _requests) filter.Rules.Add(new(provider, category, LogLevel.Warning, null));
        }
    });
}
