using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Agency.Tests.Docs;

/// <summary>A hand calendar of a document: a table with a row for each day of a ledger, as one writes it with a wall calendar. The
/// ledger is to be asked for in English.</summary>
internal static class HandCalendar
{
    private const string Ordinary = "working day";

    // What a ledger's day must show in the column; the count is that of the days counted so far, on those that count.
    private static readonly FrozenDictionary<string, Func<JsonElement, int, string>> _columns = new Dictionary<string, Func<JsonElement, int, string>>
    {
        ["day"] = (day, _) => day.GetProperty("date").GetString()!,
        ["weekday"] = (day, _) => DateOnly.Parse(day.GetProperty("date").GetString()!, CultureInfo.InvariantCulture).ToString("ddd", CultureInfo.InvariantCulture),
        ["what it is"] = (day, _) => Kind(day.GetProperty("reason").GetString()),
        ["items"] = (day, _) => string.Join(", ", day.GetProperty("items").EnumerateArray()),
        ["holder"] = (day, _) => day.GetProperty("holder").GetString()!,
        ["count"] = (day, count) => day.GetProperty("counted").GetBoolean() ? count.ToString(CultureInfo.InvariantCulture) : "",
    }.ToFrozenDictionary();

    /// <summary>Whether the table is one; further columns are the writer's own.</summary>
    public static bool Is(MarkdownFile.Table table) => table.Header.Contains("day") && table.Header.Contains("holder") && table.Header.Contains("count");

    /// <summary>The first thing that the ledger does not say; null if it says all.</summary>
    public static string? Difference(MarkdownFile.Table table, JsonElement ledger)
    {
        var days = ledger.GetProperty("days").EnumerateArray().ToArray();
        var count = 0;
        foreach (var (row, day) in table.Rows.Zip(days))
        {
            if (day.GetProperty("counted").GetBoolean()) count++;
            foreach (var (column, cell) in table.Header.Zip(row))
            {
                if (_columns.TryGetValue(column, out var shown) && shown(day, count) is var said && said != cell)
                    return $"{row[0]}: {column} is '{said}' on {day.GetProperty("date")}, not '{cell}'";
            }
        }

        return days.Length == table.Rows.Count && table.Rows.All(r => r.Count == table.Header.Count) ? null : $"{table.Rows.Count} whole rows, {days.Length} days";
    }

    private static string Kind(string? reason) => reason?.Split("; ")[0] is "weekend" or "holiday" or "make-up working day" ? reason.Split("; ")[0] : Ordinary;
}
