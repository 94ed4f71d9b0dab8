using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Services;

namespace Agency.Visits;

/// <summary>A visit and what became of its follow-ups.</summary>
/// <param name="Place">Null if not said, and once redacted.</param>
/// <param name="VisitedBy">Opaque id of who recorded it.</param>
/// <param name="Findings">Null once redacted.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="LastDay">Day of that fact.</param>
public sealed record Visit(string Id, DateOnly VisitedOn, string? Place, string VisitedBy, string? Findings, ImmutableArray<FollowUpState> FollowUps, long Version, DateOnly LastDay)
{
    internal static Visit Of(VisitMade fact, Entry<ProjectFact> entry) => new(
        fact.Visit,
        fact.VisitedOn ?? entry.OccurredOn,
        fact.Place ?? entry.Texts.GetValueOrDefault(VisitMade.PlaceText),
        entry.Actor.Id,
        entry.Texts.GetValueOrDefault(VisitMade.Findings),
        FollowUpState.Of(fact.FollowUps, VisitMade.What, entry),
        entry.Version,
        entry.OccurredOn);
}

/// <summary>The visits to a project, in the order in which they were recorded.</summary>
public sealed record VisitBook(ImmutableArray<Visit> All)
{
    public static VisitBook None { get; } = new([]);

    /// <summary>Version of the last fact that touched one; 0 for none.</summary>
    public long Version => All.IsEmpty ? 0 : All.Max(v => v.Version);

    /// <summary>The id of the next one.</summary>
    public string NextId => $"V{All.Length + 1}";

    public Visit? Find(string id) => All.FirstOrDefault(v => v.Id == id);

    internal VisitBook With(VisitMade fact, Entry<ProjectFact> entry) => new(All.Add(Visit.Of(fact, entry)));

    internal VisitBook With(FollowUpCompleted fact, Entry<ProjectFact> entry) => new([.. All.Select(v => v.Id == fact.Of
        ? v with { FollowUps = FollowUpState.Completed(v.FollowUps, fact, entry.OccurredOn), Version = entry.Version, LastDay = entry.OccurredOn }
        : v)]);
}
