using Agency.Forecasts;
using Agency.Reviews;
using Agency.Tests.Grains.Catalogue;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>Agenda and opinions, rule by rule of domain 11.</summary>
public sealed class EntryDeciderTests
{
    private static readonly DateTimeOffset _after = Start.AddMinutes(1);

    private readonly ReviewLife _review = new();

    [Fact]
    public void Ids_of_entries_are_never_used_again()
    {
        _review.Drafted(entries: [Subject(Fgw), Subject(Zjj)]);
        Assert.Null(_review.Do(new EntryRemoved("E2")));
        Assert.Null(_review.Do(new EntryAdded("", Subject())));
        Assert.Equal(["E1", "E3"], _review.View()!.Agenda.Select(e => e.Id));
    }

    [Fact]
    public void What_an_entry_cannot_be_is_named_member_by_member()
    {
        _review.Drafted();
        _review.Known = AgendaCheck.Nothing;
        Assert.Equal("/project unknown-project", Add(Subject()));
        Assert.Equal("/project project-unnamed", Add(Subject() with { Project = null, Item = "A01" }));
        _review.Known = new("P", false, false, false, null, null);
        Assert.Equal("/item unknown-item /problem unknown-problem /resolution unknown-resolution", Add(Subject() with { Item = "A01", Problem = "P1", Resolution = "r0-1" }));
        Assert.Equal("/deferredFrom unknown-deferred-entry", Add(Subject() with { DeferredFrom = "r0/E1" }));
        Assert.Equal("/departments/0 unknown-department /departments/1 unknown-department", Add(Subject("511300-XXX", "OWNER")));
        Assert.Equal("/departments/1 named-twice", Add(Subject(Fgw, Fgw)));
        _review.Known = _review.Known with { Scenario = EventSourcing.Refusal.Of("unknown-item", [EventSourcing.Fault.Of("/scenarios/0/decisions/0/item", "unknown-item", ("code", "X"))]) };
        Assert.Equal("/scenario/decisions/0/item unknown-item", Add(Subject()));

        string? Add(AgendaSubject subject) => _review.Do(new EntryAdded("", subject));
    }

    [Fact]
    public void An_entry_without_departments_concerns_the_item_s()
    {
        _review.Drafted();
        _review.Known = _review.Known with { Department = Zjj };
        Assert.Null(_review.Do(new EntryAdded("", Subject() with { Item = "A01" })));
        Assert.Equal([Zjj], _review.Entry("E1").Subject.Departments);
    }

    [Fact]
    public void Who_objects_names_the_law_and_who_has_conditions_the_conditions()
    {
        _review.Convened(Subject(Fgw));
        Assert.Equal("/ground legal-ground-missing", _review.Say(Fgw, Stance.Object));
        Assert.Equal("/ground ground-missing", _review.Say(Fgw, Stance.AgreeWithConditions));
        Assert.Equal("/ground ground-missing", _review.Say(Fgw, Stance.NeedMore));
        Assert.Null(_review.Say(Fgw, Stance.Object, ground: "《城乡规划法》第四十条"));
        Assert.Null(_review.Say(Fgw, Stance.Object, ground: "《城乡规划法》第四十条"));
        Assert.Equal(1, _review.Entries.Count(e => e.Fact is OpinionGiven));
        Assert.Null(_review.Say(Fgw));
        var opinion = _review.Entry("E1").Opinions.Single();
        Assert.Equal((Stance.Agree, true, false), (opinion.Stance, opinion.Counts, opinion.Deemed));
    }

    [Fact]
    public void Up_to_the_start_an_opinion_counts_and_after_it_only_if_the_chair_reopens()
    {
        _review.InSession(Subject(Fgw, Zjj));
        _review.Now = _after;
        Assert.Null(_review.Say(Fgw, Stance.NeedMore, ground: "缺图纸"));
        Assert.False(_review.Entry("E1").Opinions.Single().Counts);
        Assert.Equal([Fgw, Zjj], _review.Entry("E1").Silent);
        Assert.Null(_review.Conclude(Outcome.Deferred));
        Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.True(_review.Entry("E1").Opinions.Single().Counts);
        Assert.Equal([Zjj], _review.Entry("E1").Silent);
        Assert.Null(_review.Conclude());
        Assert.Null(_review.Say(Zjj));
        Assert.False(_review.Entry("E1").Opinions.Single(o => o.Department == Zjj).Counts);
    }

