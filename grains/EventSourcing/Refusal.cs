using System.Collections.Immutable;
using System.Text.Json;

namespace Agency.EventSourcing;

/// <summary>Why a command is not carried out: a stable code, and what its sentence needs. The sentences, and the HTTP status that
/// goes with each code, are texts of the interface (api/Http/Problems).</summary>
/// <param name="Code">Stable, of small letters with hyphens: <c>item-not-ready</c>.</param>
/// <param name="Arguments">What the sentence names: codes, days, limits.</param>
/// <param name="Faults">What is wrong with members of the request, where that is the reason.</param>
[GenerateSerializer, Immutable, Alias("agency.refusal")]
public sealed record Refusal(
    [property: Id(0)] string Code,
    [property: Id(1)] ImmutableDictionary<string, string> Arguments,
    [property: Id(2)] ImmutableArray<Fault> Faults)
{
    public static Refusal Of(string code, params ReadOnlySpan<(string Name, object Value)> arguments) => new(code, Named(arguments), []);

    /// <summary>A refusal for what is wrong with members of the request.</summary>
    public static Refusal Of(string code, IEnumerable<Fault> faults) => new(code, ImmutableDictionary<string, string>.Empty, [.. faults]);

    internal static ImmutableDictionary<string, string> Named(ReadOnlySpan<(string Name, object Value)> arguments)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, value) in arguments)
        {
            texts[name] = value switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", null),
                Enum one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString()),
                _ => $"{value}",
            };
        }

        return texts.ToImmutable();
    }
}

/// <summary>What is wrong with one member of a request.</summary>
/// <param name="At">Where it is, a JSON pointer: <c>/items/3/condition</c>.</param>
/// <param name="Code">Stable, of small letters with hyphens.</param>
/// <param name="Arguments">What its sentence names.</param>
[GenerateSerializer, Immutable, Alias("agency.fault")]
public sealed record Fault([property: Id(0)] string At, [property: Id(1)] string Code, [property: Id(2)] ImmutableDictionary<string, string> Arguments)
{
    public static Fault Of(string at, string code, params ReadOnlySpan<(string Name, object Value)> arguments) => new(at, code, Refusal.Named(arguments));

    /// <summary>Those of some names that were there before.</summary>
    internal static IEnumerable<Fault> Twice<T>(string at, ImmutableArray<T> names)
        where T : notnull => names.Index().Where(n => names.IndexOf(n.Item) < n.Index).Select(n => Of($"{at}/{n.Index}", "named-twice", ("name", n.Item)));
}

/// <summary>The facts that follow from a command (none: it is already so), or why it is refused.</summary>
public readonly record struct Decision<TFact>
    where TFact : class
{
    private Decision(ImmutableArray<Entry<TFact>> facts, Refusal? refusal) => (Facts, Refusal) = (facts, refusal);

    public ImmutableArray<Entry<TFact>> Facts { get; }

    public Refusal? Refusal { get; }

    public static implicit operator Decision<TFact>(Refusal refusal) => new([], refusal);

    public static implicit operator Decision<TFact>(ImmutableArray<Entry<TFact>> facts) => new(facts, null);

    public static implicit operator Decision<TFact>(Entry<TFact> fact) => new([fact], null);
}
