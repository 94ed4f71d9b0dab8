using System.Diagnostics.CodeAnalysis;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Services;

/// <summary>What a project's <see cref="ServiceFact"/>s have come to.</summary>
public sealed record ProjectService
{
    public static ProjectService None { get; } = new();

    /// <summary>Whether the agent is what the assignment says, appointed by its command.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "What a project holds is state, as soon as there is an appointment.")]
    public bool Holds(string agent, Assignment assignment) => false;

    internal ProjectService With(Entry<ProjectFact> entry) => entry.Fact switch
    {
        not ServiceFact => this,
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}
