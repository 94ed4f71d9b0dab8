using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Agency.Api.Hosting;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.RateLimiting;

namespace Agency.Api.Http;

/// <summary>How often one person, or one address that names nobody, may ask (<see cref="LimitOptions"/>). They count in real time and in this
/// process alone.</summary>
internal static class RateLimits
{
    /// <summary>Policy of a route that anybody may ask about a project whose code is in its path.</summary>
    public const string Progress = nameof(Progress);

    /// <summary>Policy of calendar feeds, which are counted by address alone: a token is not found by trying.</summary>
    public const string Feeds = nameof(Feeds);

    /// <summary>Policy of a route whose answer goes on.</summary>
    public const string Streams = nameof(Streams);

    public static void AddRateLimits(this IServiceCollection services, LimitOptions limits) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Caller>(context => For(context, limits));
        limiter.AddPolicy(Progress, context => PerMinute($"{context.GetRouteValue("code")}", limits.ProgressPerCodePerMinute));
        limiter.AddPolicy(Feeds, _ => RateLimitPartition.GetNoLimiter(Feeds));
        limiter.AddPolicy(Streams, context => RateLimitPartition.GetConcurrencyLimiter(Caller.Of(context), _ => new() { PermitLimit = limits.StreamsAtOnce }));
        limiter.OnRejected = (rejected, _) => new(Problem.Write(rejected.HttpContext, Refusal.Of(ProblemCodes.TooManyRequests), [], RetryAfter(rejected.Lease)));
    });

    private static RateLimitPartition<Caller> For(HttpContext context, LimitOptions limits)
    {
        switch (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName)
        {
            case Progress: return PerMinute(Caller.At(context) with { For = Progress }, limits.ProgressPerMinute);
            case Feeds: return PerMinute(Caller.At(context) with { For = Feeds }, limits.FeedsPerMinute);
        }

        return Caller.Of(context) is { Role: not null } person ? PerSecond(person, limits.RequestsPerSecond) : PerSecond(Caller.At(context), limits.AnonymousRequestsPerSecond);
    }

    private static RateLimitPartition<Caller> PerSecond(Caller caller, int requests) => RateLimitPartition.GetTokenBucketLimiter(
        caller,
        _ => new() { TokenLimit = 2 * requests, TokensPerPeriod = requests, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });

    private static RateLimitPartition<T> PerMinute<T>(T key, int requests) => RateLimitPartition.GetFixedWindowLimiter(
        key,
        _ => new() { PermitLimit = requests, Window = TimeSpan.FromMinutes(1) });

    // What only waits for others to end has no time.
    private static int RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 5;

    /// <summary>Whose requests are counted together.</summary>
    /// <param name="Role">As what the person comes; null for an address.</param>
    /// <param name="Id">Of the person, or the address.</param>
    /// <param name="For">What is counted apart from all else; null: all else.</param>
    private readonly record struct Caller(Role? Role, string Id, string? For = null)
    {
        public static Caller Of(HttpContext context) =>
            context.Features.Get<Actor>() is { } actor ? new(actor.Role, actor.Id) : At(context);

        public static Caller At(HttpContext context) => new(null, Network(context.Connection.RemoteIpAddress));

        // Whoever has one address of IPv6 has all of its /64 network.
        private static string Network(IPAddress? address)
        {
            if (address is null) return "";
            if (address.IsIPv4MappedToIPv6) return $"{address.MapToIPv4()}";
            if (address.AddressFamily != AddressFamily.InterNetworkV6) return $"{address}";
            Span<byte> bytes = stackalloc byte[16];
            address.TryWriteBytes(bytes, out _);
            return Convert.ToHexString(bytes[..8]);
        }
    }
}
