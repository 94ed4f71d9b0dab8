using System.Collections.Immutable;
using System.Globalization;
using Agency.Catalogue;
using Agency.Departments;
using Agency.Notifications;

namespace Agency.Reminders;

/// <summary>What matters are of: how it is told, and who is who there.</summary>
/// <param name="substitutes">Who stands in today for an agent on leave: it is told, too.</param>
internal abstract class ReminderSubject(NoticeSubject kind, string id, DepartmentCodes departments, ImmutableDictionary<string, string> substitutes)
{
    /// <summary>Those whom a rule tells of a matter.</summary>
    public IEnumerable<Recipient> Recipients(ReminderTo to, Matter matter)
    {
        foreach (var recipient in to switch
        {
            ReminderTo.Department => matter.Department is { } department ? Handling(department) : [],
            ReminderTo.Head => matter.Department is { } department && departments.Find(department)?.Kind == OrganKind.Department ? [Recipient.Head(department)] : [],
            ReminderTo.Office => [Recipient.Office],

            // Where nobody is named the office sees to it.
            ReminderTo.Person => [matter.Person is { } person ? Recipient.Person(person) : Recipient.Office],
            _ => Own(to),
        })
        {
            yield return recipient;
            if (recipient is { Kind: RecipientKind.Person, Id: { } agent } && substitutes.TryGetValue(agent, out var substitute)) yield return Recipient.Person(substitute);
        }
    }

    /// <summary>The notice of one occurrence to one recipient.</summary>
    /// <param name="days">Working days of the occurrence from the matter's day.</param>
    /// <param name="day">Its day.</param>
    public Notice Notice(Recipient recipient, Matter matter, string rule, int days, DateOnly day)
    {
        var code = matter.Code.Length == 0 ? null : matter.Code;
        var occurrence = string.Create(CultureInfo.InvariantCulture, $"{matter.Day:yyyy-MM-dd}{days:+0;-0;+0}{(matter.AskedAt == 0 ? "" : $"v{matter.AskedAt}")}");
        return new(Notifications.Notice.IdOf(recipient, kind, id, code, rule, occurrence), rule, kind, id, ReminderValues.IsOfItem(matter.Kind) ? code : null, day, Values(matter));
    }

    /// <summary>The recipients that only the subject knows.</summary>
    protected abstract IEnumerable<Recipient> Own(ReminderTo to);

    /// <summary>Whoever has to act on a matter of a department that takes no steps itself.</summary>
    protected virtual IEnumerable<Recipient> Applicants => [];

    /// <summary>What the sentences hold: a value for each of <see cref="ReminderValues.Names"/>.</summary>
    protected abstract ImmutableSortedDictionary<string, string> Values(Matter matter);

    protected static ImmutableSortedDictionary<string, string> Values(Matter matter, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        (values["code"], values["day"], values["due"]) = (matter.Code, Iso(matter.Day), Iso(matter.Until ?? matter.Day));
        foreach (var (name, value) in more) values[name] = value;
        return values.ToImmutable();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The office enters what a higher authority does; what anybody else does the applicant records (domain 5.1).
    private IEnumerable<Recipient> Handling(string department) => departments.Find(department)?.Kind switch
    {
        OrganKind.Department => [Recipient.Department(department)],
        OrganKind.HigherAuthority or null => [Recipient.Office],
        _ => Applicants,
    };
}
