using Agency.Calendar;
using Agency.Notifications;
using Agency.Reminders;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Reminders;

public sealed class ReminderDeciderTests
{
    private static readonly Matter _red = new(MatterKind.Item, "B03", new(2026, 9, 30), Circle.Zjj);

    private static WorkingCalendar Calendar => Shipped.Calendar;

    // The first to the seventh of October are days off, Saturday the tenth is worked.
    [Theory]
    [InlineData("2026-09-30", "")]
    [InlineData("2026-10-07", "")]
    [InlineData("2026-10-08", "department-511300-ZJJ person-m")]
    [InlineData("2026-10-11", "department-511300-ZJJ person-m")]
    [InlineData("2026-10-12", "department-511300-ZJJ head-511300-ZJJ person-m")]
    [InlineData("2026-10-15", "department-511300-ZJJ head-511300-ZJJ office person-m")]
    [InlineData("2026-10-20", "department-511300-ZJJ head-511300-ZJJ office person-m")]
    public void An_overdue_item_rises_by_working_days(string today, string told) =>
        Assert.Equal(told, string.Join(' ', Due(_red, DateOnly.Parse(today, null)).Select(n => n.To.ToString()).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_was_missed_is_told_once_as_it_stands_now()
    {
        var late = Due(_red, new(2026, 10, 27));
        Assert.Equal(["department", "head", "office"], late.Where(n => n.Notice.Day == new DateOnly(2026, 10, 23)).Select(n => n.To.ToString().Split('-')[0]).Order(StringComparer.Ordinal));

        // The manager is told no more than the seventh day, and that day it is.
        Assert.Equal(new DateOnly(2026, 10, 15), late.Single(n => n.To == Recipient.Person("m")).Notice.Day);
        Assert.Equal(4, late.Select(n => n.Notice.Id).Distinct().Count());
    }

    [Fact]
    public void What_has_been_told_up_to_a_day_is_not_told_again()
    {
        Assert.Empty(Due(_red, new(2026, 10, 14), since: new(2026, 10, 14)));
        Assert.Equal(new DateOnly(2026, 10, 15), Next(_red, new(2026, 10, 14)));
        Assert.Equal(4, Due(_red, new(2026, 10, 15), since: new(2026, 10, 14)).Length);
        Assert.Equal(new DateOnly(2026, 10, 23), Next(_red, new(2026, 10, 20)));
    }

    [Fact]
    public void A_last_day_that_is_a_day_off_is_told_the_working_day_before_and_what_has_come_to_pass_the_one_after()
    {
        var saturday = new DateOnly(2026, 3, 14);
        Assert.Equal(new(2026, 3, 13), ReminderDecider.DayOf(new(MatterKind.Problem, "P1", saturday), 0, Calendar));
        Assert.Equal(new(2026, 3, 16), ReminderDecider.DayOf(new(MatterKind.ProblemRisen, "P1", saturday), 0, Calendar));
        Assert.Equal(new(2026, 3, 13), ReminderDecider.DayOf(new(MatterKind.Problem, "P1", saturday), -1, Calendar));
        Assert.Equal(new(2026, 3, 16), ReminderDecider.DayOf(new(MatterKind.Problem, "P1", saturday), 1, Calendar));
    }

    [Fact]
    public void Nobody_is_told_of_what_lies_ahead_once_it_lies_behind()
    {
        var validity = new Matter(MatterKind.Validity, "A04", new(2026, 3, 13));
        Assert.NotEmpty(Due(validity, new(2026, 3, 13)));
        Assert.Empty(Due(validity, new(2026, 3, 16)));

        var session = new Matter(MatterKind.Session, "", new(2026, 3, 13), Person: "mayor", Until: new(2026, 3, 13));
        Assert.Single(Due(session, new(2026, 3, 13)));
        Assert.Empty(Due(session, new(2026, 3, 16)));
    }

    [Fact]
    public void Who_has_no_hands_of_its_own_has_others_act_for_it_and_where_nobody_is_named_the_office_does()
    {
        var subject = new Circle();
        Assert.Equal([Recipient.Owner("o")], subject.Recipients(ReminderTo.Department, _red with { Department = "OWNER" }));
        Assert.Equal([Recipient.Office], subject.Recipients(ReminderTo.Department, _red with { Department = "510000-SZF" }));
        Assert.Empty(subject.Recipients(ReminderTo.Head, _red with { Department = "510000-SZF" }));
        Assert.Empty(subject.Recipients(ReminderTo.Department, _red with { Department = null }));
        Assert.Equal([Recipient.Office], subject.Recipients(ReminderTo.Person, _red));
        Assert.Equal([Recipient.Person("m"), Recipient.Person("s")], new Circle(substitute: "s").Recipients(ReminderTo.Manager, _red));
    }

    private static (Recipient To, Notice Notice)[] Due(Matter matter, DateOnly today, DateOnly? since = null) =>
        [.. ReminderDecider.Due([matter], new Circle(), Cities.Shipped.Reminders, Calendar, today, since)];

    private static DateOnly? Next(Matter matter, DateOnly today) => ReminderDecider.Next([matter], Cities.Shipped.Reminders, Calendar, today);
}