    [Fact]
    public void A_written_opinion_of_an_earlier_day_counts_however_late_it_is_entered()
    {
        _review.InSession(Subject(Fgw));
        _review.Now = At(9, 9);
        Assert.Null(_review.Say(Fgw, actor: Office, occurredOn: On(6)));
        Assert.False(_review.Entry("E1").Opinions.Single().Counts);
        Assert.Null(_review.Say(Fgw, actor: Office, occurredOn: On(5)));
        Assert.True(_review.Entry("E1").Opinions.Single(o => o.Counts).Version > 0);
        Assert.Equal(Fgw, _review.Entries[^1].OnBehalfOf);
    }

    [Fact]
    public void Silence_after_notice_and_reminder_is_agreement_and_recorded_before_the_conclusion()
    {
        _review.Convened(Subject(Fgw, Zjj, Province));
        Assert.Null(_review.Say(Zjj, Stance.Object, ground: "第四十条"));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        Assert.Equal([Province, Fgw], ((DepartmentsReminded)_review.Entries[^1].Fact).Departments);
        _review.Now = _after;
        Assert.Null(_review.Do(new Opened()));
        Assert.Equal("opinions-closed", _review.Do(new DepartmentsReminded([])));

        // A look tells it, and records nothing.
        var (looked, version) = (_review.Entry("E1"), _review.State.Version);
        Assert.Equal([(Fgw, true)], looked.Opinions.Where(o => o.Deemed).Select(o => (o.Department, o.Counts)));
        Assert.Equal([Province], looked.Silent);
        Assert.Equal(version, _review.State.Version);

        Assert.Null(_review.Conclude());
        Assert.Equal(["opinion-deemed System", "entry-concluded Leadership"], _review.Last(2));
        var entry = _review.Entry("E1");
        Assert.Equal([Province], entry.Silent);
        Assert.Equal([(Fgw, Stance.Agree, true), (Zjj, Stance.Object, false)], entry.Opinions.Select(o => (o.Department, o.Stance, o.Deemed)));

        // Said late it changes nothing, until the chair reopens.
        Assert.Null(_review.Say(Fgw, Stance.NeedMore, ground: "缺图纸"));
        Assert.Equal(Stance.Agree, _review.Entry("E1").Opinions.Single(o => o.Department == Fgw && o.Counts).Stance);
        Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.Equal(Stance.NeedMore, _review.Entry("E1").Opinions.Single(o => o.Department == Fgw && o.Counts).Stance);
    }

    [Fact]
    public void Without_a_reminder_silence_is_nothing()
    {
        _review.InSession(Subject(Fgw));
        _review.Now = _after;
        Assert.Equal([Fgw], _review.Entry("E1").Silent);
        Assert.Null(_review.Conclude());
        Assert.DoesNotContain(_review.Entries, e => e.Fact is OpinionDeemed);
    }

    [Theory]
    [InlineData("entry")]
    [InlineData("place")]
    [InlineData("time")]
    public void A_change_after_the_reminder_needs_another_one(string what)
    {
        _review.Convened(Subject(Fgw), Subject(Fgw));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        Assert.Null(what switch
        {
            "entry" => _review.Do(new EntryChanged("E1", Subject(Fgw, Zjj))),
            "place" => _review.Do(new ReviewChanged(Plan with { Place = "一楼" })),
            _ => _review.Do(new Postponed(At(10, 9), null), reason: "延期"),
        });
        Assert.False(_review.View()!.Attendance[0].Reminded);
        _review.Now = At(10, 9, 1);
        Assert.Equal(what == "entry" ? [Fgw, Zjj] : [Fgw], _review.Entry("E1").Silent);
        Assert.Equal(what == "entry" ? [] : [Fgw], _review.Entry("E2").Silent);
    }

    [Fact]
    public void What_was_said_to_another_question_counts_no_longer()
    {
        _review.Convened(Subject(Fgw));
        Assert.Null(_review.Say(Fgw));
        Assert.Null(_review.Do(new EntryChanged("E1", Subject(Fgw, Zjj))));
        Assert.Equal([Zjj], _review.Entry("E1").Silent);
        Assert.Null(_review.Do(new EntryChanged("E1", Subject(Fgw, Zjj)), texts: (ReviewFact.Question, "是否同意先行开工")));
        Assert.Equal([Fgw, Zjj], _review.Entry("E1").Silent);
        Assert.Empty(_review.Entry("E1").Opinions);
        Assert.Null(_review.Say(Fgw));
        Assert.Equal(2, _review.Entries.Count(e => e.Fact is OpinionGiven));
    }

    [Theory]
    [InlineData("C08", true)]
    [InlineData("C08@2", true)]
    [InlineData("A01", false)]
    public void For_reserved_items_silence_never_is_agreement(string item, bool reserved)
    {
        var review = new ReviewLife(Cities.Reserving("C08"));
        review.Convened(Subject(Fgw) with { Item = item });
        Assert.Null(review.Do(new DepartmentsReminded([])));
        review.Now = _after;
        Assert.Equal(reserved ? [Fgw] : [], review.Entry("E1").Silent);
    }

