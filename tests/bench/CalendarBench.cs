using System.Collections.Immutable;
using System.Text.Json;
using Agency.Calendar;
using BenchmarkDotNet.Attributes;

namespace Agency.Bench;

/// <summary>What one question to the working calendar costs, on the shipped years, and what walking day by day would cost instead.</summary>
public class CalendarBench
{
    private static readonly DateOnly _from = new(2024, 2, 9);

    private readonly WorkingCalendar _calendar = new(1, JsonSerializer.Deserialize<ImmutableSortedDictionary<int, YearArrangement>>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json")), JsonSerializerOptions.Web)!);

    /// <summary>Working days to go: an item's limit, a project's total, most of the record.</summary>
    [Params(7, 120, 600)]
    public int Days { get; set; }

    private DateOnly To => _calendar.Add(_from, Days);

    [Benchmark]
    public DateOnly Add() => _calendar.Add(_from, Days);

    [Benchmark]
    public DateOnly AddBackwards() => _calendar.Add(_from, -Days);

    [Benchmark]
    public int AddAndCount() => _calendar.Count(_from, To);

    [Benchmark]
    public bool IsWorkingDay() => _calendar.IsWorkingDay(_from.AddDays(Days));

    [Benchmark]
    public bool IsProvisional() => _calendar.IsProvisional(_from, _from.AddDays(Days));

    [Benchmark(Baseline = true)]
    public DateOnly Walk()
    {
        var (day, left) = (_from, Days);
        while (left > 0)
        {
            day = day.AddDays(1);
            if (_calendar.IsWorkingDay(day)) left--;
        }

        return day;
    }
}
