using System.Text.Json;

namespace Agency.Tests.Docs;

public sealed class JsonSubsetTests
{
    private const string Actual = """{ "day": "2026-05-09", "days": 3, "late": false, "by": null, "items": [{ "code": "A01", "used": 5 }, { "code": "A02" }], "none": [] }""";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "days": 3, "late": false, "by": null, "none": [] }""")]
    [InlineData("""{ "day": "2026-…-09", "items": [{ "code": "A02" }] }""")]
    [InlineData("""{ "items": [{ "code": "A01" }, {}] }""")]
    public void A_part_of_the_answer_fits(string shown) => Assert.Null(Difference(shown));

    [Theory]
    [InlineData("""{ "day": "2026-05-10" }""", "/day")]
    [InlineData("""{ "day": "2026-05" }""", "/day")]
    [InlineData("""{ "days": "3" }""", "/days")]
    [InlineData("""{ "days": 4 }""", "/days")]
    [InlineData("""{ "late": true }""", "/late")]
    [InlineData("""{ "due": null }""", "due")]
    [InlineData("""{ "items": [] }""", "/items")]
    [InlineData("""{ "items": [{ "code": "A03" }] }""", "/items")]
    [InlineData("""{ "items": [{ "code": "A01" }, { "code": "A01" }] }""", "/items/1/code")]
    [InlineData("""{ "items": [{ "code": "A02" }, { "code": "A01" }] }""", "/items/0/code")]
    [InlineData("""{ "none": [1] }""", "/none")]
    [InlineData("[]", "")]
    public void What_is_not_so_is_named(string shown, string where) => Assert.Contains(where, Difference(shown), StringComparison.Ordinal);

    private static string? Difference(string shown)
    {
        using var expected = JsonDocument.Parse(shown);
        using var actual = JsonDocument.Parse(Actual);
        return JsonSubset.Difference(expected.RootElement, actual.RootElement);
    }
}
