using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Services;

namespace Agency.Coordination;

/// <summary>A coordination: asked for, held, or both.</summary>
/// <param name="RequestedOn">Null if nobody asked for it.</param>
/// <param name="HeldOn">Null while it was not held.</param>
/// <param name="Day">The day that the owner would like; null once it was held.</param>
/// <param name="Place">Null if not said, and once redacted.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="LastDay">Day of that fact.</param>
public sealed record CoordinationState(
    string Id,
    CoordinationKind Kind,
    DateOnly? RequestedOn,
    DateOnly? HeldOn,
    DateOnly? Day,
    string? Place,
    ImmutableArray<string> Departments,
    string? Topic,
    string? Conclusions,
    ImmutableArray<FollowUpState> FollowUps,
    long Version,
    DateOnly LastDay)
{
    internal static CoordinationState Of(CoordinationRequested f, Entry<ProjectFact> entry) =>
        new(f.Coordination, f.Kind, entry.OccurredOn, null, f.Day, null, f.Departments, entry.Texts.GetValueOrDefault(CoordinationFact.Topic), null, [], entry.Version, entry.OccurredOn);

    internal static CoordinationState Of(CoordinationHeld f, CoordinationState? request, Entry<ProjectFact> entry) => new(
        f.Coordination,
        f.Kind,
        request?.RequestedOn,
        f.Day ?? entry.OccurredOn,
        null,
        f.Place ?? entry.Texts.GetValueOrDefault(CoordinationFact.PlaceText),
        f.Departments,
        entry.Texts.GetValueOrDefault(CoordinationFact.Topic) ?? request?.Topic,
        entry.Texts.GetValueOrDefault(CoordinationFact.Conclusions),
        FollowUpState.Of(f.FollowUps, CoordinationFact.Action, entry),
        entry.Version,
        entry.OccurredOn);
}

/// <summary>The coordination of a project, in the order in which it was recorded.</summary>
public sealed record CoordinationBook(ImmutableArray<CoordinationState> All)
{
    public static CoordinationBook None { get; } = new([]);

    /// <summary>Version of the last fact that touched one; 0 for none.</summary>
    public long Version => All.IsEmpty ? 0 : All.Max(c => c.Version);

    /// <summary>The id of the next one.</summary>
    public string NextId => $"C{All.Length + 1}";

    public CoordinationState? Find(string id) => All.FirstOrDefault(c => c.Id == id);

    internal CoordinationBook With(CoordinationFact fact, Entry<ProjectFact> entry) => fact switch
    {
        CoordinationRequested f => new(All.Add(CoordinationState.Of(f, entry))),
        CoordinationHeld f when Find(f.Coordination) is { } request => new(All.Replace(request, CoordinationState.Of(f, request, entry))),
        CoordinationHeld f => new(All.Add(CoordinationState.Of(f, null, entry))),
        _ => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };

    internal CoordinationBook With(FollowUpCompleted fact, Entry<ProjectFact> entry) => new([.. All.Select(c => c.Id == fact.Of
        ? c with { FollowUps = FollowUpState.Completed(c.FollowUps, fact, entry.OccurredOn), Version = entry.Version, LastDay = entry.OccurredOn }
        : c)]);
}
