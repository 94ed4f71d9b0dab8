using System.Text.RegularExpressions;

namespace Agency.EventSourcing;

/// <summary>Names one stream of facts, written <c>kind-id</c>: <c>project-2026-511302-47-01-000123</c>.</summary>
/// <remarks>The kind is of small letters; the id has none of <c>/ \ # ? !</c>, no control characters and at most 200 characters,
/// so that every store can use it in a key.</remarks>
[GenerateSerializer, Immutable, Alias("agency.stream-id")]
public readonly partial record struct StreamId
{
    public StreamId(string kind, string id)
    {
        if (!ValidKind().IsMatch(kind) || !ValidId().IsMatch(id))
            throw new ArgumentException($"'{kind}-{id}' is no stream id.");
        (Kind, Id) = (kind, id);
    }

    [Id(0)]
    public string Kind { get; }

    [Id(1)]
    public string Id { get; }

    /// <summary>The stream of this name; null if it is none's.</summary>
    public static StreamId? Parse(string name) =>
        name.Split('-', 2) is [var kind, var id] && ValidKind().IsMatch(kind) && ValidId().IsMatch(id) ? new(kind, id) : null;

    public override string ToString() => $"{Kind}-{Id}";

    [GeneratedRegex(@"^[a-z]{1,30}\z")]
    private static partial Regex ValidKind();

    [GeneratedRegex(@"^[^/\\#?!\p{Cc}]{1,200}\z")]
    private static partial Regex ValidId();
}
