using Agency.People;

namespace Agency.Tests.Api.Projects;

/// <summary>Codes that are given and taken away while they are used.</summary>
public sealed class AliasWaitTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task Projects_that_ask_for_each_others_codes_do_not_wait_for_each_other()
    {
        const string First = "2026-511302-47-01-200050", Second = "2026-511302-47-01-200051";
        var (first, second) = (await _office.Registered(First), await _office.Registered(Second));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _office.Sent(HttpMethod.Patch, i % 2 == 0 ? first : second, new { aliases = (string[])[i % 2 == 0 ? Second : First] })));
        Assert.All(answers, a => Assert.Equal(409, a.Status));
    }

    [Fact]
    public async Task A_code_is_taken_away_while_it_is_used()
    {
        const string Alias = "2026-511302-48-01-200060";
        var project = await _office.Registered("2026-511302-47-01-200060");
        for (var i = 0; i < 5; i++)
        {
            await _office.Sent(HttpMethod.Patch, project, new { aliases = (string[])[Alias] });
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(k => k % 3 == 0
                ? _office.Sent(HttpMethod.Patch, project, new { aliases = Array.Empty<string>() })
                : _office.Sent(k % 3 == 1 ? HttpMethod.Get : HttpMethod.Patch, $"/api/v1/projects/{Alias}", k % 3 == 1 ? null : new { name = "新名称" })));
            Assert.All(answers, a => Assert.True(a.Status is 200 or 404, $"{a.Status}"));
        }
    }
}
