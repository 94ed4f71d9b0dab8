using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.Forecasts;
using Agency.People;
using Agency.Progress;
using Agency.Projects;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;

namespace Agency.Tests.Grains.Progress;

/// <summary>What is published of a project of two items, of which one is approved and the other submitted; Tuesday 31 March 2026.</summary>
public sealed class PublicProgressTests
{
    private static readonly ImmutableArray<PublishedPart> _all = [.. Enum.GetValues<PublishedPart>()];
    private static readonly ImmutableArray<Department> _departments = [new("511300-ZJJ", "ZJJ", OrganKind.Department, "511300", "南充市住房和城乡建设局", "市住建局")];

    private readonly HandLedProject _project = new HandLedProject(MilestoneRule.All, HandLedProject.Item("A"), HandLedProject.Item("B", "S2"))
        .Approved("A", 2, 3, 6)
        .On(30, new Submission("B", []));

    [Fact]
    public void It_says_how_the_project_stands_and_whose_turn_it_is()
    {
        var progress = Published(_all);
        Assert.Equal((HandLedProject.March(31), ProjectStatus.Active, new("S2", "S2", null)), (progress.AsOf, progress.State, progress.Stage));
        Assert.Equal((new ProgressItems(2, 1, 1), new ProgressDays(30, 3, 27)), (progress.Items, progress.Days));
        Assert.Equal([new ProgressTurn(Role.Department, "511300-ZJJ", "南充市住房和城乡建设局")], progress.Turns);
        Assert.NotNull(progress.ExpectedFinish);
    }

    [Fact]
    public void What_the_city_does_not_publish_is_not_told()
    {
        Assert.Equal(new PublicProgress(HandLedProject.March(31), null, null, null, null, null, null), Published([]));
        foreach (var part in _all)
        {
            var progress = Published(_all.Remove(part));
            object?[] parts = [progress.State, progress.Stage, progress.Items, progress.Turns, progress.Days, progress.ExpectedFinish];
            Assert.Equal([(int)part], parts.Index().Where(p => p.Item is null).Select(p => p.Index));
        }
    }

    [Fact]
    public void Of_a_project_that_stands_still_nothing_is_expected_and_it_is_nobody_s_turn()
    {
        _project.On(31, new ProjectPaused(null));
        var progress = Published(_all);
        Assert.Equal((ProjectStatus.Paused, null), (progress.State, progress.ExpectedFinish));
        Assert.Empty(progress.Turns!.Value);
    }

    private PublicProgress Published(ImmutableArray<PublishedPart> parts) =>
        PublicProgress.Of(_project.Views().Project(Cities.Shipped.Service), Forecast.Of(_project.Views().Basis(default)), _departments, parts);
}
