using System.Text.RegularExpressions;
using Agency.Catalogue;
using Agency.Notifications;

namespace Agency.Silo.Notifications;

/// <summary>What is told, in Chinese, by the texts of its rule (data/reminders.json).</summary>
internal sealed partial class Sentences(CityData city)
{
    // What a sentence has no value for.
    private const string Unknown = "—";

    /// <summary>Whether it is sent at once.</summary>
    public bool IsUrgent(Notice notice) => city.Reminders.Find(notice.Rule) is { Urgent: true };

    /// <summary>The rule's title; its code if there is no such rule any more.</summary>
    public string Title(Notice notice) => city.Reminders.Find(notice.Rule)?.Title ?? notice.Rule;

    public string Sentence(Notice notice) => city.Reminders.Find(notice.Rule) is { } rule
        ? Braced().Replace(rule.Text, match => notice.Values.GetValueOrDefault(match.Groups[1].Value, Unknown))
        : $"{notice.SubjectId} {notice.Item}".TrimEnd();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Braced();
}
