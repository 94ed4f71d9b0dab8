namespace Agency.Demo;

/// <summary>Text in columns on a terminal, where a Chinese character is as wide as two Latin ones.</summary>
internal static class TextTable
{
    /// <summary>The rows as lines, each column as wide as its widest cell.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0) return [];
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => Width(row[column])))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell)))).TrimEnd());
    }

    /// <summary>How many columns of a terminal the text takes.</summary>
    public static int Width(string text) => text.Sum(Width);

    /// <summary>As much of the text as <paramref name="width"/> columns hold.</summary>
    public static string Cut(string text, int width)
    {
        var taken = 0;
        return string.Concat(text.TakeWhile(c => (taken += Width(c)) <= width));
    }

    // The wide and fullwidth ranges of Unicode's East Asian Width that Chinese text is made of.
    private static int Width(char c) => c is (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3')
        or (>= '\uf900' and <= '\ufaff') or (>= '\ufe30' and <= '\ufe6f') or (>= '\uff00' and <= '\uff60') or (>= '\uffe0' and <= '\uffe6') ? 2 : 1;
}
