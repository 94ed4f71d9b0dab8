using System.Globalization;
using Agency.Reminders;

namespace Agency.Notifications;

/// <summary>What a notice says.</summary>
public sealed record NoticeText(string Title, string Text)
{
    private const string Stored = "yyyy-MM-dd";

    /// <summary>The rule's sentence with the notice's values; of a rule that the city no longer has, its code and the values alone.</summary>
    /// <param name="english">Else Chinese, with days as it writes them.</param>
    public static NoticeText Of(Notice notice, ReminderRules rules, bool english)
    {
        if (rules.Find(notice.Rule) is not { } rule) return new(notice.Rule, string.Join(", ", notice.Values.Values.Select(Written)));

        var text = Template.Fill(english ? rule.TextEn : rule.Text, name => Written(notice.Values.GetValueOrDefault(name, "")));
        return new(english ? rule.TitleEn : rule.Title, text);

        string Written(string value) => !english && DateOnly.TryParseExact(value, Stored, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)
            : value;
    }
}
