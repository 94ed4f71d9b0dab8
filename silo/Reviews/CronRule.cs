using System.Globalization;
using Agency.EventSourcing;
using Agency.Reviews.Series;
using Quartz;

namespace Agency.Silo.Reviews;

/// <summary>The Quartz form of cron: second, minute, hour, day of month, month, day of week, and perhaps year.</summary>
internal static class CronRule
{
    private const int TimeFields = 3;

    public static ReadRule? Read(RecurrenceRule rule, out Fault? fault)
    {
        if (Parse(rule.Text) is not { } cron)
        {
            fault = RecurrenceFaults.Bad(rule.Text);
            return null;
        }

        var fields = rule.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!fields.Take(TimeFields).All(f => f.All(char.IsAsciiDigit)))
        {
            fault = RecurrenceFaults.TooOften;
            return null;
        }

        fault = null;
        int[] time = [.. fields.Take(TimeFields).Select(f => int.Parse(f, CultureInfo.InvariantCulture))];
        return new(new(time[2], time[1], time[0]), (from, to) => ReadRule.Between(from, to, at => cron.GetNextValidTimeAfter(at)));
    }

    private static CronExpression? Parse(string text)
    {
        try
        {
            return new(text, ShanghaiTime.Zone);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
