using System.Collections.Immutable;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Mandates;

public sealed class MandateFormTests
{
    private static readonly DateOnly _day = new(2026, 3, 2);

    [Theory]
    [InlineData(null, "2026-03-02", "")]
    [InlineData("2000-01-01", "2026-03-02", "")]
    [InlineData("1999-12-31", "2026-12-31", "/term/from day-too-early")]
    [InlineData("0001-01-01", "0001-01-02", "/term/from day-too-early, /term/until term-over")]
    [InlineData(null, "2026-03-01", "/term/until term-over")]
    [InlineData("2026-06-01", "2026-05-31", "/term/until term-over")]
    public void A_term_begins_in_a_year_that_the_calendar_can_have_and_ends_after_that(string? from, string until, string faults) =>
        Assert.Equal(faults, string.Join(", ", Check(from is null ? null : DateOnly.Parse(from, null), DateOnly.Parse(until, null)).Select(f => $"{f.At} {f.Code}")));

    private static Fault[] Check(DateOnly? from, DateOnly until)
    {
        var (flow, plans) = (Cities.ShippedFlow("SOC_SMALL"), new PlanBook());
        plans.Add(flow);
        var context = new ProjectContext(new(new("o", Role.Office), "c"), new(new DateTimeOffset(_day, new(4, 0), TimeSpan.Zero), _day), Shipped.Calendar, Cities.Shipped, new(Cities.Shipped), plans);
        var details = new ProjectDetails("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        var registered = new ProjectRegistered("p", flow.Code, flow.Version, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details);
        return MandateForm.Check(new MandateRequested(0, MandateScope.Full, [], [], from, until), ProjectState.None.With([context.Entry(registered, 1)]), context);
    }
}
