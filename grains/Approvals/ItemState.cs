using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>What an item has been through: the fold of its steps by (day, version).</summary>
/// <param name="Code">The item.</param>
/// <param name="Steps">Its steps in force, in effective order: without the system's acceptance, where something else has taken its place.</param>
/// <param name="Rounds">Its rounds, the last one the current.</param>
/// <param name="LastDay">Day of its last step in force.</param>
public sealed record ItemState(string Code, ImmutableArray<Entry<ProjectFact>> Steps, ImmutableArray<Round> Rounds, DateOnly LastDay)
{
    /// <summary>An item without steps.</summary>
    public static ItemState New(string code) => new(code, [], [], DateOnly.MinValue);

    public Round? Round => Rounds.IsEmpty ? null : Rounds[^1];

    /// <summary>Version of the last fact that touched it; 0 for none.</summary>
    public long Version => Steps.IsEmpty ? 0 : Steps.Max(s => s.Version);

    /// <summary>Since when it counts as approved for dependants and milestones; null while it does not.</summary>
    public DateOnly? ApprovedOn => Round is { RevokedOn: null, ApprovedOn: { } day } ? day : null;

    /// <summary>The first day from <paramref name="day"/> on at whose end it stood approved; null if there is none.</summary>
    public DateOnly? ApprovedFrom(DateOnly day)
    {
        foreach (var round in Rounds)
        {
            if (round.ApprovedOn is not { } approved) continue;
            var from = approved > day ? approved : day;
            if (round.RevokedOn is null || from < round.RevokedOn) return from;
        }

        return null;
    }

    /// <summary>The state with one more step; a step dated before the last one folds the item anew.</summary>
    public ItemState With(Entry<ProjectFact> entry)
    {
        if (Steps.IsEmpty || Order(entry).CompareTo(Order(Steps[^1])) > 0) return Take(entry);
        return Steps.Add(entry).OrderBy(Order).Aggregate(New(Code), (state, step) => state.Take(step));
    }

    /// <summary>The item as it was before the system took silence for acceptance, if that is its last step in force: an answer in
    /// time takes its place (domain 5.2).</summary>
    public ItemState? BeforeDeemedAcceptance() =>
        !Steps.IsEmpty && Steps[^1].Fact is DeemedAcceptance && Round is { AcceptedBySystem: true }
            ? Steps.RemoveAt(Steps.Length - 1).Aggregate(New(Code), (state, step) => state.Take(step))
            : null;

    /// <summary>The place of a step: its day, then as recorded; but what silence was, it was as the day began (domain 5.2).</summary>
    internal static (DateOnly Day, bool Step, long Version) Order(Entry<ProjectFact> entry) => (entry.OccurredOn, entry.Fact is not DeemedAcceptance, entry.Version);

    private ItemState Take(Entry<ProjectFact> entry) =>
        RoundFold.Take(Rounds, entry) is { } rounds ? this with { Steps = Steps.Add(entry), Rounds = rounds, LastDay = entry.OccurredOn } : this;
}
