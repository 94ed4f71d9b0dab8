using System.Net.Http.Json;
using System.Text.Json;

namespace Agency.Tests.Api.Projects;

/// <summary>What tests of projects ask for over HTTP.</summary>
internal static class ProjectHttp
{
    public const string Owner = "91511302MA62900AX9";

    /// <summary>Registers a project of a small private building and answers its path.</summary>
    public static async Task<string> Registered(this HttpClient office, string code, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new
        {
            code,
            name = "测试项目",
            flow = "SOC_SMALL",
            ownerName = "建设单位",
            ownerCreditCode = Owner,
            district = "511302",
            authority = "city",
            leadDepartment = "511300-ZJJ",
            keyLevel = "other",
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject()) body[name] = value?.DeepClone();
        await office.Done("/api/v1/projects", body);
        return $"/api/v1/projects/{code}";
    }

    /// <summary>Posts, and answers the body of what was done; a refusal fails the test.</summary>
    public static async Task<JsonElement> Done(this HttpClient client, string path, object body)
    {
        var (status, answer) = await client.Sent(HttpMethod.Post, path, body);
        Assert.True(status is 200 or 201, $"{path}: {status} {answer}");
        return answer;
    }

    /// <summary>Sends, and answers the code of the problem; done fails the test.</summary>
    public static async Task<string?> Refused(this HttpClient client, string path, object body)
    {
        var (status, answer) = await client.Sent(HttpMethod.Post, path, body);
        Assert.True(status >= 400, $"{path}: {status} {answer}");
        return answer.GetProperty("code").GetString();
    }

    public static async Task<(int Status, JsonElement Body)> Sent(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public static Task<JsonElement> Read(this HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    /// <summary>An item of the plan.</summary>
    public static async Task<JsonElement> Item(this HttpClient client, string project, string item) => await client.Read($"{project}/approvals/{item}");
}
