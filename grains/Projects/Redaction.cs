using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Projects;

/// <summary>遮蔽: the office took a free text out of the record (domain 3). The fact it was beside stays as it is, and so does the chain. As it is stored
/// it is a <see cref="TextName.Redaction"/>, by which verification knows it.</summary>
/// <param name="Sequence">The fact that the text was beside.</param>
/// <param name="Text">The text's name: <c>reason</c>.</param>
[GenerateSerializer, Immutable, Alias("agency.project.text-redacted")]
public sealed record TextRedacted([property: Id(0)] long Sequence, [property: Id(1)] string Text) : ProjectFact;

/// <summary>A redaction as clients see it.</summary>
/// <param name="Sequence">The fact that the text was beside.</param>
/// <param name="Text">The text's name.</param>
/// <param name="RecordedAs">Sequence of the fact that says so.</param>
[GenerateSerializer, Immutable, Alias("agency.redaction-view")]
public sealed record RedactionView([property: Id(0)] long Sequence, [property: Id(1)] string Text, [property: Id(2)] long RecordedAs)
{
    internal static RedactionView Of(TextRedacted fact, ProjectState state) => new(fact.Sequence, fact.Text, state.Entries.First(e => fact.Equals(e.Fact)).Version);
}

/// <summary>What redactions make of a record.</summary>
internal static class Redactions
{
    /// <summary>The entries without the texts that <paramref name="since"/>, some of them, took out.</summary>
    public static ImmutableArray<Entry<ProjectFact>> Applied(ImmutableArray<Entry<ProjectFact>> entries, IReadOnlyList<Entry<ProjectFact>> since)
    {
        var redacted = since.Select(e => e.Fact).OfType<TextRedacted>().ToLookup(f => f.Sequence, f => f.Text);
        return redacted.Count == 0 ? entries : [.. entries.Select(e => e with { Texts = e.Texts.SetItems(redacted[e.Version].Select(text => KeyValuePair.Create(text, (string?)null))) })];
    }

    /// <summary>The commands recorded from a redacted text to its redaction: what was answered to them may tell the text.</summary>
    public static TextTraces Traces(TextRedacted fact, long version, ProjectState state)
    {
        var brought = state.Entries[(int)fact.Sequence - 1].CommandId;
        return new(brought, [.. state.Entries.Take((int)version - 1).Skip((int)fact.Sequence).Select(e => e.CommandId).Distinct().Where(c => c != brought)]);
    }
}

/// <summary>What follows from the wish to redact a text; what is redacted is already so.</summary>
internal static class RedactionDecider
{
    public static Decision<ProjectFact> Decide(TextRedacted command, ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (command.Sequence < 1 || command.Sequence > state.Version) return Refusal.Of("fact-not-found", ("sequence", command.Sequence));
        if (!context.Act.Gives(Act.Reason)) return Refusal.Of("reason-required");
        var texts = state.Entries[(int)command.Sequence - 1].Texts;

        // What was named instead is not repeated: it may be the text itself.
        Fault[] unknown = texts.ContainsKey(command.Text) ? [] : [Fault.Of("/text", "unknown-text", ("sequence", command.Sequence), ("names", texts.IsEmpty ? "-" : string.Join(", ", texts.Keys)))];
        Fault[] faults = [.. unknown, .. StepForm.Texts(context.Act)];
        if (faults.Length > 0) return Refusal.Of("invalid-redaction", faults);
        if (context.CheckVersion(state.Version) is { } stale) return stale;
        return state.Entries.Any(e => command.Equals(e.Fact)) ? ImmutableArray<Entry<ProjectFact>>.Empty : context.Entry(command, state.Version + 1);
    }
}
