using System.Collections.Immutable;
using Agency.Departments;
using Agency.Notifications;
using Agency.Reminders;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Reminders;

/// <summary>A subject of which everybody has one name, and who is who of which may be the same person.</summary>
internal sealed class Circle(string manager = "m", string? substitute = null)
    : ReminderSubject(NoticeSubject.Project, "p", new DepartmentCodes(Cities.Shipped), substitute is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add(manager, substitute))
{
    public const string Zjj = "511300-ZJJ";

    protected override IEnumerable<Recipient> Applicants => [Recipient.Owner("o")];

    protected override IEnumerable<Recipient> Own(ReminderTo to) => to switch
    {
        ReminderTo.Manager => [Recipient.Person(manager)],
        ReminderTo.Owner => [Recipient.Owner("o")],
        ReminderTo.Clerks => [Recipient.Person("c1"), Recipient.Person("c2")],
        _ => [],
    };

    protected override ImmutableSortedDictionary<string, string> Values(Matter matter) => Values(matter, []);
}
