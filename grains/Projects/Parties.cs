using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.People;

namespace Agency.Projects;

/// <summary>Whose a project is, of those for whom some of what is asked is for their own alone.</summary>
/// <param name="Owner">Credit code of the owner.</param>
/// <param name="Manager">The manager; once the project has ended, the last one.</param>
/// <param name="Clerks">The clerks who act by its mandate.</param>
/// <param name="Departments">The department that leads it, those that lead a stage or have an item of it, and those that have something to follow up.</param>
internal readonly record struct Parties(string? Owner, string? Manager, ImmutableArray<string> Clerks, ImmutableArray<string> Departments)
{
    public static Parties Of(ProjectSummary summary) => new(summary.OwnerCreditCode, summary.Manager, summary.Clerks, summary.Involved);

    // Owners, utilities, intermediaries and higher authorities have items, too, but nobody comes as one of them in a department's role.
    public static Parties Of(ProjectState state, FlowPlan plan, DepartmentCodes departments)
    {
        var (registration, details, service) = (state.Registration!, state.Details!, state.Service);
        var items = plan.Items.Where(i => state.Items.ContainsKey(i.Code) || ItemViews.StatusOf(i, state) != ItemStatus.NotApplicable).Select(i => registration.DepartmentOf(i, departments));
        var stages = plan.Source.Flow.Stages.Select(s => departments.Of(s.Lead, registration.Authority, registration.District));
        return new(
            details.OwnerCreditCode,
            service.Managers is [.., var manager] ? manager.Agent : null,
            [.. (service.Mandate?.ActingClerks ?? []).Select(c => c.Agent)],
            [.. items.Concat(stages).Concat(service.FollowingUp).Append(details.LeadDepartment).Distinct().Where(d => departments.Find(d)?.Kind == OrganKind.Department).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The agents whose own the project is in a role.</summary>
    public ImmutableArray<string> AgentsAs(Role role) => role switch
    {
        Role.Manager => Manager is { } manager ? [manager] : [],
        Role.Clerk => Clerks,
        _ => [],
    };

    /// <summary>Whether the project is the actor's own.</summary>
    /// <param name="standsInFor">The agents that the actor stands in for today.</param>
    public bool Include(Actor actor, ImmutableHashSet<string> standsInFor)
    {
        return actor.Role switch
        {
            Role.Owner => actor.CreditCode is { } code && code == Owner,
            Role.Manager => Manager is { } manager && ActsAs(manager),
            Role.Clerk => Clerks.Any(ActsAs),
            Role.Department => actor.Department is { } department && Departments.Contains(department),
            _ => false,
        };

        bool ActsAs(string agent) => agent == actor.Id || standsInFor.Contains(agent);
    }
}
