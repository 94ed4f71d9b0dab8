using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Services;

namespace Agency.Reviews;

/// <summary>A project's copy of a resolution that concerns it, when it is given, extended or closed; the resolution itself lives in its session.
/// The system's; on record once for each version of the session's stream.</summary>
/// <param name="Resolution">Id of the resolution.</param>
/// <param name="Review">Id of the session.</param>
/// <param name="Lead">Code of the lead unit.</param>
/// <param name="Assisting">Codes of the assisting units.</param>
/// <param name="Closed">Whether it is done 销号.</param>
/// <param name="Source">Version of the session's fact that it follows from: of two copies the one with the higher holds.</param>
[GenerateSerializer, Immutable, Alias("agency.project.resolution-recorded")]
public sealed record ResolutionRecorded(
    [property: Id(0)] string Resolution,
    [property: Id(1)] string Review,
    [property: Id(2)] string Lead,
    [property: Id(3)] ImmutableArray<string> Assisting,
    [property: Id(4)] DateOnly DueDate,
    [property: Id(5)] bool Closed,
    [property: Id(6)] long Source) : ServiceFact;

/// <summary>What a session's facts must cause in projects: delivered while the commit's marker stands, once or more.</summary>
internal static class ReviewOutbox
{
    /// <summary>The projects that a fact concerns, and what each is told.</summary>
    /// <param name="review">The session as it stands, with the fact and what may have followed since.</param>
    public static IEnumerable<(string Project, ResolutionRecorded Fact)> Of(string id, Entry<ReviewFact> entry, Review review)
    {
        return entry.Fact switch
        {
            Concluded => review.Resolutions.Where(r => r.GivenDay is not null).SelectMany(r => Told(r, r.Draft.DueDate, closed: false)),
            ResolutionExtended f => Told(review.Find(f.Resolution)!, f.DueDate, closed: false),

            // Closed, it is extended no more.
            ResolutionConfirmed f => Told(review.Find(f.Resolution)!, review.Find(f.Resolution)!.DueDate, closed: true),
            _ => [],
        };

        (string, ResolutionRecorded)[] Told(Resolution r, DateOnly dueDate, bool closed) => r.Draft.Project is { } project
            ? [(project, new(ResolutionId.Of(id, r.Number), id, r.Draft.Lead, r.Draft.Assisting, dueDate, closed, entry.Version))]
            : [];
    }
}
