using Agency.EventSourcing;
using Agency.Reviews;
using Agency.Tests.Grains.Reviews;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Reviews;

/// <summary>A session in the service's store, held and concluded on Friday 27 February 2026.</summary>
internal static class ResolvedHttp
{
    public static DateOnly Held { get; } = new(2026, 2, 27);

    public static IEventStore Store(this ApiFixture api) => api.Services.GetRequiredService<IEventStore>();

    /// <param name="count">How many resolutions it has, all due on 20 March.</param>
    /// <param name="received">Numbers of those that are signed for.</param>
    public static Task Resolved(this ApiFixture api, string id, int count, string? project = null, params int[] received)
    {
        var session = new ResolvedSession(Held, id, [.. Enumerable.Range(0, count).Select(_ => ResolvedSession.Draft(new(2026, 3, 20), project))]).Concluded(Held);
        foreach (var number in received) Assert.Null(session.Give(new ResolutionReceived(number), Held, ResolvedSession.Of(ResolvedSession.Lead)));
        return api.Store().Put(session);
    }
}
