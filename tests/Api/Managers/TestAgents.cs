using Agency.Agents;
using Agency.People;
using Agency.Tests.Api.Projects;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Managers;

/// <summary>Agents as tests of projects need them.</summary>
internal static class TestAgents
{
    /// <summary>A manager of the lead department that <see cref="Projects.Registration"/> names.</summary>
    public static AgentDetails Manager { get; } = new("511300-ZJJ", null, Rank.Middle, [Function.Manager], [], 2, []);

    /// <summary>A clerk.</summary>
    public static AgentDetails Clerk { get; } = new("511300-FGW", null, Rank.Staff, [Function.Clerk], [], 5, []);

    public static async Task Registered(this ApiFixture api, string id, AgentDetails details) =>
        Assert.Null((await api.Agent(id).Register(details, new(new("ada", Role.Office), $"register-{id}"))).Refusal);

    /// <summary>Gives a project, by its path, a manager, who is an agent from then on.</summary>
    public static async Task Managed(this ApiFixture api, string project, string id)
    {
        if (await api.Agent(id).View() is null) await api.Registered(id, Manager);
        Assert.Equal(200, (await api.As(Role.Office).Sent(HttpMethod.Put, $"{project}/manager", new { agentId = id })).Status);
    }

    public static async Task Changed(this ApiFixture api, string id, AgentPatch patch) =>
        Assert.Null((await api.Agent(id).Change(patch, new(new("ada", Role.Office), $"change-{id}"))).Refusal);

    /// <summary>The projects that the agent keeps a place for.</summary>
    public static async Task<string[]> Projects(this ApiFixture api, string id) => [.. (await api.Agent(id).View())!.Assignments.Select(a => a.Project)];

    private static IAgentGrain Agent(this ApiFixture api, string id) => api.Services.GetRequiredService<IGrainFactory>().GetGrain<IAgentGrain>(id);
}
