using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>What a project's deciders are given beside command and state: who and when, and the city's data.</summary>
/// <param name="Act">What came with the command.</param>
/// <param name="Moment">When it is decided.</param>
/// <param name="Calendar">The working calendar to count by.</param>
/// <param name="City">Organs, clusters, procedures.</param>
/// <param name="Departments">Which department handles what.</param>
/// <param name="Plans">The project's plans.</param>
internal sealed record ProjectContext(Act Act, Moment Moment, WorkingCalendar Calendar, CityData City, DepartmentCodes Departments, PlanBook Plans)
{
    /// <summary>The agents that the actor stands in for today, as far as they are something to the project.</summary>
    public ImmutableHashSet<string> StandsInFor { get; init; } = [];

    /// <summary>The day of the command: today, or the day on paper.</summary>
    public DateOnly Day => Act.OccurredOn ?? Moment.Today;

    /// <summary>Whether the actor is this agent, or stands in for it today.</summary>
    public bool ActsAs(string agent) => Act.Actor.Id == agent || StandsInFor.Contains(agent);

    /// <summary>Whether the actor comes as the project's manager in office, or stands in for it.</summary>
    public bool IsManager(ProjectState state) => Act.Actor.Role == People.Role.Manager && state.Service.Manager is { } manager && ActsAs(manager.Agent);

    /// <summary>Why the command's day or its paper members are refused; null if they are in order (domain 5.7).</summary>
    public Refusal? CheckPaper() => PaperEntry.Check(Act, Moment);

    /// <summary>Why nothing can have happened on that day: it is to come, or before the years that the calendar can have; null if it can.</summary>
    public Refusal? CheckDay(DateOnly day) => PaperEntry.CheckDay(day, Moment);

    /// <summary>Why the command is refused if it is meant for another version of what it changes; null if it is not.</summary>
    public Refusal? CheckVersion(long version) =>
        Act.IfVersion is { } expected && expected != version ? Refusal.Of(Refusals.VersionMismatch, ("version", version)) : null;

    /// <summary>A fact of the command, as it will be recorded.</summary>
    public Entry<ProjectFact> Entry(ProjectFact fact, long version) =>
        new(version, fact, Moment.Now, Day, Act.Actor, Act.OnBehalfOf, Act.CommandId, fact is Approvals.Step or Correction ? Calendar.Version : null, Act.Texts ?? Act.NoTexts);

    /// <summary>A fact that follows from a rule, as the system records it in the same commit.</summary>
    public Entry<ProjectFact> SystemEntry(ProjectFact fact, long version, DateOnly day) =>
        new(version, fact, Moment.Now, day, People.Actor.System, null, Act.CommandId, Calendar.Version, Act.NoTexts);
}
