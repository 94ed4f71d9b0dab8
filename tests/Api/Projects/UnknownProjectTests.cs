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
        for (var i = 0; i < 50; i++) await (await owner.Get($"{Registration.Path}/{Registration.Code(9000 + i)}")).Problem(404, "project-not-found");
        var management = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await Eventually.Holds(async () => (await management.GetSimpleGrainStatistics()).Where(g => g.GrainType.Contains("ProjectGrain", StringComparison.Ordinal)).Sum(g => g.ActivationCount) == 0);
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
