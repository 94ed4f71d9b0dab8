using System.Text.Json;

namespace Agency.Demo;

/// <summary>The working days by data/holidays.json, for a service that does not count them for others.</summary>
internal static class HolidayFile
{
    private static readonly Lazy<Dictionary<DateOnly, bool>> _arranged = new(Read);

    /// <summary>The day on which <paramref name="days"/> working days after <paramref name="from"/> are over.</summary>
    public static DateOnly After(DateOnly from, int days)
    {
        var day = from;
        for (var left = days; left > 0; left -= IsWorking(day) ? 1 : 0) day = day.AddDays(1);
        return day;
    }

    private static bool IsWorking(DateOnly day) => _arranged.Value.TryGetValue(day, out var working) ? working : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static Dictionary<DateOnly, bool> Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json"));
        var years = JsonSerializer.Deserialize<Dictionary<string, Year>>(file, JsonSerializerOptions.Web)!;
        return years.Values.SelectMany(y => y.Off.Select(d => (d, false)).Concat(y.Work.Select(d => (d, true)))).ToDictionary();
    }

    private sealed record Year(IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Work);
}
