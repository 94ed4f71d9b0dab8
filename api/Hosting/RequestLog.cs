namespace Agency.Api.Hosting;

/// <summary>What the log may hold of requests.</summary>
internal static class RequestLog
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Keeps out the framework's line for each request, which has its query and with it credit codes, whatever level is set for whatever provider.</summary>
    public static void KeepQueriesOut(this ILoggingBuilder logging) => logging.Services.PostConfigure<LoggerFilterOptions>(filter =>
    {
        foreach (var provider in filter.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToArray()) filter.Rules.Add(new(provider, Requests, LogLevel.Warning, null));
    });
}
