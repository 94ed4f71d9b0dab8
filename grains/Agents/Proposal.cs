using System.Collections.Immutable;

namespace Agency.Agents;

/// <summary>Whom to appoint when nobody is named (domain 9): of those who fit the one who is least loaded, and why.</summary>
internal static class Proposal
{
    /// <param name="agents">All agents, as they are today.</param>
    public static AgentProposal Of(IEnumerable<AgentView> agents, AgentWanted wanted)
    {
        var judged = agents.Select(a => (Agent: a, Against: Against(a, wanted).ToImmutableArray())).ToLookup(j => j.Against.IsEmpty);
        var fitting = judged[true].Select(j => j.Agent)
            .Order(Comparer<AgentView>.Create(Compare))
            .Select(a => new Candidate(a.Id, a.Load, a.Details.Capacity, a.Details.District is not null, !a.Details.Flows.IsEmpty));
        return new([.. fitting], [.. judged[false].OrderBy(j => j.Agent.Id, StringComparer.Ordinal).Select(j => new LeftOut(j.Agent.Id, j.Against))]);
    }

    private static IEnumerable<Unfit> Against(AgentView agent, AgentWanted wanted)
    {
        var details = agent.Details;
        var manager = wanted.Function == Function.Manager;
        if (agent.Status != AgentStatus.Active) yield return Unfit.NotActive;
        if (agent.Assignments.Any(a => a.Project == wanted.Project && a.Function == wanted.Function)) yield return Unfit.HasItAlready;
        if (!details.Functions.Contains(wanted.Function)) yield return Unfit.OtherFunction;
        if (manager && details.Rank < Rank.Middle) yield return Unfit.RankTooLow;
        if (manager && details.Department != wanted.LeadDepartment) yield return Unfit.OtherDepartment;
        if (details.District is { } district && district != wanted.District) yield return Unfit.OtherDistrict;
        if (!details.Flows.IsEmpty && !details.Flows.Contains(wanted.Flow)) yield return Unfit.OtherFlow;
        if (agent.OnLeave) yield return Unfit.OnLeave;
    }

    // By the share of the capacity that is used, as whole numbers.
    private static int Compare(AgentView a, AgentView b) =>
        (a.Load * b.Details.Capacity).CompareTo(b.Load * a.Details.Capacity) is not 0 and var share ? share
        : a.Load.CompareTo(b.Load) is not 0 and var load ? load
        : string.CompareOrdinal(a.Id, b.Id);
}

/// <summary>What a project needs an agent for.</summary>
/// <param name="Project">Code of the project.</param>
/// <param name="LeadDepartment">Code of its lead department, whose a manager must be.</param>
/// <param name="District">Code of its district.</param>
/// <param name="Flow">Code of its flow.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-wanted")]
public sealed record AgentWanted(
    [property: Id(0)] string Project,
    [property: Id(1)] Function Function,
    [property: Id(2)] string LeadDepartment,
    [property: Id(3)] string District,
    [property: Id(4)] string Flow);

/// <summary>Those who fit, the best first, and those who do not.</summary>
[GenerateSerializer, Immutable, Alias("agency.agent-proposal")]
public sealed record AgentProposal([property: Id(0)] ImmutableArray<Candidate> Candidates, [property: Id(1)] ImmutableArray<LeftOut> LeftOut)
{
    /// <summary>Id of the one proposed; null if nobody fits.</summary>
    public string? Best => Candidates.IsEmpty ? null : Candidates[0].Agent;
}

/// <summary>An agent who fits, and what speaks for it.</summary>
/// <param name="Load">To how many projects it is something.</param>
/// <param name="Capacity">How many it should have at most.</param>
/// <param name="OfDistrict">Whether it works in the project's district alone; else in the whole city.</param>
/// <param name="OfFlow">Whether it is for some flows, the project's among them; else for all.</param>
[GenerateSerializer, Immutable, Alias("agency.candidate")]
public sealed record Candidate(
    [property: Id(0)] string Agent,
    [property: Id(1)] int Load,
    [property: Id(2)] int Capacity,
    [property: Id(3)] bool OfDistrict,
    [property: Id(4)] bool OfFlow);

/// <summary>An agent who does not fit, with all that speaks against it.</summary>
[GenerateSerializer, Immutable, Alias("agency.left-out")]
public sealed record LeftOut([property: Id(0)] string Agent, [property: Id(1)] ImmutableArray<Unfit> Because);

/// <summary>Why an agent does not fit.</summary>
public enum Unfit
{
    NotActive,
    OnLeave,

    /// <summary>It is that to this project.</summary>
    HasItAlready,
    OtherFunction,

    /// <summary>A manager is of middle rank at least.</summary>
    RankTooLow,

    /// <summary>A manager is of the project's lead department.</summary>
    OtherDepartment,
    OtherDistrict,
    OtherFlow,
}
