using System.Text.Json.Nodes;
using Agency.Catalogue;
using Agency.Silo.Catalogue;

namespace Agency.Tests.Silo.Catalogue;

public sealed class CityDataFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agency-data-").FullName;

    public CityDataFilesTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "data"), "*.json")) File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_ships_is_sound()
    {
        var city = CityDataFiles.Load(_directory);
        Assert.Equal((7, 82, 13, 9, 11), (city.Flows.Length, city.Items.Length, city.Procedures.Count, city.City.Districts.Length, city.Clusters.Length));
        Assert.Equal(20, city.Procedures["TZ"].MaxDays);
        Assert.Null(city.Procedures["ZB"].MaxDays);
    }

    [Fact]
    public void What_a_higher_authority_decides_is_reserved_and_the_catalogue_says_what_else()
    {
        var city = CityDataFiles.Load(_directory);
        Assert.All(city.Items.Where(i => city.Organ(i.Definition.Organ)!.Kind == OrganKind.HigherAuthority), i => Assert.True(i.Reserved, i.Definition.Code));
        Assert.Equal(["A12", "A16", "A18", "B06", "C02", "D05", "E02", "P01", "P02", "P04", "P08", "P09"], city.Items.Where(i => i.Reserved).Select(i => i.Definition.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("catalogue.json", "\"organ\": \"JXJ\"", "\"organ\": \"JXX\"", "data/catalogue.json at /items/4/organ: unknown organ (code JXX).")]
    [InlineData("catalogue.json", "\"code\": \"A02\",\n   \"name\"", "\"code\": \"A01\",\n   \"name\"", "data/catalogue.json at /items/1/code: duplicate code (code A01)")]
    [InlineData("catalogue.json", "\"totalLimitDays\": 15,", "\"totalLimitDays\": 16,", "data/catalogue.json at /flows/3/totalLimitDays: limits do not add up (stages 15, total 16).")]
    [InlineData("catalogue.json", "\"category\"", "\"categories\"", "data/catalogue.json at /items/0 cannot be read")]
    [InlineData("catalogue.json", "\"lead\": \"ZJJ\"", "\"lead\": \"ZZZ\"", "data/catalogue.json at /stages/2/lead: unknown organ (code ZZZ).")]
    [InlineData("catalogue.json", "\"reserved\": true", "\"reserved\": \"yes\"", "data/catalogue.json at /items/11/reserved cannot be read")]
    [InlineData("catalogue.json", "\"reserved\": true", "\"reservd\": true", "data/catalogue.json at /items/11 cannot be read")]
    [InlineData("reviews.json", "\"seriesEnded\": \"系列会议已终止。\"", "\"seriesEnded\": \" \"", "data/reviews.json at /seriesEnded: bad text (max 4000).")]
    [InlineData("organs.json", "\"department\"", "\"ministry\"", "data/organs.json cannot be read")]
    [InlineData("organs.json", "[", "[[", "data/organs.json cannot be read")]
    [InlineData("districts.json", "511303", "511302", "data/districts.json at /districts/1/code: duplicate code (code 511302).")]
    [InlineData("clusters.json", "\"Q2\"", "\"Q 2\"", "data/clusters.json at /clusters/1/code: invalid code (code Q 2).")]
    [InlineData("reminders.json", "\"workFrom\": \"08:30\"", "\"workFrom\": \"17:30\"", "data/reminders.json at /workTo: not after (from 17:30).")]
    [InlineData("reminders.json", "\"code\": \"itemYellow\"", "\"code\": \"windowDue\"", "data/reminders.json at /rules/1/code: duplicate code (code windowDue).")]
    [InlineData("reminders.json", "\"days\": -2", "\"days\": 0", "data/reminders.json at /rules/0/steps/1/days: not after (from 0).")]
    [InlineData("reminders.json", "\"every\": 3", "\"every\": 0", "data/reminders.json at /rules/2/steps/3/every: bad number (max 366, min 1).")]
    [InlineData("reminders.json", "{\"days\": 1, \"to\"", "{\"days\": 1, \"every\": 1, \"to\"", "data/reminders.json at /rules/2/steps/0/every: last step repeats.")]
    [InlineData("reminders.json", "\"to\": [\"department\"]", "\"to\": []", "data/reminders.json at /rules/0/steps/0/to: nobody named.")]
    [InlineData("reminders.json", "\"about\": \"itemYellow\", ", "", "data/reminders.json at /rules/1/steps: steps of matter.")]
    [InlineData("reminders.json", "至今已超期", "至{time}已超期", "data/reminders.json at /rules/2/text: unknown value (name time).")]
    [InlineData("reminders.json", "\"onSite\": \"现场办公会\", ", "", "data/reminders.json at /sessions/onSite: bad text (max 4000).")]
    [InlineData("reminders.json", "\"about\": \"answer\"", "\"about\": \"reply\"", "data/reminders.json at / cannot be read")]
    public void A_mistake_stops_the_start_with_file_and_place(string file, string text, string mistake, string sentence)
    {
        Edit(file, text, mistake);
        Assert.StartsWith(sentence.TrimEnd('.'), Assert.Throws<StartupException>(() => CityDataFiles.Load(_directory)).Message);
    }

    [Fact]
    public void A_circle_in_the_catalogue_is_named()
    {
        // A01 comes before A02 already.
        var path = Path.Combine(_directory, "catalogue.json");
        var catalogue = JsonNode.Parse(File.ReadAllText(path))!;
        catalogue["items"]![0]!["after"]!.AsArray().Add("A02");
        File.WriteAllText(path, catalogue.ToJsonString());
        Assert.Equal("data/catalogue.json at /items: circle (items A01 A02).", Assert.Throws<StartupException>(() => CityDataFiles.Load(_directory)).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(Path.Combine(_directory, "organs.json"));
        Assert.StartsWith("data/organs.json cannot be read", Assert.Throws<StartupException>(() => CityDataFiles.Load(_directory)).Message);
    }

    private void Edit(string file, string text, string mistake)
    {
        var path = Path.Combine(_directory, file);
        var content = File.ReadAllText(path);
        var at = content.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no {text}");
        File.WriteAllText(path, string.Concat(content.AsSpan(0, at), mistake, content.AsSpan(at + text.Length)));
    }
}
