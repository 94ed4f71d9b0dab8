using Agency.Reviews;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>What notice, or the lack of it, makes of silence (domain 11.3 and 11.4), and what putting a session off leaves alone.</summary>
public sealed class EntryNoticeTests
{
    private static readonly DateTimeOffset _after = Start.AddMinutes(1);

    private readonly ReviewLife _review = new();

    [Theory]
    [InlineData(null, 5, 23, null, true)]
    [InlineData(null, 6, 0, "short-notice", false)]
    [InlineData(null, 6, 10, "short-notice", false)]
    [InlineData("s1", 4, 23, null, true)]
    [InlineData("s1", 5, 0, "short-notice", false)]
    public void What_is_put_to_departments_late_is_put_for_a_reason_and_their_silence_to_it_is_nothing(string? series, int day, int hour, string? refusal, bool deemed)
    {
        Assert.Null(_review.Do(new ReviewDrafted(ReviewKind.JointConference, Plan, series, series is null ? null : On(6))));
        foreach (var subject in (AgendaSubject[])[Subject(Fgw), Subject(), Subject(Fgw)]) Assert.Null(_review.Do(new EntryAdded("", subject)));
        Assert.Null(_review.Do(new Convened()));
        _review.Now = At(day, hour);
        ReviewFact[] commands = [new EntryAdded("", Subject(Zjj)), new EntryChanged("E1", Subject(Fgw, Zjj)), new EntryChanged("E2", Subject(Zjj))];
        foreach (var command in commands)
        {
            Assert.Equal(refusal, _review.Do(command));
            if (refusal is not null) Assert.Null(_review.Do(command, reason: "市政府临时交办"));
        }

        Assert.Null(_review.Do(new EntryAdded("", Subject())));
        Assert.Equal(hour == 10 ? "opinions-closed" : null, _review.Do(new DepartmentsReminded([])));
        _review.Now = At(6, 10, 30);
        Assert.All((string[])["E1", "E2", "E4"], e => Assert.Equal(deemed, _review.Entry(e).Opinions.Any(o => o.Deemed)));
        Assert.All((string[])["E1", "E2", "E4"], e => Assert.Equal(deemed, _review.Entry(e).Silent.IsEmpty));
        Assert.Equal(hour != 10, _review.Entry("E3").Opinions.Any(o => o.Deemed));
    }

    [Fact]
    public void Who_was_called_or_moved_at_short_notice_has_not_agreed_by_silence()
    {
        _review.Drafted(entries: Subject(Fgw));
        _review.Now = At(6, 8);
        Assert.Null(_review.Do(new Convened(), reason: "急"));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        _review.Now = _after;
        Assert.Equal([Fgw], _review.Entry("E1").Silent);

        var moved = new ReviewLife().Convened(Subject(Fgw));
        moved.Now = At(5, 9);
        Assert.Null(moved.Do(new ReviewChanged(Plan with { StartsAt = At(5, 15) }), reason: "提前"));
        Assert.Null(moved.Do(new DepartmentsReminded([])));
        moved.Now = At(5, 16);
        Assert.Equal([Fgw], moved.Entry("E1").Silent);

        // Another place changes nothing of that.
        var elsewhere = new ReviewLife().Convened(Subject(Fgw));
        elsewhere.Now = At(6, 8);
        Assert.Null(elsewhere.Do(new ReviewChanged(Plan with { Place = "一楼" })));
        Assert.Null(elsewhere.Do(new DepartmentsReminded([])));
        elsewhere.Now = _after;
        Assert.Empty(elsewhere.Entry("E1").Silent);
    }

    [Fact]
    public void An_entry_is_not_dated_before_departments_were_called()
    {
        _review.Drafted(entries: Subject(Fgw));
        _review.Now = At(5, 9);
        Assert.Null(_review.Do(new Convened()));
        _review.Now = At(6, 8);
        Assert.Equal("before-last-entry", _review.Do(new EntryAdded("", Subject(Zjj)), occurredOn: On(4)));
        Assert.Null(_review.Do(new EntryAdded("", Subject(Zjj)), occurredOn: On(5)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Put_off_whoever_was_silent_has_time_again_to_what_is_open(bool reopenedAfter)
    {
        _review.Convened(Subject(Fgw, Zjj));
        Assert.Null(_review.Say(Zjj));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        _review.Now = Start;
        Assert.Null(_review.Do(new Opened()));
        Assert.Null(_review.Conclude());
        Assert.Equal([true, false], _review.Entry("E1").Opinions.Select(o => o.Deemed));

        // Reopened under the same deadline the silence stands.
        Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.Empty(_review.Entry("E1").Silent);
        if (reopenedAfter) Assert.Null(_review.Conclude());
        Assert.Null(_review.Do(new Postponed(At(10, 9), null), reason: "停电"));
        Assert.Equal(reopenedAfter ? [] : [Fgw], _review.Entry("E1").Silent);
        _review.Now = At(10, 8);
        Assert.Null(_review.Do(new Opened()));
        if (reopenedAfter) Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.Equal([Fgw], _review.Entry("E1").Silent);
        Assert.Equal("opinions-outstanding", _review.Conclude());

        // Without another reminder silence is nothing this time.
        _review.Now = At(10, 9);
        Assert.Null(_review.Conclude());
        Assert.Equal([Fgw], _review.Entry("E1").Silent);
    }

    [Fact]
    public void Putting_the_session_off_changes_nothing_of_what_is_concluded_until_the_chair_reopens_it()
    {
        _review.Convened(Subject(Fgw, Zjj, Province), Subject(Fgw));
        Assert.Null(_review.Say(Zjj));
        Assert.Null(_review.Do(new DepartmentsReminded([])));
        _review.Now = Start;
        Assert.Null(_review.Do(new Opened()));
        foreach (var late in (string[])[Fgw, Zjj, Province]) Assert.Null(_review.Say(late, Stance.Object, ground: "第四十条", actor: Office));
        Assert.Null(_review.Say(Fgw, Stance.Object, "E2", ground: "第四十条"));
        Assert.Null(_review.Conclude());
        var before = Told();
        Assert.Null(_review.Do(new Postponed(At(10, 9), null), reason: "停电"));
        Assert.Equal(before, Told());
        Assert.True(_review.Entry("E2").Opinions.Single().Counts);

        // Said before the new time, and long after the conclusion.
        Assert.Null(_review.Say(Province, Stance.NeedMore, ground: "缺图纸", actor: Office));
        Assert.Equal(before, Told());
        _review.Now = At(10, 9);
        Assert.Null(_review.Do(new Opened()));
        Assert.Equal(before, Told());
        Assert.Null(_review.Do(new EntryReopened("E1"), Chair));
        Assert.Equal([(Fgw, Stance.Object), (Zjj, Stance.Object), (Province, Stance.NeedMore)], _review.Entry("E1").Opinions.Where(o => o.Counts).Select(o => (o.Department, o.Stance)));

        string Told() => string.Join(' ', _review.Entry("E1").Opinions.Where(o => o.Counts).Select(o => $"{o.Department}:{o.Stance}:{o.Deemed}").Concat(_review.Entry("E1").Silent));
    }
}
