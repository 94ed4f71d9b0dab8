using Agency.Forecasts;
using Agency.Reviews;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>Conclusions and what is resolved with them, rule by rule of domain 11.</summary>
public sealed class EntryConclusionTests
{
    private readonly ReviewLife _review = new();

    [Fact]
    public void An_entry_is_concluded_in_session_and_once_until_it_is_reopened()
    {
        _review.Convened(Subject(Fgw));
        Assert.Equal("review-state", _review.Conclude());
        _review.Now = Start;
        Assert.Null(_review.Do(new Opened()));
        Assert.Equal("entry-not-concluded", _review.Do(new EntryReopened("E1"), Chair));
        Assert.Null(_review.Conclude(resolutions: new ResolutionDraft(Fgw, [], null, On(20))));
        Assert.Equal("entry-concluded", _review.Conclude());
        Assert.Equal("entry-concluded", _review.Do(new EntryChanged("E1", Subject(Zjj))));
        Assert.Equal("entry-concluded", _review.Do(new EntryRemoved("E1"), reason: "撤"));
        Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.Equal(ResolutionStatus.Withdrawn, _review.State.Find(1)!.Status);
        Assert.Null(_review.Conclude(resolutions: new ResolutionDraft(Zjj, [], null, On(20))));
        Assert.Equal(["r1-2"], _review.Entry("E1").Resolutions);
        Assert.Null(_review.Do(new Concluded(), Chair));
        Assert.Equal("review-state", _review.Do(new EntryReopened("E1"), Chair));
    }

    [Fact]
    public void Resolutions_are_of_what_is_adopted_and_say_who_does_what_by_when()
    {
        _review.InSession(Subject(Fgw));
        var draft = new ResolutionDraft(Fgw, [], null, On(20));
        Assert.Equal("/resolutions resolutions-need-adoption", _review.Conclude(Outcome.Deferred, resolutions: draft));
        Assert.Equal("/resolutions/0/lead unknown-department", _review.Conclude(resolutions: draft with { Lead = "511300-XXX" }));
        Assert.Equal("/resolutions/0/assisting/0 unknown-department", _review.Conclude(resolutions: draft with { Assisting = ["OWNER"] }));
        Assert.Equal("/resolutions/0/assisting/0 named-twice", _review.Conclude(resolutions: draft with { Assisting = [Fgw] }));
        Assert.Equal("/resolutions/0/project unknown-project", _review.Conclude(resolutions: draft with { Project = "X" }));
        Assert.Equal("/resolutions/0/dueDate review-day-out-of-range", _review.Conclude(resolutions: draft with { DueDate = On(5) }));
        Assert.Equal("/resolutions/0/dueDate review-day-out-of-range", _review.Conclude(resolutions: draft with { DueDate = new(2029, 3, 7) }));
        Assert.Equal("/resolutions/0/action bad-text", _review.Do(new EntryConcluded("E1", Outcome.Adopted, [draft]), Chair));
        Assert.Null(_review.Conclude(resolutions: draft with { DueDate = On(6) }));
    }

    [Fact]
    public void What_an_adopted_scenario_promises_becomes_resolutions()
    {
        var scenario = new Scenario("并联", [], System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty, [], [new("C08", On(20))]);
        _review.InSession(Subject(Fgw) with { Scenario = scenario }, Subject(Fgw) with { Scenario = scenario }, Subject(Fgw) with { Scenario = scenario });
        _review.Promised = [new(new(Zjj, [], "P", On(20), "C08"), "于2026年3月20日前完成施工许可审批决定")];
        Assert.Null(_review.Conclude(resolutions: new ResolutionDraft(Fgw, [], null, On(10))));
        var promised = _review.View()!.Resolutions[1];
        Assert.Equal((Zjj, "C08", On(20), "于2026年3月20日前完成施工许可审批决定"), (promised.Lead, promised.Item, promised.DueDate, promised.Action));
        Assert.Null(_review.Conclude(Outcome.Deferred, "E2"));
        Assert.Equal(2, _review.State.Resolutions.Length);
        _review.Now = At(21, 9);
        Assert.Equal("promise-past", _review.Conclude(entry: "E3"));
    }
}
