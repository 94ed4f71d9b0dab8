using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Reviews.Papers;

/// <summary>The papers 会议材料 of a session (domain 11.7).</summary>
public enum PaperKind
{
    /// <summary>汇报稿: before it.</summary>
    Briefing,

    /// <summary>工作通报: after it.</summary>
    Report,

    /// <summary>会议纪要: the record.</summary>
    Minutes,
}

/// <summary>A paper, made from facts alone: the same facts give the same paper. Its sentences are written by the interface, in its languages.</summary>
/// <param name="Title">What the session is called; null once redacted.</param>
/// <param name="Number">Number of the minutes; null until they are issued.</param>
/// <param name="AsOf">When it was made; of minutes, when the last fact that they hold was recorded.</param>
/// <param name="CalendarVersion">The calendar by which its days are counted.</param>
/// <param name="Version">Version of the session.</param>
[GenerateSerializer, Immutable, Alias("agency.review-paper")]
public sealed record Paper(
    [property: Id(0)] PaperKind Kind,
    [property: Id(1)] string Review,
    [property: Id(2)] string? Title,
    [property: Id(3)] string? Number,
    [property: Id(4)] DateTimeOffset AsOf,
    [property: Id(5)] int CalendarVersion,
    [property: Id(6)] long Version,
    [property: Id(7)] ImmutableArray<PaperSection> Sections)
{
    /// <summary>What the projects and persons that sentences name by code and id are called now, under <see cref="NameKey"/>.</summary>
    [Id(8)]
    public ImmutableSortedDictionary<string, string> Names { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>SHA-256, in hexadecimal, over all but the instant at which it was made and what things are called: codes and ids say which they are for good, and so
    /// no name has to be stored a second time, where nobody would redact it.</summary>
    public string ContentHash() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { AsOf = default, Names = ImmutableSortedDictionary<string, string>.Empty }, FactJson.Options)));

    /// <summary>The key of a name.</summary>
    /// <param name="argument">Name of the argument that has the code or id: <c>project</c>, <c>person</c>.</param>
    public static string NameKey(string argument, string value) => $"{argument}.{value}";
}

/// <summary>A section of a paper.</summary>
/// <param name="Code">Which: <c>decisions</c>, <c>progress</c>, <c>problems</c>, …</param>
[GenerateSerializer, Immutable, Alias("agency.paper-section")]
public sealed record PaperSection([property: Id(0)] string Code, [property: Id(1)] ImmutableArray<PaperPoint> Points);

/// <summary>A point of a section.</summary>
/// <param name="Details">What is said of it.</param>
[GenerateSerializer, Immutable, Alias("agency.paper-point")]
public sealed record PaperPoint([property: Id(0)] Sentence Sentence, [property: Id(1)] ImmutableArray<Sentence> Details)
{
    internal static PaperPoint Of(Sentence sentence, params IEnumerable<Sentence> details) => new(sentence, [.. details]);
}

/// <summary>A sentence by its code, and what it names.</summary>
[GenerateSerializer, Immutable, Alias("agency.paper-sentence")]
public sealed record Sentence([property: Id(0)] string Code, [property: Id(1)] ImmutableSortedDictionary<string, string> Arguments)
{
    internal static Sentence Of(string code, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            texts[name] = value switch
            {
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTimeOffset instant => TimeZoneInfo.ConvertTime(instant, ShanghaiTime.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Enum one => FactJson.Name(one),
                IEnumerable<string> several => string.Join(',', several),
                _ => $"{value}",
            };
        }

        return new(code, texts.ToImmutable());
    }
}
