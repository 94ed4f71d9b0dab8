using System.Collections.Immutable;
using Agency.Clocks;

namespace Agency.Portfolio;

/// <summary>Which deadlines differ between two versions of the calendar.</summary>
/// <param name="From">The one version, one that there is.</param>
/// <param name="To">The other.</param>
/// <param name="After">The last one seen; null: from the start.</param>
/// <param name="Limit">The most to answer.</param>
[GenerateSerializer, Immutable, Alias("agency.impact-query")]
public sealed record ImpactQuery([property: Id(0)] int From, [property: Id(1)] int To, [property: Id(2)] DeadlinePlace? After, [property: Id(3)] int Limit);

/// <summary>Whose deadline it is; they are in this order.</summary>
[GenerateSerializer, Immutable, Alias("agency.deadline-place")]
public sealed record DeadlinePlace([property: Id(0)] string Project, [property: Id(1)] ClockScope Scope, [property: Id(2)] string Code)
{
    internal static Comparer<DeadlinePlace> Order { get; } = Comparer<DeadlinePlace>.Create((a, b) =>
        string.CompareOrdinal(a.Project, b.Project) is var project && project != 0 ? project
        : a.Scope != b.Scope ? a.Scope.CompareTo(b.Scope)
        : string.CompareOrdinal(a.Code, b.Code));
}

/// <summary>The deadline of a running clock that differs between two versions of the calendar.</summary>
/// <param name="Department">Code of the item's department; null for a stage's or the total's.</param>
/// <param name="DueFrom">The last day in time by the one version.</param>
/// <param name="DueTo">The last day in time by the other.</param>
[GenerateSerializer, Immutable, Alias("agency.moved-deadline")]
public sealed record MovedDeadline(
    [property: Id(0)] DeadlinePlace Of,
    [property: Id(1)] string Name,
    [property: Id(2)] string? Department,
    [property: Id(3)] DateOnly DueFrom,
    [property: Id(4)] DateOnly DueTo);

/// <summary>Some of the deadlines that differ, in order.</summary>
/// <param name="Total">How many differ in all.</param>
/// <param name="HasMore">Whether there are more behind these.</param>
[GenerateSerializer, Immutable, Alias("agency.impact-page")]
public sealed record ImpactPage([property: Id(0)] ImmutableArray<MovedDeadline> Items, [property: Id(1)] int Total, [property: Id(2)] bool HasMore)
{
    /// <summary>The first <paramref name="limit"/> of those that several found.</summary>
    internal static ImpactPage First(IReadOnlyCollection<ImpactPage> shards, int limit)
    {
        MovedDeadline[] all = [.. shards.SelectMany(s => s.Items).OrderBy(d => d.Of, DeadlinePlace.Order)];
        return new([.. all.Take(limit)], shards.Sum(s => s.Total), all.Length > limit || shards.Any(s => s.HasMore));
    }
}
