using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Access;

/// <summary>A project, those whose own it is, and strangers.</summary>
internal static class Whose
{
    /// <summary>The department that has the item A04 of it.</summary>
    public const string Department = "511300-FGW";

    /// <summary>The roles that have projects of their own.</summary>
    public static Role[] Owning { get; } = [Role.Owner, Role.Manager, Role.Clerk, Role.Department];

    /// <summary>Registers a project with manager m<c>number</c> and clerk c<c>number</c>; its code.</summary>
    public static async Task<string> Served(this ApiFixture api, int number)
    {
        var code = await api.Registered(number);
        await api.Managed($"{Registration.Path}/{code}", $"m{number}");
        await api.Registered($"c{number}", TestAgents.Clerk);
        var (owner, office) = (api.Own(Role.Owner, number), api.As(Role.Office));
        var mandate = $"{Registration.Path}/{code}/mandate";
        await (await owner.Post(mandate, """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" } }""")).Body(201);
        await (await office.Post($"{mandate}/acceptance", "{}")).Body(200);
        await (await office.Post($"{mandate}/agreement", """{ "documentNumber": "代办〔2026〕1号" }""")).Body(200);
        await (await office.Put($"{mandate}/agents/c{number}", """{ "plan": "先办备案" }""")).Body(200);
        return code;
    }

    /// <summary>Has A04 submitted and accepted: its clock runs.</summary>
    public static async Task Accepted(this ApiFixture api, string code)
    {
        using var office = api.As(Role.Office);
        await office.Done($"{Registration.Path}/{code}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await office.Done($"{Registration.Path}/{code}/approvals/A04/acceptance", new { onBehalfOf = Department });
    }

    /// <summary>Makes the fixture's tomorrow a day off: what runs is due later than by the calendar's version 1.</summary>
    public static async Task OtherCalendar(this ApiFixture api)
    {
        using var admin = api.As(Role.Administrator);
        var year = await (await admin.Get("/api/v1/calendar/2026")).Body(200);
        var off = year.GetProperty("off").EnumerateArray().Select(d => d.GetString()).Append("2026-03-03");
        await (await admin.Put("/api/v1/calendar/2026", JsonSerializer.Serialize(new { off, work = year.GetProperty("work") }))).Body(200);
    }

    public static HttpClient Own(this ApiFixture api, Role role, int number) => role switch
    {
        Role.Owner => api.As(role, "li", creditCode: Registration.Owner),
        Role.Manager => api.As(role, $"m{number}"),
        Role.Clerk => api.As(role, $"c{number}"),
        Role.Department => api.As(role, "chen", department: Department),
        _ => api.As(role, "li"),
    };

    public static HttpClient Stranger(this ApiFixture api, Role role) =>
        api.As(role, "stranger", role == Role.Department ? "511303-SWJ" : null, role == Role.Owner ? Registration.OtherOwner : null);
}
