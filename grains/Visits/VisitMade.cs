using System.Collections.Immutable;
using Agency.Services;

namespace Agency.Visits;

/// <summary>走访: the project was visited; place and findings are free texts beside the fact.</summary>
/// <param name="Visit">Its id, counted per project: V1, V2. Given by the decider, empty in a command.</param>
/// <param name="VisitedOn">Left out of a command: the command's day.</param>
/// <param name="Place">Of facts from before the place was a text beside them, which are read for ever; null in what is recorded.</param>
[GenerateSerializer, Immutable, Alias("agency.project.visit-made")]
public sealed record VisitMade(
    [property: Id(0)] string Visit,
    [property: Id(1)] DateOnly? VisitedOn,
    [property: Id(2)] string? Place,
    [property: Id(3)] ImmutableArray<FollowUp> FollowUps) : ServiceFact
{
    /// <summary>Name of the text that says where it was.</summary>
    public const string PlaceText = "place";

    /// <summary>Name of the text that says what was found.</summary>
    public const string Findings = "findings";

    /// <summary>Name, within a follow-up, of the text that says what is to be done.</summary>
    public const string What = "what";
}
