using System.Net.Http.Json;
using System.Text.Json;
using Agency.People;

namespace Agency.Tests.Api.Projects;

/// <summary>Repeats of what was answered at length.</summary>
public sealed class LargeAnswerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_plan_of_many_works_is_changed_and_repeated_under_a_key()
    {
        var office = api.As(Role.Office);
        var project = await office.Registered("2026-511302-47-01-200070");
        for (var i = 2; i <= 50; i++) await office.Done($"{project}/works", new { reason = "r" });
        foreach (var replayed in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{project}/plan/changes") { Content = JsonContent.Create(new { kind = "strike", item = "B03", reason = "r" }) };
            request.Headers.Add("Idempotency-Key", "large");
            using var response = await office.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((200, replayed), ((int)response.StatusCode, response.Headers.Contains("Idempotency-Replayed")));
            Assert.Equal(51, (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("version").GetInt32());
        }
    }
}
