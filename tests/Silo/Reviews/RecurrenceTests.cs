using System.Globalization;
using Agency.Reviews.Series;
using Agency.Silo.Reviews;

namespace Agency.Tests.Silo.Reviews;

/// <summary>What the series rely on, whoever reads the rules.</summary>
public sealed class RecurrenceTests
{
    private static readonly DateOnly _from = new(2026, 3, 4);
    private static readonly QuartzRecurrence _recurrence = new();

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", "09:30", "2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", "09:30", "2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31")]
    [InlineData(" freq=monthly; byday=-1fr ;byhour=9 ", "09:00", "2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31")]
    [InlineData("0 30 9 ? * 6L", "09:30", "2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31")]
    [InlineData("0 5 14 ? * FRI#2 2026", "14:05", "2026-03-13 2026-04-10 2026-05-08 2026-06-12 2026-07-10")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "15:00", "2026-03-27 2026-04-24 2026-05-29 2026-06-26 2026-07-31")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "15:00", "2026-03-04 2026-03-18 2026-04-01 2026-04-15 2026-04-29")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE", "15:00", "2026-03-04 2026-03-08 2026-03-18 2026-03-22 2026-04-01")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;WKST=SU", "15:00", "2026-03-04 2026-03-15 2026-03-18 2026-03-29 2026-04-01")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE;BYMINUTE=45", "15:45", "2026-03-04 2026-03-11 2026-03-18 2026-03-25 2026-04-01")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE;COUNT=3", "15:00", "2026-03-04 2026-03-11 2026-03-18")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260318", "15:00", "2026-03-04 2026-03-11 2026-03-18")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260318T070000Z", "15:00", "2026-03-04 2026-03-11 2026-03-18")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260318T065959Z", "15:00", "2026-03-04 2026-03-11")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "15:00", "2026-03-31 2026-05-31 2026-07-31 2026-08-31 2026-10-31")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "15:00", "2026-03-31 2026-04-30 2026-05-29 2026-06-30 2026-07-31")]
    [InlineData("FREQ=YEARLY;BYMONTH=3,9;BYDAY=1WE;BYHOUR=0", "00:00", "2026-03-04 2026-09-02 2027-03-03 2027-09-01 2028-03-01")]
    [InlineData("FREQ=MONTHLY;BYDAY=1WE;BYHOUR=23;BYMINUTE=59;BYSECOND=59", "23:59:59", "2026-03-04 2026-04-01 2026-05-06 2026-06-03 2026-07-01")]
    public void A_rule_has_its_days_and_its_time(string text, string time, string days)
    {
        var rule = new RecurrenceRule(text, _from, new(15, 0));
        Assert.Null(_recurrence.Check(rule));
        var found = _recurrence.Between(rule, DateOnly.MinValue, _from.AddYears(3)).Take(5).ToArray();
        Assert.Equal(days, string.Join(' ', found.Select(o => o.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        Assert.All(found, o => Assert.Equal(TimeOnly.Parse(time, CultureInfo.InvariantCulture), o.Time));
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=10", "2026-03-10", "2026-03-31", 4)]
    [InlineData("FREQ=DAILY", "2026-03-10", "2026-03-31", 22)]
    [InlineData("FREQ=DAILY", "2026-03-10", "2026-03-10", 1)]
    [InlineData("FREQ=DAILY", "2026-03-10", "2026-03-09", 0)]
    [InlineData("FREQ=DAILY", "2026-01-01", "2026-03-03", 0)]
    [InlineData("0 0 9 * * ?", "2026-01-01", "2026-03-05", 2)]
    public void What_is_counted_begins_with_the_rule_whatever_is_looked_at(string text, string from, string to, int count) =>
        Assert.Equal(count, _recurrence.Between(new(text, _from, new(9, 0)), DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture)).Count());

    [Theory]
    [InlineData("", "bad-rule", "")]
    [InlineData("nonsense", "bad-rule", "nonsense")]
    [InlineData("30 9 * * 5", "bad-rule", "30 9 * * 5")]
    [InlineData("0 0 25 ? * 6L", "bad-rule", "0 0 25 ? * 6L")]
    [InlineData("FREQ=FORTNIGHTLY", "bad-rule", "FREQ=FORTNIGHTLY")]
    [InlineData("INTERVAL=2", "bad-rule", "INTERVAL=2")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "bad-rule", "INTERVAL=0")]
    [InlineData("FREQ=DAILY;COUNT=0", "bad-rule", "COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=99999999999", "bad-rule", "COUNT=99999999999")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20270101", "bad-rule", "FREQ=DAILY;COUNT=2;UNTIL=20270101")]
    [InlineData("FREQ=DAILY;BYEASTER=1", "bad-rule", "BYEASTER=1")]
    [InlineData("FREQ=DAILY;FREQ=WEEKLY", "bad-rule", "FREQ=WEEKLY")]
    [InlineData("FREQ=DAILY;", "bad-rule", "")]
    [InlineData("FREQ=DAILY;BYHOUR=", "bad-rule", "BYHOUR=")]
    [InlineData("FREQ=DAILY;BYHOUR=25", "bad-rule", "BYHOUR=25")]
    [InlineData("FREQ=DAILY;BYHOUR=X", "bad-rule", "BYHOUR=X")]
    [InlineData("FREQ=DAILY;BYSECOND=60", "bad-rule", "BYSECOND=60")]
    [InlineData("FREQ=DAILY;BYDAY=XX", "bad-rule", "BYDAY=XX")]
    [InlineData("FREQ=DAILY;UNTIL=NEVER", "bad-rule", "UNTIL=NEVER")]
    [InlineData("FREQ=WEEKLY;BYDAY=2MO", "bad-rule", "BYDAY=2MO")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=2MO", "bad-rule", "BYDAY=2MO")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=20", "bad-rule", "BYWEEKNO=20")]
    [InlineData("FREQ=MONTHLY;BYYEARDAY=20", "bad-rule", "BYYEARDAY=20")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=20", "bad-rule", "BYMONTHDAY=20")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1", "bad-rule", "BYSETPOS=1")]
    [InlineData("FREQ=HOURLY", "rule-too-often", null)]
    [InlineData("FREQ=DAILY;BYHOUR=9,14", "rule-too-often", null)]
    [InlineData("0 0 9,14 * * ?", "rule-too-often", null)]
    [InlineData("0 0/5 9 * * ?", "rule-too-often", null)]
    [InlineData("0 * 9 * * ?", "rule-too-often", null)]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule-never", null)]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule-never", null)]
    [InlineData("FREQ=MONTHLY;BYDAY=6MO", "rule-never", null)]
    [InlineData("FREQ=YEARLY;BYDAY=1MO;INTERVAL=1000000;BYMONTH=1", "rule-never", null)]
    [InlineData("FREQ=DAILY;UNTIL=20260303", "rule-never", null)]
    [InlineData("0 0 9 31 2 ?", "rule-never", null)]
    [InlineData("0 0 9 * * ? 2020", "rule-never", null)]
    [InlineData("FREQ=DAILY;INTERVAL=2147483647", "rule-once", null)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2147483647", "rule-once", null)]
    [InlineData("FREQ=MONTHLY;INTERVAL=2147483647", "rule-once", null)]
    [InlineData("FREQ=YEARLY;INTERVAL=2147483647", "rule-once", null)]
    [InlineData("FREQ=YEARLY;INTERVAL=11", "rule-once", null)]
    [InlineData("FREQ=DAILY;COUNT=1", "rule-once", null)]
    [InlineData("FREQ=DAILY;UNTIL=20260304", "rule-once", null)]
    [InlineData("0 0 9 6 3 ? 2026", "rule-once", null)]
    public void What_is_no_rule_is_told_with_what_is_wrong_in_it(string text, string code, string? part)
    {
        var fault = _recurrence.Check(new(text, _from, new(9, 0)))!;
        Assert.Equal(("/rule", code, part), (fault.At, fault.Code, fault.Arguments.GetValueOrDefault("part")));
    }

    [Fact]
    public void A_rule_without_a_time_needs_one_and_a_long_text_is_none()
    {
        Assert.Equal(("/startTime", "start-time-missing"), At(_recurrence.Check(new("FREQ=DAILY", _from, null))));
        Assert.Null(_recurrence.Check(new("FREQ=DAILY;BYHOUR=9", _from, null)));
        Assert.Null(_recurrence.Check(new("0 0 9 * * ?", _from, null)));
        Assert.Equal(("/rule", "bad-name"), At(_recurrence.Check(new(new('x', 201), _from, null))));
        Assert.Equal(("/rule", "bad-name"), At(_recurrence.Check(new("FREQ=DAILY\n", _from, null))));

        static (string?, string?) At(EventSourcing.Fault? fault) => (fault?.At, fault?.Code);
    }
}
