using System.Globalization;
using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

/// <summary>A small private building (flow SOC_SMALL) of the city, as it is registered.</summary>
internal static class Registration
{
    public const string Path = "/api/v1/projects";

    /// <summary>The owner's credit code.</summary>
    public const string Owner = "91511302MA62900AX9";

    /// <summary>Another enterprise's.</summary>
    public const string OtherOwner = "91510000MA6200000N";

    /// <summary>A project code with this number.</summary>
    public static string Code(int number) => string.Create(CultureInfo.InvariantCulture, $"2026-511302-47-01-{number:D6}");

    /// <summary>The registration with members set, or taken away where there is no value.</summary>
    public static string Body(string code, params (string Member, JsonNode? Value)[] changes)
    {
        var body = new JsonObject
        {
            ["code"] = code,
            ["name"] = "小型厂房",
            ["flow"] = "SOC_SMALL",
            ["ownerName"] = "南充某公司",
            ["ownerCreditCode"] = Owner,
            ["district"] = "511302",
            ["authority"] = "city",
            ["leadDepartment"] = "511300-ZJJ",
            ["keyLevel"] = "municipal",
        };
        foreach (var (member, value) in changes)
        {
            if (value is null) body.Remove(member);
            else body[member] = value;
        }

        return body.ToJsonString();
    }

    /// <summary>Registers a project; its code.</summary>
    public static async Task<string> Registered(this ApiFixture api, int number, params (string Member, JsonNode? Value)[] changes)
    {
        var response = await api.As(Role.Office).Post(Path, Body(Code(number), changes));
        await response.Body(201);
        return Code(number);
    }
}
