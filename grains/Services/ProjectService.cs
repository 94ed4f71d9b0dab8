using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Services;

/// <summary>What a project's <see cref="ServiceFact"/>s have come to.</summary>
public sealed record ProjectService
{
    public static ProjectService None { get; } = new();

    internal ProjectService With(Entry<ProjectFact> entry) => entry.Fact switch
    {
        not ServiceFact => this,
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}
