using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>Texts that the office takes out of the record.</summary>
internal sealed partial class ProjectGrain
{
    public async Task<Answer<RedactionView>> Redact(long sequence, string text, Act act)
    {
        var redaction = new TextRedacted(sequence, text);
        var answer = await Command(act, (state, context) => RedactionDecider.Decide(redaction, state, context), state =>
        {
            var view = RedactionView.Of(redaction, state);
            return (view, view.RecordedAs);
        });

        // A repeat erases anew: the marker by which a failed erasure would be done may be lost, or the text have come back with a backup.
        if (answer is { Refusal: null, View.RecordedAs: var recordedAs } && (answer.Replayed || State.Entries[(int)recordedAs - 1].CommandId != act.CommandId)) await Erase(redaction, recordedAs);
        return answer;
    }

    // Until the store has let go of it, too, and for a record that came back from a backup.
    protected override bool MayTellRedacted(string commandId) =>
        State.Entries.Any(e => e.Fact is TextRedacted fact && Redactions.Traces(fact, e.Version, State) is var traces && (traces.Brought == commandId || traces.Since.Contains(commandId)));

    // The record tells the text no longer once the redaction is in; here it goes from the store.
    private async Task Erase(TextRedacted fact, long version) => await Store.Redact(Stream, fact.Sequence, fact.Text, Redactions.Traces(fact, version, State));
}
