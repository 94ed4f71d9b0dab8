using System.Collections.Immutable;

namespace Agency.Reminders;

/// <summary>When and whom the service reminds, as the city has it (data/reminders.json).</summary>
/// <param name="WorkFrom">Outside of working hours nothing is sent, and nothing is reminded of.</param>
public sealed record ReminderRules(TimeOnly WorkFrom, TimeOnly WorkTo, ImmutableArray<ReminderRule> Rules)
{
    /// <summary>What a session of each kind is called, by the kind's name: <c>jointConference</c>. A session's own title is a text that may be redacted, and is told nobody.</summary>
    public ImmutableSortedDictionary<string, string> Sessions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ReminderRule? Find(string code) => Rules.FirstOrDefault(r => r.Code == code);
}

/// <summary>A reminder rule: about one kind of matter, at some days from its day, to some recipients.</summary>
/// <param name="Code">Its name: <c>itemRed</c>.</param>
/// <param name="About">The kind of matter that it is about; null: what is told of it is no reminder but comes from an act, a convening say.</param>
/// <param name="Steps">Its occurrences, the earliest first.</param>
/// <param name="Urgent">Whether it is sent at once in working hours; others are sent with the morning digest.</param>
/// <param name="Text">The sentence in Chinese, with values in braces: <c>{project}</c>.</param>
/// <param name="TextEn">The same in English.</param>
public sealed record ReminderRule(string Code, ImmutableArray<ReminderStep> Steps, bool Urgent, string Title, string TitleEn, string Text, string TextEn, MatterKind? About = null);

/// <summary>One occurrence of a rule, or several.</summary>
/// <param name="Days">Working days from the matter's day: before it if negative, on it if 0.</param>
/// <param name="Every">After that again every so many working days, while the matter stands; null: once.</param>
/// <param name="To">Whom it is told.</param>
public sealed record ReminderStep(int Days, ImmutableArray<ReminderTo> To, int? Every = null);

/// <summary>Whom a rule tells, as the matter's subject has it.</summary>
public enum ReminderTo
{
    /// <summary>The department or unit that has to act.</summary>
    Department,

    /// <summary>The head of that department.</summary>
    Head,
    Manager,

    /// <summary>The clerks under an active mandate.</summary>
    Clerks,
    Owner,
    Office,

    /// <summary>Who has to act, where it is a person: who is in charge of a problem, the chair.</summary>
    Person,

    /// <summary>All departments concerned: of a session, the assisting units of a resolution.</summary>
    Concerned,
}
