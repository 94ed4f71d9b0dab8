using System.Collections.Immutable;
using Agency.People;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>Who looks at the projects.</summary>
/// <param name="StandsInFor">The agents that the actor stands in for today.</param>
[GenerateSerializer, Immutable, Alias("agency.sight")]
public sealed record Sight([property: Id(0)] Actor Actor, [property: Id(1)] ImmutableHashSet<string> StandsInFor)
{
    /// <summary>Whether everything is seen.</summary>
    internal bool IsWhole => !Actor.OwnOnly;

    /// <summary>Whether the project is seen.</summary>
    internal bool Includes(ProjectSummary project) => IsWhole || Parties.Of(project).Include(Actor, StandsInFor);
}
