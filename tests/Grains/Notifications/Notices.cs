using System.Collections.Immutable;
using Agency.Notifications;

namespace Agency.Tests.Grains.Notifications;

/// <summary>Messages for tests.</summary>
internal static class Notices
{
    public static Notice Of(Recipient recipient, int number = 1, string rule = "itemRed") => new(
        Notice.IdOf(recipient, NoticeSubject.Project, $"2026-511302-47-01-{number:D6}", "A01", rule, "2026-03-02+1"),
        rule,
        NoticeSubject.Project,
        $"2026-511302-47-01-{number:D6}",
        "A01",
        new(2026, 3, 2),
        ImmutableSortedDictionary.CreateRange(new Dictionary<string, string> { ["project"] = $"第{number}中学", ["item"] = "项目建议书审批", ["day"] = "2026-02-27", ["due"] = "2026-02-27" }));

    public static Delivery Delivery(Recipient recipient, int number = 1, string rule = "itemRed", DateTimeOffset notBefore = default)
    {
        var notice = Of(recipient, number, rule);
        return new(notice.Id, new NoticeMessage(recipient, notice), notBefore);
    }
}
