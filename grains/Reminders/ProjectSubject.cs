using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Departments;
using Agency.Notifications;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Reminders;

/// <summary>A project that somebody is reminded of.</summary>
internal sealed class ProjectSubject(ProjectSummary project, CityData city, DepartmentCodes departments, ImmutableDictionary<string, string> substitutes)
    : ReminderSubject(NoticeSubject.Project, project.Code, departments, substitutes)
{
    protected override IEnumerable<Recipient> Applicants => Own(ReminderTo.Owner).Concat(Own(ReminderTo.Clerks));

    protected override IEnumerable<Recipient> Own(ReminderTo to) => to switch
    {
        ReminderTo.Manager => [project.Manager is { } manager ? Recipient.Person(manager) : Recipient.Office],
        ReminderTo.Clerks => project.Clerks.Select(Recipient.Person),
        ReminderTo.Owner => [Recipient.Owner(project.OwnerCreditCode!)],
        _ => [],
    };

    protected override ImmutableSortedDictionary<string, string> Values(Matter matter) => ReminderValues.IsOfItem(matter.Kind)
        ? Values(matter, ("project", project.Name!), ("item", NameOf(matter.Code)))
        : Values(matter, ("project", project.Name!));

    // As the catalogue has it; an item that only a flow has is named by its code.
    private string NameOf(string item)
    {
        var name = city.Item(WorkExpansion.BaseOf(item))?.Definition.Name;
        return name is null ? item : WorkExpansion.BaseOf(item) == item ? name : $"{name}{item[WorkExpansion.BaseOf(item).Length..]}";
    }
}
