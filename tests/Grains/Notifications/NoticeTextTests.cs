using Agency.Notifications;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Notifications;

public sealed class NoticeTextTests
{
    private static readonly Notice _notice = TestInbox.Notice(1) with { Values = TestInbox.Notice(1).Values.Add("project", "{item}大厦").Add("item", "用地批准") };

    [Fact]
    public void A_notice_says_what_its_rule_says_with_days_as_the_language_writes_them()
    {
        Assert.Equal(new("办理临近期限", "{item}大厦「用地批准」已亮黄灯，须于2026年3月12日前作出决定。"), NoticeText.Of(_notice, Cities.Shipped.Reminders, english: false));
        Assert.Equal(new("Item near its limit", "{item}大厦, 用地批准 is yellow: it is to be decided by 2026-03-12."), NoticeText.Of(_notice, Cities.Shipped.Reminders, english: true));
    }

    [Fact]
    public void Of_a_rule_that_is_no_more_its_values_are_left() =>
        Assert.Equal(new("gone", "2026年3月12日, 用地批准, {item}大厦"), NoticeText.Of(_notice with { Rule = "gone" }, Cities.Shipped.Reminders, english: false));
}
