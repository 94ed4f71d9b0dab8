using System.Reflection;
using System.Text;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Agency.Api.Feeds;

/// <summary>Calendar feeds: what one has to do and the sessions that one sees, for calendar programs, which can send no token but in the address.</summary>
internal static class FeedsApi
{
    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/feeds").WithTags("Feeds");
        group.MapPost("/", Make).WithName("MakeFeed").WithSummary("Makes a calendar feed of one's own. Its address is told this once: whoever has it reads the feed.");
        group.MapGet("/", List).WithName("ListFeeds").WithSummary("One's own feeds, the oldest first, without their addresses; the administrator's list is of everybody's.");
        group.MapDelete("/{id}", Revoke).WithName("RevokeFeed").WithSummary("Revokes a feed: its address leads nowhere from then on.");
        group.MapGet("/{token}.ics", Read)
            .WithName("ReadFeed")
            .WithSummary("A feed as an iCalendar object (RFC 5545), for whoever has its address: what its owner may see now. A token that there never was and one that is revoked look the same.")
            .RequireRateLimiting(RateLimits.Feeds);
    }

    private static async Task<Results<TaggedCreated<MadeFeedAnswer>, Refused>> Make(FeedBody body, CommandContext command, RequestLanguage language, IGrainFactory grains) =>
        (await grains.Feeds().Make(body.Kind, language.Tag, command.Act())).ToCreation(v => $"{Conventions.BasePath}/feeds/{v.Feed.Id}", MadeFeedAnswer.Of);

    private static async Task<Ok<Page<FeedView>>> List([AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(list.PageOf(await grains.Feeds().List(person.Actor, cancellationToken), f => f.Id));

    private static async Task<Results<NoContent, Refused>> Revoke(string id, ActingPerson person, IGrainFactory grains) =>
        await grains.Feeds().Revoke(id, person.Actor) is { } refusal ? new Refused(refusal) : TypedResults.NoContent();

    private static async Task<Results<CalendarFile, Refused>> Read(string token, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Feeds().Read(token, cancellationToken) switch
        {
            null => new Refused(Refusal.Of("feed-not-found")),
            { Text: { } text } => new CalendarFile(text),
            _ => new Refused(Refusal.Of(ProblemCodes.Unavailable)),
        };

    private static IFeedsGrain Feeds(this IGrainFactory grains) => grains.GetGrain<IFeedsGrain>(IFeedsGrain.Key);
}

/// <summary>A feed to be made.</summary>
public sealed record FeedBody(FeedKind Kind);

/// <summary>A feed that was made.</summary>
/// <param name="Person">Opaque id of whose it is.</param>
/// <param name="Url">Its address in the service, told this once; whoever has it reads the feed.</param>
public sealed record MadeFeedAnswer(string Id, FeedKind Kind, string Person, DateTimeOffset MadeAt, string Url)
{
    internal static MadeFeedAnswer Of(MadeFeed made) => new(made.Feed.Id, made.Feed.Kind, made.Feed.Person, made.Feed.MadeAt, $"{Conventions.BasePath}/feeds/{made.Token}.ics");
}

/// <summary>An iCalendar object: 200 with its ETag, or 304 when the program has it already.</summary>
public sealed class CalendarFile(string text) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, body) = (httpContext.Response, Encoding.UTF8.GetBytes(text));
        var tag = EntityTags.Of(0, body);
        (response.Headers.ETag, response.Headers.CacheControl) = (tag.ToString(), "private, no-cache");
        if (EntityTags.NoneMatches(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        (response.ContentType, response.ContentLength) = ("text/calendar; charset=utf-8", body.Length);
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/calendar"]));
        builder.Metadata.Add(TaggedAnswer.Instance);
    }
}
