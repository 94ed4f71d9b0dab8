using Agency.Silo.Calendar;

namespace Agency.Tests.Silo.Calendar;

public sealed class HolidayFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_shipped_file_holds_2018_to_2026() =>
        Assert.Equal(Enumerable.Range(2018, 9), HolidayFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json")).Years.Keys);

    [Fact]
    public void A_source_may_be_said()
    {
        File.WriteAllText(_path, """{ "2027": { "off": ["2027-01-01"], "work": [], "source": "公告" } }""");
        Assert.Equal("公告", HolidayFile.Read(_path).Years[2027].Source);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "it is empty")]
    [InlineData("[]", "")]
    [InlineData("""{ "next": { "off": [], "work": [] } }""", "next")]
    [InlineData("""{ "2027": null }""", "2027")]
    [InlineData("""{ "2027": { "off": [] } }""", "work")]
    [InlineData("""{ "2027": { "off": null, "work": [] } }""", "2027")]
    [InlineData("""{ "2027": { "off": [], "work": [], "holidays": [] } }""", "holidays")]
    [InlineData("""{ "2027": { "off": ["2027-02-30"], "work": [] } }""", "2027")]
    [InlineData("""{ "2027": { "off": [], "work": [] }, "2027": { "off": [], "work": [] } }""", "Duplicate")]
    [InlineData("""{ "2027": { "off": ["2026-01-01"], "work": [] } }""", "2026-01-01")]
    [InlineData("""{ "1927": { "off": [], "work": [] } }""", "1927")]
    public void A_bad_file_stops_with_one_sentence_that_says_where(string text, string where)
    {
        File.WriteAllText(_path, text);
        var message = Assert.Throws<StartupException>(() => HolidayFile.Read(_path)).Message;
        Assert.StartsWith($"The holidays in {_path} cannot be used: ", message, StringComparison.Ordinal);
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_file_stops_with_its_path() =>
        Assert.Contains("nowhere.json", Assert.Throws<StartupException>(() => HolidayFile.Read("nowhere.json")).Message, StringComparison.Ordinal);
}
