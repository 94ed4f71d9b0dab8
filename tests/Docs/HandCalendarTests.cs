using System.Text.Json;

namespace Agency.Tests.Docs;

public sealed class HandCalendarTests
{
    private const string Ledger = """
        { "days": [
          { "date": "2026-02-27", "holder": "department", "items": ["A06", "A09"], "counted": true, "reason": null },
          { "date": "2026-02-28", "holder": "department", "items": ["A06"], "counted": true, "reason": "make-up working day" },
          { "date": "2026-03-01", "holder": "nonWorking", "items": [], "counted": false, "reason": "weekend" },
          { "date": "2026-03-02", "holder": "window", "items": ["A09"], "counted": false, "reason": "submitted, not yet accepted" } ] }
        """;

    private static readonly string[] _header = ["day", "weekday", "what it is", "what happens", "items", "holder", "count"];

    private static readonly string[][] _rows =
    [
        ["2026-02-27", "Fri", "working day", "", "A06, A09", "department", "1"],
        ["2026-02-28", "Sat", "make-up working day", "decided", "A06", "department", "2"],
        ["2026-03-01", "Sun", "weekend", "", "", "nonWorking", ""],
        ["2026-03-02", "Mon", "working day", "", "A09", "window", ""],
    ];

    [Fact]
    public void What_the_ledger_says_day_by_day_is_right() => Assert.Null(Difference(_rows));

    [Theory]
    [InlineData(0, 0, "2026-02-26")]
    [InlineData(0, 1, "Sat")]
    [InlineData(1, 2, "weekend")]
    [InlineData(3, 2, "holiday")]
    [InlineData(0, 4, "A06")]
    [InlineData(3, 5, "owner")]
    [InlineData(1, 6, "3")]
    [InlineData(2, 6, "2")]
    [InlineData(1, 6, "")]
    public void A_wrong_cell_is_named(int row, int column, string cell)
    {
        var rows = _rows.Select(r => r.ToArray()).ToArray();
        rows[row][column] = cell;
        Assert.Contains(_header[column], Difference(rows), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_too_few_or_too_many_or_without_its_cells_is_named() => Assert.All([_rows[..3], [.. _rows, _rows[3]], [.. _rows[..3], _rows[3][..6]]], rows => Assert.NotNull(Difference(rows)));

    [Fact]
    public void Only_a_table_of_days_with_holder_and_count_is_one()
    {
        Assert.True(HandCalendar.Is(new(1, _header, [])));
        Assert.False(HandCalendar.Is(new(1, ["day", "holder"], [])));
    }

    private static string? Difference(string[][] rows)
    {
        using var ledger = JsonDocument.Parse(Ledger);
        return HandCalendar.Difference(new(1, _header, rows), ledger.RootElement);
    }
}