    [Theory]
    [InlineData("problem")]
    [InlineData("resolution")]
    [InlineData("strike")]
    [InlineData("duration")]
    [InlineData("tolerant")]
    [InlineData("decision")]
    public void Whatever_of_an_entry_touches_a_reserved_item_reserves_it(string what)
    {
        var nothing = new Scenario("s", [], System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty, [], []);
        Assert.Equal([Fgw], Silent("C08"));
        Assert.Equal([], Silent("A01"));

        IEnumerable<string> Silent(string item)
        {
            var review = new ReviewLife(Cities.Reserving("C08"));
            review.Known = review.Known with { ProblemItem = what == "problem" ? item : "A02", ResolutionItem = what == "resolution" ? item : "A02" };
            review.Convened(Subject(Fgw) with
            {
                Problem = "P1",
                Resolution = "r0-1",
                Scenario = what switch
                {
                    "strike" => nothing with { Strike = [item] },
                    "duration" => nothing with { Durations = nothing.Durations.Add(item, 3) },
                    "tolerant" => nothing with { Tolerant = [new("A02", item)] },
                    "decision" => nothing with { Decisions = [new(item, On(20))] },
                    _ => null,
                },
            });
            Assert.Null(review.Do(new DepartmentsReminded([])));
            review.Now = _after;
            return review.Entry("E1").Silent;
        }
    }

    [Fact]
    public void Before_the_start_an_opened_session_concludes_only_what_all_have_answered()
    {
        _review.Convened(Subject(Fgw, Zjj), Subject(Zjj), Subject());
        _review.Now = At(6, 9, 0);
        Assert.Null(_review.Do(new Opened()));
        Assert.Null(_review.Say(Fgw));
        Assert.Equal("opinions-outstanding", _review.Conclude());
        Assert.Null(_review.Conclude(entry: "E3"));
        Assert.Null(_review.Say(Zjj, Stance.Object, ground: "第四十条"));
        Assert.Null(_review.Conclude());

        // At the start itself, and a second after.
        _review.Now = Start.AddSeconds(-1);
        Assert.Equal("opinions-outstanding", _review.Conclude(entry: "E2"));
        Assert.Null(_review.Conclude(entry: "E2"));
    }

    [Fact]
    public void On_paper_a_consultation_is_not_concluded_while_departments_were_in_time()
    {
        _review.Drafted(ReviewKind.WrittenConsultation, new(null, On(6), null, null, null), Subject(Fgw));
        Assert.Null(_review.Do(new Convened()));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        _review.Now = At(9, 9);
        Assert.Equal("opinions-outstanding", _review.Conclude(actor: Office, occurredOn: On(6)));
        Assert.Null(_review.Conclude(actor: Office, occurredOn: On(7)));
        Assert.Equal(["opinion-deemed System", "entry-concluded Office"], _review.Last(2));
    }

    [Fact]
    public void Nobody_is_reminded_who_owes_nothing()
    {
        _review.Convened(Subject(Fgw));
        Assert.Null(_review.Say(Fgw));
        Assert.Equal("nobody-owes-opinion", _review.Do(new DepartmentsReminded([])));
    }

    [Fact]
    public void A_written_consultation_is_concluded_without_a_meeting()
    {
        _review.Drafted(ReviewKind.WrittenConsultation, new(null, On(6), null, "mayor", null), Subject(Fgw, Zjj));
        Assert.Null(_review.Do(new Convened()));
        Assert.Equal("written-not-opened", _review.Do(new Opened()));
        Assert.Null(_review.Say(Fgw));
        Assert.Equal("opinions-outstanding", _review.Conclude());
        _review.Now = At(6, 23, 59);
        Assert.Equal("opinions-outstanding", _review.Conclude());
        Assert.Null(_review.Say(Zjj));
        Assert.True(_review.Entry("E1").Opinions.All(o => o.Counts));
        Assert.Null(_review.Conclude());
        Assert.Null(_review.Do(new Concluded(), Chair));
        Assert.Equal(ReviewStatus.MinutesDrafted, _review.State.Status);
    }

    [Fact]
    public void After_its_last_day_a_consultation_is_concluded_and_the_silent_have_agreed()
    {
        _review.Drafted(ReviewKind.WrittenConsultation, new(null, On(6), null, "mayor", null), Subject(Fgw));
        Assert.Null(_review.Do(new Convened()));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        _review.Now = At(7, 0);
        Assert.Null(_review.Conclude());
        Assert.Equal(["opinion-deemed System", "entry-concluded Leadership"], _review.Last(2));
    }
}
