using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Projects;

public sealed class UnknownProjectTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Whoever_tries_out_codes_leaves_nothing_in_memory()
    {
        var owner = api.As(Role.Owner, creditCode: Registration.Owner);
        string[] codes = [.. Enumerable.Range(9000, 50).Select(Registration.Code)];
        foreach (var code in codes) await (await owner.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        var management = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await Eventually.Holds(async () => !(await management.GetDetailedGrainStatistics(null, null, Requests.Cancel)).Any(g => codes.Contains(g.GrainId.Key.ToString())));
    }

    [Fact]
    public async Task A_code_that_was_asked_for_before_can_be_registered()
    {
        var office = api.As(Role.Office);
        await (await office.Get($"{Registration.Path}/{Registration.Code(9100)}")).Problem(404, "project-not-found");
        Assert.Equal(Registration.Code(9100), await api.Registered(9100));
        await (await office.Get($"{Registration.Path}/{Registration.Code(9100)}")).Body(200);
    }
}
