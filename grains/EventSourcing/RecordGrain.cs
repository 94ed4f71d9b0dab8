using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.EventSourcing;

/// <summary>A stream's grain whose record can be read and redacted.</summary>
internal abstract class RecordGrain<TFact, TState>(IEventStore store, TimeProvider clock, ILogger logger)
    : StreamGrain<TFact, TState>(store, clock, logger), IRecordGrain
    where TFact : class
    where TState : IRecord<TFact>
{
    public async Task<HistoryPage?> History(long after, int limit, Actor actor, CancellationToken cancellationToken) => await Sees(actor) ? Page(after, limit) : null;

    public async Task<ChainReport?> Verification(Actor actor, CancellationToken cancellationToken) => await Sees(actor) ? await Verify(cancellationToken) : null;

    public async Task<Answer<RedactionView>> Redact(long sequence, string text, Act act)
    {
        var redaction = Redaction(sequence, text);
        var answer = await Execute(
            act,
            (state, moment) => RedactionDecider.Decide(redaction, state.Entries, Absent(state), act, (fact, version) => Entry(fact, version, act, moment)),
            state => state.Entries.First(e => redaction.Equals(e.Fact)).Version is var version ? (new RedactionView(sequence, text, version), version) : default);

        // A repeat erases anew: the marker by which a failed erasure would be done may be lost, or the text have come back with a backup.
        if (answer is { Refusal: null, View.RecordedAs: var recordedAs } && (answer.Replayed || State.Entries[(int)recordedAs - 1].CommandId != act.CommandId)) await Erase(State.Entries[(int)recordedAs - 1]);
        return answer;
    }

    /// <summary>The fact, an <see cref="IRedaction"/>.</summary>
    protected abstract TFact Redaction(long sequence, string text);

    /// <summary>A fact of a command, as it will be recorded, with the command's texts.</summary>
    protected abstract Entry<TFact> Entry(TFact fact, long version, Act act, Moment moment);

    /// <summary>Why there is no such thing; null if there is.</summary>
    protected abstract Refusal? Absent(TState state);

    /// <summary>Whether the record is there to the actor; false, too, where there is none.</summary>
    protected abstract Task<bool> Sees(Actor actor);

    protected abstract HistoryPage Page(long after, int limit);

    // Until the store has let go of it, too, and for a record that came back from a backup.
    protected override bool MayTellRedacted(string commandId) =>
        State.Entries.Any(e => e.Fact is IRedaction fact && Redactions.Traces(fact, e.Version, State.Entries) is var traces && (traces.Brought == commandId || traces.Since.Contains(commandId)));

    /// <summary>Has the text go from the store, if the fact is a redaction: the record itself tells it no longer once that is in.</summary>
    protected async Task Erase(Entry<TFact> entry)
    {
        if (entry.Fact is IRedaction fact) await Store.Redact(Stream, fact.Sequence, fact.Text, Redactions.Traces(fact, entry.Version, State.Entries));
    }
}
