using Agency.Calendar;
using Agency.Notifications;
using Agency.Reminders;
using Agency.Tests.Grains.Calendar;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Reminders;

/// <summary>Whom sweeps tell what, against a slow look at every day.</summary>
public sealed class ReminderLaws
{
    private const int Days = 80;

    [Property(MaxTest = 300, Arbitrary = [typeof(Calendars)])]
    public static void Sweeps_tell_what_the_slow_look_tells_whenever_they_come(WorkingCalendar calendar, int seed)
    {
        var random = new Random(seed);
        var first = new DateOnly(2021, 1, 1).AddDays(random.Next(200));
        var (matters, rules, subject) = (Matters(random, first), Rules(random), new Circle(random.Next(2) == 0 ? "m" : "c1", random.Next(3) == 0 ? "s" : null));
        var (slow, ids) = (new SlowReminders(calendar.IsWorkingDay), new HashSet<string>());
        DateOnly? since = null, next = DateOnly.MinValue;
        var stride = random.Next(1, 12);
        for (var day = first; day < first.AddDays(Days); day = day.AddDays(random.Next(1, stride + 1)))
        {
            if (!calendar.IsWorkingDay(day)) continue;
            var expected = slow.On(day, matters, rules.Rules, subject).Select(t => Id(t, slow)).Order(StringComparer.Ordinal).ToArray();

            // A sweep that has forgotten what it told offers it again, and nothing else beside what is new; one that has not offers what is new alone.
            var forgetful = random.Next(8) == 0;
            var offered = next <= day || forgetful ? Due(day, forgetful ? null : since) : [];
            Assert.Equal(offered.Length, offered.Distinct().Count());
            Assert.Equal(expected, offered.Where(ids.Add).Order(StringComparer.Ordinal));
            if (!forgetful) Assert.Equal(expected.Length, offered.Length);

            // Swept twice on a day there is nothing left.
            (since, next) = (day, ReminderDecider.Next(matters, rules, calendar, day) ?? DateOnly.MaxValue);
            Assert.Empty(Due(day, since));
            Assert.True(next > day);
        }

        string[] Due(DateOnly day, DateOnly? after) => [.. ReminderDecider.Due(matters, subject, rules, calendar, day, after).Select(t => t.Notice.Id)];
    }

    private static string Id((Recipient To, string Rule, Matter Matter, int Days) told, SlowReminders slow)
    {
        Assert.True(slow.DayOf(told.Matter, told.Days) > DateOnly.MinValue);
        return Notice.IdOf(told.To, NoticeSubject.Project, "p", told.Matter.Code.Length == 0 ? null : told.Matter.Code, told.Rule, $"{told.Matter.Day:yyyy-MM-dd}{(told.Days < 0 ? "" : "+")}{told.Days}");
    }

    private static Matter[] Matters(Random random, DateOnly first) =>
    [
        .. Enumerable.Range(0, random.Next(1, 5)).Select(i =>
        {
            var day = first.AddDays(random.Next(-30, Days));
            return new Matter(
                (MatterKind)random.Next(4), random.Next(2) == 0 ? "" : $"A{i}", day, random.Next(5) == 0 ? "511300-DLGS" : Circle.Zjj, random.Next(2) == 0 ? "m" : null,
                random.Next(3) == 0 ? day.AddDays(random.Next(20)) : null);
        }).DistinctBy(m => (m.Kind, m.Code, m.Day)),
    ];

    private static ReminderRules Rules(Random random) => new(new(8, 30), new(17, 30),
    [
        .. Enumerable.Range(0, random.Next(1, 5)).Select(i =>
        {
            var days = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(-6, 16)).Distinct().Order().ToArray();
            return new ReminderRule($"r{i}", [.. days.Select((d, n) => new ReminderStep(d, [.. To(random)], n == days.Length - 1 && random.Next(2) == 0 ? random.Next(1, 5) : null))], false, "", "", "", "", (MatterKind)random.Next(4));
        }),
    ]);

    private static IEnumerable<ReminderTo> To(Random random) => Enumerable.Range(0, random.Next(1, 4)).Select(_ => (ReminderTo)random.Next(8)).Distinct();
}
