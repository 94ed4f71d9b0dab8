using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Reviews;

/// <summary>A session in the service, called for 09:30 on Friday 6 March 2026.</summary>
internal static class CalledHttp
{
    /// <param name="departments">Those concerned by its one entry.</param>
    public static async Task Called(this ApiFixture api, string id, params string[] departments)
    {
        _ = api.Server;
        var review = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IReviewGrain>(id);
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(new(2026, 3, 6, 9, 30, 0, TimeSpan.FromHours(8)), null, null, "mayor", null)), Act(ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, [.. departments], []), Act(ReviewFact.Question)));
        Done(await review.Take(new Convened(), Act(EventSourcing.Act.Reason)));
    }

    private static void Done<T>(Answer<T> answer)
        where T : class => Assert.Null(answer.Refusal?.Code);

    private static Act Act(params string[] texts) =>
        new(new("ada", Role.Office), Guid.NewGuid().ToString(), Texts: texts.ToImmutableSortedDictionary(t => t, t => (string?)"三月例会", StringComparer.Ordinal));
}
