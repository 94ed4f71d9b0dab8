using System.Globalization;

namespace Agency.Portfolio;

/// <summary>What a project is sorted by: a text, or a number for days, lights and amounts.</summary>
[GenerateSerializer, Immutable, Alias("agency.sort-value")]
public readonly record struct SortValue([property: Id(0)] long Number, [property: Id(1)] string? Text)
{
    // In a cursor; what has no such value.
    private const string None = "-";

    /// <summary>What has no such value comes behind what has, in either direction.</summary>
    public static SortValue Missing { get; } = new(long.MaxValue, null);

    public static SortValue Of(string? text) => text is null ? Missing : new(0, text);

    public static SortValue Of(long? number) => number is { } some ? new(some, null) : Missing;

    public static SortValue Of(DateOnly? day) => Of((long?)day?.DayNumber);

    public static int Compare(in SortValue a, in SortValue b, bool descending)
    {
        if (a.IsMissing || b.IsMissing) return a.IsMissing.CompareTo(b.IsMissing);
        var order = a.Text is null ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Text, b.Text);
        return descending ? -order : order;
    }

    /// <summary>As a cursor holds it.</summary>
    public string Write() => IsMissing ? None : Text is { } text ? $"={text}" : Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a cursor holds; one that was tampered with means something, too.</summary>
    public static SortValue Read(string? written) =>
        written is ['=', .. var text] ? Of(text)
        : long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Of(number) : Missing;

    private bool IsMissing => Text is null && Number == long.MaxValue;
}
