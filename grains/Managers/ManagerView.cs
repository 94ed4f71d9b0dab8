using Agency.Agents;
using Agency.Calendar;
using Agency.Projects;
using Agency.Services;

namespace Agency.Managers;

/// <summary>Who manages a project, or did last.</summary>
/// <param name="Agent">Opaque id of the person.</param>
/// <param name="Until">The day it ended: handed over, or the project completed or terminated; null while in office.</param>
/// <param name="HandoverNote">What the one before handed over with.</param>
/// <param name="FirstContactDueOn">Last day for the first contact with the owner.</param>
/// <param name="Load">To how many projects the person is something.</param>
/// <param name="Capacity">To how many it should be at most.</param>
/// <param name="OverCapacity">Whether it is to more: a warning, never a refusal.</param>
/// <param name="Before">Who managed it before, the last first.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
[GenerateSerializer, Immutable, Alias("agency.manager-view")]
public sealed record ManagerView(
    [property: Id(0)] string Agent,
    [property: Id(1)] DateOnly Since,
    [property: Id(2)] DateOnly? Until,
    [property: Id(3)] string? HandoverNote,
    [property: Id(4)] DateOnly FirstContactDueOn,
    [property: Id(5)] int? Load,
    [property: Id(6)] int? Capacity,
    [property: Id(7)] bool? OverCapacity,
    [property: Id(8)] System.Collections.Immutable.ImmutableArray<ProjectManager> Before,
    [property: Id(9)] long Version)
{
    /// <summary>The manager of a project; null if it never had one.</summary>
    /// <param name="agent">The agent as it stands; null if that is not known.</param>
    internal static ManagerView? Of(ProjectState state, AgentView? agent, VisitRules rules, WorkingCalendar calendar)
    {
        if (state.Service.Managers is not [.. var before, var last]) return null;
        return new(
            last.Agent,
            last.Since,
            last.EndedOn,
            state.Entries[(int)last.Version - 1].Texts.GetValueOrDefault(ManagerAppointed.HandoverNote),
            calendar.Add(last.Since, rules.FirstContactWorkingDays),
            agent?.Load,
            agent?.Details.Capacity,
            agent is null ? null : agent.Load > agent.Details.Capacity,
            [.. before.Reverse().Select(ProjectManager.Of)],
            ManagerDecider.VersionOf(state));
    }
}

/// <summary>A manager of a project.</summary>
/// <param name="Until">The day it ended; null while in office.</param>
[GenerateSerializer, Immutable, Alias("agency.project-manager")]
public sealed record ProjectManager([property: Id(0)] string Id, [property: Id(1)] DateOnly Since, [property: Id(2)] DateOnly? Until)
{
    internal static ProjectManager Of(AgentTerm term) => new(term.Agent, term.Since, term.EndedOn);
}
