using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>What something that is told is about.</summary>
public enum NoticeSubject
{
    /// <summary>A project, by its code.</summary>
    Project,

    /// <summary>A review session, by its id.</summary>
    Review,

    /// <summary>A resolution, by its id.</summary>
    Resolution,

    /// <summary>The service itself: a schedule that was late, the clock; by a name of its own.</summary>
    Service,
}

/// <summary>Something to be told to one recipient: about one subject, by one rule, for one occurrence (domain 12).</summary>
/// <param name="Id">Made of recipient, subject, rule and occurrence, so that the same thing decided twice is told once: <see cref="IdOf"/>.</param>
/// <param name="Rule">Code of the rule (data/reminders.json).</param>
/// <param name="SubjectId">Code or id of what it is about.</param>
/// <param name="Item">The item of the project; null where it is about none.</param>
/// <param name="Day">The working day it was due to be told.</param>
/// <param name="Values">What its sentence holds, by name; names of projects, items and departments, days as <c>yyyy-MM-dd</c>; never a person's name.</param>
[GenerateSerializer, Immutable, Alias("agency.notice")]
public sealed record Notice(
    [property: Id(0)] string Id,
    [property: Id(1)] string Rule,
    [property: Id(2)] NoticeSubject Subject,
    [property: Id(3)] string SubjectId,
    [property: Id(4)] string? Item,
    [property: Id(5)] DateOnly Day,
    [property: Id(6)] ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>Told to nobody before this instant outside of the service: it waits for working hours. In the inbox it is at once.</summary>
    [Id(7)]
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Whether an invitation goes out with it, so that it is not mailed by itself.</summary>
    [Id(8)]
    public bool Invited { get; init; }

    /// <summary>The id of what is told: 32 hexadecimal digits of SHA-256 over its parts.</summary>
    /// <param name="occurrence">Which of the rule's occurrences: the anchor day and the offset.</param>
    public static string IdOf(Recipient recipient, NoticeSubject subject, string subjectId, string? item, string rule, string occurrence) =>
        DerivedId.Of($"{recipient}", $"{subject}", subjectId, item, rule, occurrence);
}
