using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.Calendar;

namespace Agency.Silo.Calendar;

/// <summary>The file of the shipped arrangements: <c>{ "2026": { "off": [days], "work": [days], "source": "…" }, … }</c>, the source optional.</summary>
internal static class HolidayFile
{
    private static readonly JsonSerializerOptions _strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="StartupException">The file is missing or bad; the message is one sentence that says where.</exception>
    public static ShippedCalendar Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var years = JsonSerializer.Deserialize<ImmutableSortedDictionary<int, YearArrangement>>(file, _strict) ?? throw new JsonException("it is empty.");
            foreach (var (year, arrangement) in years)
            {
                if (arrangement is null) throw new JsonException($"{year} is empty.");
                if (CalendarDecider.Check(year, arrangement) is { } refusal)
                    throw new JsonException($"{refusal.Code} in {year}, {refusal.Arguments.GetValueOrDefault("day", "the year itself")}.");
            }

            return new(years);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartupException($"The holidays in {path} cannot be used: {e.Message}", e);
        }
    }
}
