using System.Collections.Immutable;
using Agency.Approvals;
using Agency.People;

namespace Agency.EventSourcing;

/// <summary>遮蔽: the fact that the office took a free text out of the record (domain 3). The fact it was beside stays as it is, and so does the chain.
/// Each kind of stream has its own, stored under the name of <see cref="TextName.Redaction"/>, by which verification knows it.</summary>
public interface IRedaction
{
    /// <summary>The fact that the text was beside.</summary>
    long Sequence { get; }

    /// <summary>The text's name: <c>reason</c>.</summary>
    string Text { get; }
}

/// <summary>A state that keeps the facts it was folded from, without the texts that were redacted.</summary>
internal interface IRecord<TFact>
    where TFact : class
{
    ImmutableArray<Entry<TFact>> Entries { get; }
}

/// <summary>What redactions make of a record.</summary>
internal static class Redactions
{
    /// <summary>The entries without the texts that <paramref name="since"/>, some of them, took out.</summary>
    public static ImmutableArray<Entry<TFact>> Applied<TFact>(ImmutableArray<Entry<TFact>> entries, IReadOnlyList<Entry<TFact>> since)
        where TFact : class
    {
        var redacted = since.Select(e => e.Fact).OfType<IRedaction>().ToLookup(f => f.Sequence, f => f.Text);
        return redacted.Count == 0 ? entries : [.. entries.Select(e => e with { Texts = e.Texts.SetItems(redacted[e.Version].Select(text => KeyValuePair.Create(text, (string?)null))) })];
    }

    /// <summary>The record with <paramref name="added"/>, and the state folded from it: anew, if one of them is a redaction, for a text may be folded into anything.</summary>
    public static (ImmutableArray<Entry<TFact>> Entries, TState State) Fold<TFact, TState>(TState state, TState none, IReadOnlyList<Entry<TFact>> added, Func<TState, Entry<TFact>, TState> step)
        where TFact : class
        where TState : IRecord<TFact>
    {
        var all = Applied(state.Entries.AddRange(added), added);
        var (before, steps) = added.Any(e => e.Fact is IRedaction) ? (none, all) : (state, added);
        return (all, steps.Aggregate(before, step));
    }

    /// <summary>The commands recorded from a redacted text to its redaction: what was answered to them may tell the text.</summary>
    public static TextTraces Traces<TFact>(IRedaction fact, long version, ImmutableArray<Entry<TFact>> entries)
        where TFact : class
    {
        var brought = entries[(int)fact.Sequence - 1].CommandId;
        return new(brought, [.. entries.Take((int)version - 1).Skip((int)fact.Sequence).Select(e => e.CommandId).Distinct().Where(c => c != brought)]);
    }
}

/// <summary>What follows from the wish to redact a text; what is redacted is already so.</summary>
internal static class RedactionDecider
{
    /// <param name="redaction">An <see cref="IRedaction"/>.</param>
    /// <param name="absent">Why there is no such record; null if there is.</param>
    /// <param name="entry">The fact as it will be recorded.</param>
    public static Decision<TFact> Decide<TFact>(TFact redaction, ImmutableArray<Entry<TFact>> record, Refusal? absent, Act act, Func<TFact, long, Entry<TFact>> entry)
        where TFact : class
    {
        if (act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (absent is not null) return absent;
        var command = (IRedaction)redaction;
        if (command.Sequence < 1 || command.Sequence > record.Length) return Refusal.Of("fact-not-found", ("sequence", command.Sequence));
        if (!act.Gives(Act.Reason)) return Refusal.Of("reason-required");
        var texts = record[(int)command.Sequence - 1].Texts;

        // What was named instead is not repeated: it may be the text itself.
        Fault[] unknown = texts.ContainsKey(command.Text) ? [] : [Fault.Of("/text", "unknown-text", ("sequence", command.Sequence), ("names", texts.IsEmpty ? "-" : string.Join(", ", texts.Keys)))];
        Fault[] faults = [.. unknown, .. StepForm.Texts(act)];
        if (faults.Length > 0) return Refusal.Of("invalid-redaction", faults);
        if (act.IfVersion is { } expected && expected != record.Length) return Refusal.Of(Refusals.VersionMismatch, ("version", record.Length));
        return record.Any(e => redaction.Equals(e.Fact)) ? ImmutableArray<Entry<TFact>>.Empty : entry(redaction, record.Length + 1);
    }
}
