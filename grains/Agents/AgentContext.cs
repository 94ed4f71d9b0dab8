using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Agents;

/// <summary>What an agent's deciders are given beside command and state.</summary>
/// <param name="Flows">Those of the flows which the command names that there are.</param>
/// <param name="Agents">Those of the persons whom the command names that are agents.</param>
internal sealed record AgentContext(Act Act, Moment Moment, CityData City, DepartmentCodes Departments, ImmutableHashSet<string> Flows, ImmutableHashSet<string> Agents)
{
    /// <summary>A fact of the command, as it will be recorded; what follows from a rule is the system's.</summary>
    public Entry<AgentFact> Entry(AgentFact fact, long version) =>
        new(version, fact, Moment.Now, Moment.Today, fact is AgentFact.Deactivated ? Actor.System : Act.Actor, null, Act.CommandId, null, Act.NoTexts);
}
