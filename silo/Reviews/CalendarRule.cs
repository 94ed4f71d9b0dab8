using System.Collections.Frozen;
using System.Globalization;
using Agency.EventSourcing;
using Agency.Reviews.Series;
using Quartz;

namespace Agency.Silo.Reviews;

/// <summary>The rules of RFC 5545.</summary>
/// <remarks>Quartz passes over unknown and doubled parts, and over numbered days where they mean nothing; it counts COUNT by its own firing. The former are
/// refused here, the latter is counted here, from the rule's first day.</remarks>
internal static class CalendarRule
{
    private const string Name = "RRULE:";
    private const string Monthly = "MONTHLY";
    private const string Yearly = "YEARLY";

    private static readonly FrozenSet<string> _parts =
        FrozenSet.Create("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST");

    private static readonly FrozenSet<string> _timeParts = FrozenSet.Create("BYHOUR", "BYMINUTE", "BYSECOND");
    private static readonly FrozenSet<string> _tooOften = FrozenSet.Create("HOURLY", "MINUTELY", "SECONDLY");

    public static ReadRule? Read(RecurrenceRule rule, out Fault? fault)
    {
        fault = null;
        var text = rule.Text.Trim().ToUpperInvariant();
        string[] written = [.. (text.StartsWith(Name, StringComparison.Ordinal) ? text[Name.Length..] : text).Split(';', StringSplitOptions.TrimEntries)];
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in written)
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } value] || !_parts.Contains(name) || !parts.TryAdd(name, value)) return Bad(part, out fault);
        }

        if (_tooOften.Contains(parts.GetValueOrDefault("FREQ", "")) || parts.Any(p => _timeParts.Contains(p.Key) && p.Value.Contains(',', StringComparison.Ordinal)))
        {
            fault = RecurrenceFaults.TooOften;
            return null;
        }

        if (Meaningless(parts) is { } none) return Bad($"{none}={parts[none]}", out fault);
        if (!Parses(Text(parts))) return Bad(written.FirstOrDefault(p => !Parses(p.StartsWith("FREQ", StringComparison.Ordinal) ? p : $"FREQ=YEARLY;{p}"), rule.Text), out fault);
        if (Time(parts, rule.StartTime) is not { } time)
        {
            fault = RecurrenceFaults.StartTimeMissing;
            return null;
        }

        var count = parts.Remove("COUNT", out var times) ? int.Parse(times, CultureInfo.InvariantCulture) : int.MaxValue;
        (parts["BYHOUR"], parts["BYMINUTE"], parts["BYSECOND"]) = ($"{time.Hour}", $"{time.Minute}", $"{time.Second}");
        return new(time, (from, to) => count == int.MaxValue
            ? Days(Text(parts), rule.From, from, to)
            : Days(Text(parts), rule.From, rule.From, to).Take(count).SkipWhile(d => d < from));
    }

    // What RFC 5545 forbids together (3.3.10), or says to have no meaning.
    private static string? Meaningless(Dictionary<string, string> parts)
    {
        var frequency = parts.GetValueOrDefault("FREQ", "");
        if (parts.TryGetValue("BYDAY", out var days) && days.Any(char.IsAsciiDigit) && (frequency is not (Monthly or Yearly) || parts.ContainsKey("BYWEEKNO"))) return "BYDAY";
        if (parts.ContainsKey("BYWEEKNO") && frequency != Yearly) return "BYWEEKNO";
        if (parts.ContainsKey("BYYEARDAY") && frequency != Yearly) return "BYYEARDAY";
        if (parts.ContainsKey("BYMONTHDAY") && frequency == "WEEKLY") return "BYMONTHDAY";
        if (parts.TryGetValue("BYSECOND", out var second) && second == "60") return "BYSECOND";
        return parts.ContainsKey("BYSETPOS") && !parts.Keys.Any(p => p.StartsWith("BY", StringComparison.Ordinal) && p != "BYSETPOS") ? "BYSETPOS" : null;
    }

    private static TimeOnly? Time(Dictionary<string, string> parts, TimeOnly? startTime)
    {
        if ((Part("BYHOUR") ?? startTime?.Hour) is not { } hour) return null;
        return new(hour, Part("BYMINUTE") ?? (parts.ContainsKey("BYHOUR") ? 0 : startTime!.Value.Minute), Part("BYSECOND") ?? 0);

        int? Part(string name) => parts.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;
    }

    private static IEnumerable<DateOnly> Days(string text, DateOnly first, DateOnly from, DateOnly to)
    {
        var trigger = TriggerBuilder.Create()
            .StartAt(ShanghaiTime.InstantOf(first, TimeOnly.MinValue))
            .EndAt(ShanghaiTime.InstantOf(to, TimeOnly.MaxValue))
            .WithRecurrenceSchedule(text, schedule => schedule.InTimeZone(ShanghaiTime.Zone))
            .Build();
        return ReadRule.Between(from, to, at => Next(trigger, at));
    }

    private static DateTimeOffset? Next(ITrigger trigger, DateTimeOffset at)
    {
        try
        {
            return trigger.GetFireTimeAfter(at);
        }
        catch (ArgumentOutOfRangeException)
        {
            // It looked for one up to the end of time.
            return null;
        }
    }

    private static string Text(Dictionary<string, string> parts) => string.Join(';', parts.Select(p => $"{p.Key}={p.Value}"));

    private static bool Parses(string text)
    {
        try
        {
            return RecurrenceScheduleBuilder.Create(text).Build() is not null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static ReadRule? Bad(string part, out Fault fault)
    {
        fault = RecurrenceFaults.Bad(part);
        return null;
    }
}
