using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>What a series' stream has come to.</summary>
internal sealed record ReviewSeries : IRecord<SeriesFact>
{
    public static ReviewSeries None { get; } = new();

    // Series are a few: lists ask each.
    public static StreamFold<SeriesFact, ReviewSeries> Fold { get; } = new(
        SeriesFact.StreamKind, SeriesFact.Codec, None, (state, entries) => state.With(entries), _ => "{}"u8.ToArray());

    /// <summary>All facts.</summary>
    public ImmutableArray<Entry<SeriesFact>> Entries { get; private init; } = [];

    /// <summary>Of the last fact.</summary>
    public long Version { get; private init; }

    /// <summary>Of the last fact that says what the series is: making its sessions does not change it.</summary>
    public long ChangedAt { get; private init; }

    /// <summary>Null while there is no such series.</summary>
    public SeriesPlan? Plan { get; private init; }

    /// <summary>Null once redacted.</summary>
    public string? Title { get; private init; }

    /// <summary>The day on which it was ended; null while it goes on.</summary>
    public DateOnly? EndedOn { get; private init; }

    /// <summary>The sessions that it has, by their days in the rule.</summary>
    public ImmutableSortedDictionary<DateOnly, PlannedSession> Sessions { get; private init; } = ImmutableSortedDictionary<DateOnly, PlannedSession>.Empty;

    /// <summary>What the series last said of those sessions beside their time.</summary>
    public ImmutableSortedDictionary<DateOnly, SessionSetting> Said { get; private init; } = ImmutableSortedDictionary<DateOnly, SessionSetting>.Empty;

    /// <summary>What it says of them now.</summary>
    public SessionSetting Setting => new(Plan!.Place, Plan.Chair, Plan.Recorder, Title);

    /// <summary>How many sessions were dropped, by their days in the rule.</summary>
    public ImmutableSortedDictionary<DateOnly, int> Dropped { get; private init; } = ImmutableSortedDictionary<DateOnly, int>.Empty;

    /// <summary>The id that the next session for a day of the rule has: the same for whoever makes it, and another one once a session for that day was dropped,
    /// for a cancelled session does not come back.</summary>
    public string SessionOf(string id, DateOnly occurrence) =>
        $"{id}-{occurrence:yyyyMMdd}{(Dropped.GetValueOrDefault(occurrence) is > 0 and var before ? $"v{before + 1}" : "")}";

    public ReviewSeries With(params IReadOnlyList<Entry<SeriesFact>> entries) => Redactions.Fold(this, None, entries, (s, e) => s.With(e)) is var (all, state) ? state with { Entries = all } : this;

    private ReviewSeries With(Entry<SeriesFact> entry)
    {
        var next = entry.Fact switch
        {
            SeriesFact.Made f => this with { Plan = f.Plan with { Place = entry.Texts.GetValueOrDefault(SeriesFact.Place) }, Title = entry.Texts.GetValueOrDefault(SeriesFact.Title), ChangedAt = entry.Version },
            SeriesFact.Changed f => this with
            {
                Plan = f.Plan with { Place = f.Relocates ? entry.Texts.GetValueOrDefault(SeriesFact.Place) : Plan!.Place },
                Title = entry.Texts.TryGetValue(SeriesFact.Title, out var title) ? title : Title,
                ChangedAt = entry.Version,
            },
            SeriesFact.Ended => this with { EndedOn = entry.OccurredOn, ChangedAt = entry.Version },
            SeriesFact.SessionsPlanned f => this with { Sessions = Sessions.SetItems(f.Sessions.Select(s => KeyValuePair.Create(s.Occurrence, s))), Said = SaidOf(f.Sessions.Select(s => s.Occurrence)) },
            SeriesFact.SessionsMade f => this with { Said = SaidOf(f.Occurrences) },
            SeriesFact.SessionsDropped f => this with
            {
                Sessions = Sessions.RemoveRange(f.Occurrences),
                Said = Said.RemoveRange(f.Occurrences),
                Dropped = Dropped.SetItems(f.Occurrences.Select(o => KeyValuePair.Create(o, Dropped.GetValueOrDefault(o) + 1))),
            },
            SeriesFact.TextRedacted => this,
            var fact => throw new NotSupportedException($"{fact.GetType().Name} is no fact of a series."),
        };
        return next with { Version = entry.Version };
    }

    private ImmutableSortedDictionary<DateOnly, SessionSetting> SaidOf(IEnumerable<DateOnly> occurrences) => Said.SetItems(occurrences.Select(o => KeyValuePair.Create(o, Setting)));
}

/// <summary>Where and by whom sessions of a series are held, and what they are called.</summary>
/// <param name="Place">Null where there is none, and once redacted.</param>
/// <param name="Title">Null once redacted.</param>
internal sealed record SessionSetting(string? Place, string? Chair, string? Recorder, string? Title)
{
    public static SessionSetting Of(ReviewPlan plan, string? title) => new(plan.Place, plan.Chair, plan.Recorder, title);

    /// <summary>This, in what the office has not made otherwise by hand, as the series says it now.</summary>
    /// <param name="said">What the series said before.</param>
    /// <param name="now">What it says now.</param>
    public SessionSetting Following(SessionSetting said, SessionSetting now)
    {
        return new(One(Place, said.Place, now.Place), One(Chair, said.Chair, now.Chair), One(Recorder, said.Recorder, now.Recorder), now.Title is null ? Title : One(Title, said.Title, now.Title));

        static string? One(string? standing, string? said, string? now) => standing == said ? now : standing;
    }
}
