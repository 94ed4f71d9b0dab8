using System.Collections.Immutable;
using System.Globalization;
using Agency.Silo.Reviews;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Silo.Reviews;

/// <summary>Rules against each day of some years, looked at one by one as RFC 5545 describes them.</summary>
[Properties(Arbitrary = [typeof(Rules)], MaxTest = 300)]
public sealed class RecurrenceLaws
{
    private static readonly QuartzRecurrence _recurrence = new();

    [Property]
    public bool A_rule_has_exactly_the_days_that_fit_it(NaiveRule rule)
    {
        var from = rule.From.AddDays(rule.LookedAtAfter);
        var found = _recurrence.Between(new(rule.Text, rule.From, new(9, 30)), from, from.AddYears(2)).Select(o => o.Day);
        return found.SequenceEqual(rule.Days(rule.From.AddYears(5)).Where(d => d >= from && d <= from.AddYears(2)));
    }

    public static class Rules
    {
        private static readonly string[] _days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

        public static Arbitrary<NaiveRule> Rule() => Arb.From(
            from kind in Gen.Choose(0, 3)
            from start in Gen.Choose(new DateOnly(2023, 1, 1).DayNumber, new DateOnly(2028, 12, 31).DayNumber)
            from after in Gen.Choose(-30, 400)
            from interval in Gen.Choose(1, 5)
            from count in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(1, 40).Select(c => (int?)c))
            from weekdays in Gen.NonEmptyListOf(Gen.Choose(0, 6))
            from place in Gen.Elements(-5, -2, -1, 1, 2, 4, 5)
            from day in Gen.Elements(-31, -3, -1, 1, 15, 29, 30, 31)
            let days = weekdays.Distinct().Order().ToImmutableArray()
            select new NaiveRule(kind, DateOnly.FromDayNumber(start), after, interval, count, days, place, day, Text(kind, interval, count, days, place, day)));

        private static string Text(int kind, int interval, int? count, ImmutableArray<int> weekdays, int place, int day)
        {
            var rule = kind switch
            {
                0 => "FREQ=DAILY",
                1 => $"FREQ=WEEKLY;BYDAY={string.Join(',', weekdays.Select(d => _days[d]))}",
                2 => $"FREQ=MONTHLY;BYDAY={string.Join(',', weekdays.Select(d => $"{place}{_days[d]}"))}",
                _ => $"FREQ=MONTHLY;BYMONTHDAY={day.ToString(CultureInfo.InvariantCulture)}",
            };
            return $"{rule};INTERVAL={interval}{(count is null ? "" : $";COUNT={count}")}";
        }
    }

    /// <summary>A rule, and the days that fit it.</summary>
    /// <param name="Kind">0 daily, 1 weekly on weekdays, 2 monthly on the n-th weekdays, 3 monthly on a day of the month.</param>
    /// <param name="Weekdays">Monday is 0.</param>
    public sealed record NaiveRule(int Kind, DateOnly From, int LookedAtAfter, int Interval, int? Count, ImmutableArray<int> Weekdays, int Place, int MonthDay, string Text)
    {
        public IEnumerable<DateOnly> Days(DateOnly to)
        {
            var (found, day) = (0, From);
            for (; day <= to && found < (Count ?? int.MaxValue); day = day.AddDays(1))
            {
                if (!Fits(day)) continue;
                found++;
                yield return day;
            }
        }

        private bool Fits(DateOnly day)
        {
            var (weekday, last) = (Weekday(day), DateTime.DaysInMonth(day.Year, day.Month));
            var month = ((day.Year - From.Year) * 12) + day.Month - From.Month;
            return Kind switch
            {
                0 => (day.DayNumber - From.DayNumber) % Interval == 0,
                1 => Weekdays.Contains(weekday) && (Monday(day) - Monday(From)) / 7 % Interval == 0,
                2 => Weekdays.Contains(weekday) && month % Interval == 0 && (Place > 0 ? (day.Day - 1) / 7 == Place - 1 : (last - day.Day) / 7 == -Place - 1),
                _ => month % Interval == 0 && (MonthDay > 0 ? day.Day == MonthDay : last - day.Day + 1 == -MonthDay),
            };
        }

        private static int Weekday(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

        private static int Monday(DateOnly day) => day.DayNumber - Weekday(day);
    }
}
