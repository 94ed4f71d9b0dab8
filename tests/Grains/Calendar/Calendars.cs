using System.Collections.Immutable;
using System.Text.Json;
using Agency.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace Agency.Tests.Grains.Calendar;

/// <summary>Random calendars, and the days around them. The arrangements are odder than any that a PUT lets in: what is named may
/// overlap, lie outside of its year, or change nothing.</summary>
public static class Calendars
{
    private static Gen<DateOnly> Near { get; } = Gen.Choose(new DateOnly(2019, 12, 1).DayNumber, new DateOnly(2023, 2, 1).DayNumber).Select(DateOnly.FromDayNumber);

    private static Gen<YearArrangement> Year { get; } =
        from off in Gen.ListOf(Near)
        from work in Gen.ListOf(Near)
        select new YearArrangement([.. off], [.. work], null);

    public static Arbitrary<WorkingCalendar> Calendar() => Arb.From(
        from years in Gen.SubListOf(2020, 2021, 2022)
        from arrangements in Gen.ListOf(Year, years.Count)
        select new WorkingCalendar(1, years.Zip(arrangements).ToImmutableSortedDictionary(y => y.First, y => y.Second)));

    public static Arbitrary<DateOnly> Day() => Arb.From(Near);
}

/// <summary>The shipped arrangements.</summary>
internal static class Shipped
{
    public static ImmutableSortedDictionary<int, YearArrangement> Years { get; } = JsonSerializer
        .Deserialize<Dictionary<int, YearArrangement>>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json")), JsonSerializerOptions.Web)!
        .ToImmutableSortedDictionary();

    public static WorkingCalendar Calendar { get; } = new(1, Years);
}
