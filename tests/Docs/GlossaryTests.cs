using System.Text.Json;
using Agency.Agents;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Coordination;
using Agency.Mandates;
using Agency.Notifications;
using Agency.People;
using Agency.Problems;
using Agency.Projects;
using Agency.Ratings;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Tests.Docs;

/// <summary>The glossary has a row for every name that clients meet.</summary>
public sealed class GlossaryTests
{
    private static readonly string _glossary = File.ReadAllText(Repository.PathOf("docs", "glossary.md"));

    [Theory]
    [InlineData(typeof(ItemStatus))]
    [InlineData(typeof(ProjectStatus))]
    [InlineData(typeof(StageStatus))]
    [InlineData(typeof(ClockState))]
    [InlineData(typeof(DayUnit))]
    [InlineData(typeof(Light))]
    [InlineData(typeof(Holder))]
    [InlineData(typeof(Role))]
    [InlineData(typeof(OrganKind))]
    [InlineData(typeof(KeyLevel))]
    [InlineData(typeof(Function))]
    [InlineData(typeof(AgentStatus))]
    [InlineData(typeof(Rank))]
    [InlineData(typeof(Unfit))]
    [InlineData(typeof(ProblemLevel))]
    [InlineData(typeof(ProblemStatus))]
    [InlineData(typeof(CoordinationKind))]
    [InlineData(typeof(CoordinationStatus))]
    [InlineData(typeof(RatingSubject))]
    [InlineData(typeof(Satisfaction))]
    [InlineData(typeof(CaseStep))]
    [InlineData(typeof(MandateStatus))]
    [InlineData(typeof(MandateScope))]
    [InlineData(typeof(TerminationGround))]
    [InlineData(typeof(MaterialState))]
    [InlineData(typeof(ResolutionStatus))]
    [InlineData(typeof(LadderStep))]
    [InlineData(typeof(DeliveryState))]
    [InlineData(typeof(MessageKind))]
    [InlineData(typeof(DayShift))]
    [InlineData(typeof(SessionOutcome))]
    [InlineData(typeof(NoticeSubject))]
    public void It_has_a_row_for_every_value(Type names) =>
        Assert.All(Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName), value => Assert.Contains($"\n| `{value}` |", _glossary, StringComparison.Ordinal));

    [Fact]
    public void It_names_every_step() =>
        Assert.All(typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step))), step => Assert.Contains($"| `{step.Name}` |", _glossary, StringComparison.Ordinal));
}
