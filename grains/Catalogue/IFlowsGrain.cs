using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Catalogue;

/// <summary>All flows with all their versions; one grain, its key is <see cref="Key"/>. The flows that come with the service are recorded
/// when it activates, each that is missing or has changed as a new version by the system.</summary>
[Alias("agency.flows"), GrainInterfaceType("agency.flows")]
public interface IFlowsGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "flows";

    /// <summary>Makes a version of the flow; content identical to the newest one makes none and answers that one.</summary>
    /// <returns>The version, its number the answer's version too; or refusal <c>invalid-flow</c> with all that is wrong with the draft.</returns>
    [Alias("put"), ResponseTimeout(LongCall.Patience)]
    Task<Answer<FlowPut>> Put(string code, FlowDraft draft, Act act);

    /// <summary>All flows by code, each with its newest version's name and all its versions.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<FlowListing>> List();

    /// <summary>A version, or the newest one; null if there is none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Flow?> Get(string code, int? version = null);

    /// <summary>The version that a registration on <paramref name="day"/> takes (domain 4.5); null for an unknown flow.</summary>
    [Alias("version-for"), AlwaysInterleave]
    Task<int?> VersionFor(string code, DateOnly day);
}

/// <summary>A version that was put, or that stood already.</summary>
/// <param name="Warnings">Limits above the statutory ones, by place in the draft that <see cref="FlowMaker.Draft(Flow)"/> gives; what a
/// <see cref="FlowSimulation"/> shows is not among them, so that the one grain of all flows does not wait for it.</param>
[GenerateSerializer, Immutable, Alias("agency.flow-put")]
public sealed record FlowPut([property: Id(0)] Flow Flow, [property: Id(1)] ImmutableArray<Fault> Warnings);

/// <summary>A flow in the list.</summary>
/// <param name="Versions">All its versions, oldest first.</param>
[GenerateSerializer, Immutable, Alias("agency.flow-listing")]
public sealed record FlowListing(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string? NameEn,
    [property: Id(3)] ImmutableArray<FlowVersion> Versions);

/// <summary>A version in the list.</summary>
[GenerateSerializer, Immutable, Alias("agency.flow-version")]
public sealed record FlowVersion([property: Id(0)] int Version, [property: Id(1)] DateOnly EffectiveFrom, [property: Id(2)] int TotalLimitDays);
