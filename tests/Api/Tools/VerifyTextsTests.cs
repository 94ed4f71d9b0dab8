namespace Agency.Tests.Api.Tools;

/// <summary>Texts that are empty or there, and what the record says of that.</summary>
public sealed class VerifyTextsTests : IDisposable
{
    private const string Victim = "project-b";
    private const string Where = $"WHERE stream = '{Victim}' AND version";

    private readonly ToolStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_text_is_empty_by_its_own_redaction_alone()
    {
        await Filled();
        await _store.Redact(Victim, 2);
        Assert.Equal((0, "4 streams, 21 facts, 0 anchors: whole"), First(await _store.Verify()));

        _store.Bend($"UPDATE texts SET value = NULL, salt = NULL {Where} = 3");
        await _store.Redact("project-a", 3, erase: false);
        Assert.Equal((1, $"{Victim} 3: the text 'reason' of the fact is empty, and no fact redacts it"), First(await _store.Verify()));

        // None can be redacted before it was recorded.
        await _store.Redact(Victim, 8, erase: false);
        await _store.Append(1, Victim);
        await _store.Redact(Victim, 3);
        Assert.Equal(0, (await _store.Verify()).Code);
        _store.Bend($"UPDATE texts SET value = NULL, salt = NULL {Where} = 8");
        Assert.Equal((1, $"{Victim} 8: the text 'reason' of the fact is empty, and no fact redacts it"), First(await _store.Verify()));
    }

    [Fact]
    public async Task A_redacted_text_that_is_there_still_is_told_and_is_no_fault()
    {
        await Filled();
        await _store.Redact(Victim, 2, erase: false);
        var (code, lines) = await _store.Verify();
        Assert.Equal(0, code);
        Assert.Equal([$"note: {Victim} 2: the text 'reason' of the fact is redacted by fact 6 and still in the store", "4 streams, 21 facts, 0 anchors: whole, 1 notes"], lines);
    }

    [Fact]
    public async Task A_cut_that_takes_a_redaction_along_shows_by_the_text_that_stays_empty()
    {
        await Filled();
        await _store.Redact(Victim, 2);
        _store.Bend($"DELETE FROM facts {Where} > 5");
        Assert.Equal((1, $"{Victim} 6: the fact is missing; the stream's summary is at 6"), First(await _store.Verify()));
        _store.Bend($"UPDATE summaries SET version = 5 WHERE stream = '{Victim}'");
        Assert.Equal((1, $"{Victim} 2: the text 'reason' of the fact is empty, and no fact redacts it"), First(await _store.Verify()));
    }

    // The first line that is no note.
    private static (int Code, string Line) First((int Code, string[] Lines) run) => (run.Code, run.Lines.First(l => !l.StartsWith("note: ", StringComparison.Ordinal)));

    private Task Filled() => _store.Append(5, "project-a", Victim, "calendar-cn", "agent-li");
}
