using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews;

[GrainType("agency.minutes")]
internal sealed class MinutesGrain(IEventStore store, TimeProvider clock, ILogger<MinutesGrain> logger)
    : StreamGrain<MinutesFact, ImmutableDictionary<string, int>>(store, clock, logger), IMinutesGrain
{
    protected override StreamId Stream => new(MinutesFact.StreamKind, this.GetPrimaryKeyLong().ToString(CultureInfo.InvariantCulture));

    protected override StreamFold<MinutesFact, ImmutableDictionary<string, int>> Fold => MinutesFact.Fold;

    public async Task<int> Number(string review, Act act)
    {
        var taken = await Execute(
            new Act(Actor.System, act.CommandId),
            (numbers, moment) => numbers.ContainsKey(review) ? ImmutableArray<Entry<MinutesFact>>.Empty : Entry(review, numbers, act.CommandId, moment),
            numbers => (new Taken(numbers[review]), numbers.Count));
        return taken.View!.Number;
    }

    private static ImmutableArray<Entry<MinutesFact>> Entry(string review, ImmutableDictionary<string, int> numbers, string commandId, Moment moment) =>
        [new(numbers.Count + 1, new MinutesNumbered(review, numbers.Count + 1), moment.Now, moment.Today, Actor.System, null, commandId, null, Act.NoTexts)];

    private sealed record Taken(int Number);
}

/// <summary>What can happen to a year's numbers of minutes.</summary>
internal abstract record MinutesFact
{
    /// <summary>The kind of the streams, one a year.</summary>
    public const string StreamKind = "minutes";

    /// <summary>The facts by their stored names. A name, once written, is for ever.</summary>
    public static FactCodec<MinutesFact> Codec { get; } = new(("minutes-numbered", typeof(MinutesNumbered)));

    /// <summary>The numbers by session.</summary>
    public static StreamFold<MinutesFact, ImmutableDictionary<string, int>> Fold { get; } = new(
        StreamKind,
        Codec,
        ImmutableDictionary.Create<string, int>(StringComparer.Ordinal),
        (numbers, entries) => numbers.SetItems(entries.Select(e => e.Fact).OfType<MinutesNumbered>().Select(f => KeyValuePair.Create(f.Review, f.Number))),
        numbers => JsonSerializer.SerializeToUtf8Bytes(numbers.Count, FactJson.Options));
}

/// <summary>A session's minutes have a number.</summary>
internal sealed record MinutesNumbered(string Review, int Number) : MinutesFact;
