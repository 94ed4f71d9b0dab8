using System.Collections.Immutable;
using Agency.Clocks;
using Agency.People;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Worklists;

/// <summary>What people and departments have to do next, over all their projects. Any activation answers the same.</summary>
[Alias("agency.worklists"), GrainInterfaceType("agency.worklists")]
public interface IWorklistGrain : IGrainWithIntegerKey
{
    /// <summary>The worklist of <paramref name="worker"/> today.</summary>
    /// <param name="since">Also what was recorded after this instant; null: no changes.</param>
    [Alias("of"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<Worklist> Of(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken = default);
}

/// <summary>Whose worklist it is.</summary>
/// <param name="Id">Id of an agent, or code of a department.</param>
[GenerateSerializer, Immutable, Alias("agency.worker")]
public readonly record struct Worker([property: Id(0)] WorkerKind Kind, [property: Id(1)] string Id);

public enum WorkerKind
{
    Department,
    Agent,
}

/// <summary>What is to be done, the most urgent first, and what has changed.</summary>
/// <param name="AsOf">The day that it is for.</param>
/// <param name="Changes">What was recorded since the instant asked for, oldest first; of more than <see cref="MostChanges"/> the newest.</param>
/// <param name="Unread">Codes of the worker's projects that could not be read now, in order: what is to be done in them is not told.</param>
[GenerateSerializer, Immutable, Alias("agency.worklist")]
public sealed record Worklist(
    [property: Id(0)] DateOnly AsOf,
    [property: Id(1)] ImmutableArray<Duty> Duties,
    [property: Id(2)] ImmutableArray<Change> Changes,
    [property: Id(3)] ImmutableArray<string> Unread)
{
    /// <summary>The most changes that are told.</summary>
    public const int MostChanges = 200;
}

/// <summary>One thing to be done.</summary>
/// <param name="Project">Code of the project.</param>
/// <param name="OwnerName">For whom it is done: the project's owner 建设单位.</param>
/// <param name="ItemName">Name of the item; null where it is about none.</param>
/// <param name="StandingIn">The agent on leave whose duty it is; null: the worker's own.</param>
/// <param name="DaysLeft">Working days after today up to the last day in time, so 0 on that day; negative by the working days past it; null where none is set.</param>
/// <param name="Light">Red once that day has passed, yellow when it is near, green; grey where none is set.</param>
[GenerateSerializer, Immutable, Alias("agency.duty")]
public sealed record Duty(
    [property: Id(0)] string Project,
    [property: Id(1)] string ProjectName,
    [property: Id(2)] string OwnerName,
    [property: Id(3)] NextAction Action,
    [property: Id(4)] string? ItemName,
    [property: Id(5)] string? StandingIn,
    [property: Id(6)] int? DaysLeft,
    [property: Id(7)] Light Light);

/// <summary>Something that was recorded.</summary>
/// <param name="Item">The item that it is about; null where it is about none.</param>
[GenerateSerializer, Immutable, Alias("agency.change")]
public sealed record Change(
    [property: Id(0)] string Project,
    [property: Id(1)] string ProjectName,
    [property: Id(2)] long Sequence,
    [property: Id(3)] string Type,
    [property: Id(4)] string? Item,
    [property: Id(5)] DateTimeOffset RecordedAt,
    [property: Id(6)] DateOnly OccurredOn,
    [property: Id(7)] string Actor,
    [property: Id(8)] Role Role);

/// <summary>What one project adds to a worklist.</summary>
[GenerateSerializer, Immutable, Alias("agency.project-duties")]
public sealed record ProjectDuties([property: Id(0)] ImmutableArray<Duty> Duties, [property: Id(1)] ImmutableArray<Change> Changes)
{
    /// <summary>The same, as duties of an agent on leave.</summary>
    internal ProjectDuties StandingIn(string agent) => this with { Duties = [.. Duties.Select(d => d with { StandingIn = agent })] };
}
