using System.Collections.Immutable;
using Agency.People;

namespace Agency.EventSourcing;

/// <summary>What comes with every command: who gives it, since when it is so, and by what a repeat is known.</summary>
/// <param name="Actor">Who gives the command.</param>
/// <param name="CommandId">Id of the command, written into every fact that follows from it.</param>
/// <param name="OccurredOn">The day it happened on paper, from the office alone; null: today.</param>
/// <param name="OnBehalfOf">For whom the office enters it from paper: a department, or whoever chairs a session.</param>
/// <param name="Texts">Free texts by name, the reason for a late entry (<see cref="LateReason"/>) among them.</param>
/// <param name="IfVersion">Carry it out only if what it changes is at this version.</param>
/// <param name="Key">The client's idempotency key, if one came.</param>
[GenerateSerializer, Immutable, Alias("agency.act")]
public sealed record Act(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string CommandId,
    [property: Id(2)] DateOnly? OccurredOn = null,
    [property: Id(3)] string? OnBehalfOf = null,
    [property: Id(4)] ImmutableSortedDictionary<string, string?>? Texts = null,
    [property: Id(5)] long? IfVersion = null,
    [property: Id(6)] CommandKey? Key = null)
{
    /// <summary>Name of the text that says why an entry is late.</summary>
    public const string LateReason = "lateReason";

    /// <summary>For a fact without free text.</summary>
    public static ImmutableSortedDictionary<string, string?> NoTexts { get; } = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    /// <summary>Name of the text that says why.</summary>
    public const string Reason = "reason";

    public string? Text(string name) => Texts?.GetValueOrDefault(name);

    /// <summary>Whether a text of this name comes with the command, and is none but blanks.</summary>
    public bool Gives(string name) => !string.IsNullOrWhiteSpace(Text(name));
}

/// <summary>A client's idempotency key in its scope, and the hash of the body that it came with; empty: none is kept.</summary>
/// <param name="Passing">No client's, but the service's own, by which it knows what it sends to a silo again: it is kept for minutes, and no first answer with it.</param>
[GenerateSerializer, Immutable, Alias("agency.command-key")]
public sealed record CommandKey([property: Id(0)] string Key, [property: Id(1)] ReadOnlyMemory<byte> BodyHash, [property: Id(2)] bool Passing = false);

/// <summary>When a command is decided.</summary>
/// <param name="Now">The instant that its facts are recorded at: after every fact of the stream.</param>
/// <param name="Today">The day in Asia/Shanghai.</param>
public readonly record struct Moment(DateTimeOffset Now, DateOnly Today);

/// <summary>What a grain answers to a command: a refusal, or the changed thing and its version.</summary>
/// <param name="Refusal">Why nothing was done; null when it was.</param>
/// <param name="Version">The version of what was changed: of the last fact that touched it.</param>
/// <param name="View">What was changed, as it stands afterwards; null when refused.</param>
/// <param name="Replayed">Whether this is the first answer again, to a repeat under the same key.</param>
[GenerateSerializer, Immutable, Alias("agency.answer`1")]
public sealed record Answer<TView>(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] long Version,
    [property: Id(2)] TView? View,
    [property: Id(3)] bool Replayed = false)
    where TView : class;

/// <summary>Codes of the refusals that the machinery itself gives.</summary>
public static class Refusals
{
    /// <summary>The thing is not at the version that the client expects (If-Match).</summary>
    public const string VersionMismatch = "version-mismatch";

    /// <summary>More facts would follow from the command than one commit can hold.</summary>
    public const string TooManyFacts = "too-many-facts";

    /// <summary>The idempotency key was used with another body.</summary>
    public const string KeyReused = "idempotency-key-reused";
}
