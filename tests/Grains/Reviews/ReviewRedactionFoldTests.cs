using Agency.EventSourcing;
using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

/// <summary>What a redaction takes out of a session's record, and what it leaves as it was.</summary>
public sealed class ReviewRedactionFoldTests
{
    // Said to the first question, E1 is asked another; the two texts are the same once both are gone.
    [Theory]
    [InlineData("另一问", false, 2)]
    [InlineData("另一问", false, 2, 5)]
    [InlineData("是否同意容缺受理", true, 2)]
    [InlineData("是否同意容缺受理", true, 5)]
    public void What_counts_as_an_opinion_does_not_hang_on_a_text_that_is_redacted(string question, bool counts, params int[] redacted)
    {
        var life = new ReviewLife().Convened(ReviewLife.Subject(ReviewLife.Fgw));
        Assert.Null(life.Say(ReviewLife.Fgw));
        Assert.Null(life.Do(new EntryChanged("E1", ReviewLife.Subject(ReviewLife.Fgw, ReviewLife.Zjj)), reason: "急", texts: (ReviewFact.Question, question)));
        var changed = life.Entries.Last(e => e.Fact is EntryChanged).Version;
        long[] sequences = [.. redacted.Select(r => r == 5 ? changed : r)];
        Assert.Equal(counts, EntryOpinions.Counting(life.State.Find("E1")!, ReviewLife.Fgw, life.State.Plan) is not null);
        var state = sequences.Aggregate(life.State, (s, r) => s.With(Redaction(life, s, r, ReviewFact.Question)));
        Assert.Equal(counts, EntryOpinions.Counting(state.Find("E1")!, ReviewLife.Fgw, state.Plan) is not null);
        Assert.Equal(sequences.Contains(changed) ? null : question, state.Find("E1")!.Question);
    }

    [Fact]
    public void A_place_that_is_redacted_stays_one_and_departments_stay_told_of_the_change()
    {
        var life = new ReviewLife().Convened(ReviewLife.Subject(ReviewLife.Fgw));
        Assert.Null(life.Do(new ReviewChanged(ReviewLife.Plan with { Place = "四楼" })));
        Assert.Equal(("四楼", life.State.Version - 1), (life.State.Plan.Place, life.State.PlannedAt));
        Assert.All(life.Entries, e => Assert.DoesNotContain("楼", FactJson.Payload(e.Fact).GetRawText(), StringComparison.Ordinal));
        Assert.DoesNotContain("楼", System.Text.Encoding.UTF8.GetString(ReviewSummary.Of(life.State)!.Write()), StringComparison.Ordinal);
        var state = life.State.With(Redaction(life, life.State, 1, ReviewFact.Place));
        Assert.Equal(("四楼", life.State.PlannedAt), (state.Plan.Place, state.PlannedAt));
        state = state.With(Redaction(life, state, state.PlannedAt, ReviewFact.Place));
        Assert.Equal((null, life.State.PlannedAt), (state.Plan.Place, state.PlannedAt));

        // Taken away it is no text, and none is held.
        Assert.Null(life.Do(new ReviewChanged(life.State.Plan with { Place = null })));
        Assert.Null(life.State.Plan.Place);
    }

    private static Entry<ReviewFact> Redaction(ReviewLife life, Review state, long sequence, string text) =>
        life.Entries[^1] with { Version = state.Version + 1, Fact = new ReviewTextRedacted(sequence, text), Texts = Act.NoTexts };
}
