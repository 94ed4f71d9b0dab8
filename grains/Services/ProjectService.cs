using Agency.Coordination;
using Agency.EventSourcing;
using Agency.Problems;
using Agency.Projects;
using Agency.Ratings;
using Agency.Visits;

namespace Agency.Services;

/// <summary>What a project's <see cref="ServiceFact"/>s have come to.</summary>
public sealed record ProjectService
{
    public static ProjectService None { get; } = new();

    public ProblemBook Problems { get; private init; } = ProblemBook.None;

    public VisitBook Visits { get; private init; } = VisitBook.None;

    public CoordinationBook Coordination { get; private init; } = CoordinationBook.None;

    public RatingBook Ratings { get; private init; } = RatingBook.None;

    internal ProjectService With(Entry<ProjectFact> entry) => entry.Fact switch
    {
        ProblemFact fact => this with { Problems = Problems.With(fact, entry) },
        VisitMade fact => this with { Visits = Visits.With(fact, entry) },
        CoordinationFact fact => this with { Coordination = Coordination.With(fact, entry) },
        RatingFact fact => this with { Ratings = Ratings.With(fact, entry) },
        FollowUpCompleted fact => this with { Visits = Visits.With(fact, entry), Coordination = Coordination.With(fact, entry) },
        not ServiceFact => this,
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}
