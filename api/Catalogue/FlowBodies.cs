using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Api.Catalogue;

/// <summary>A flow 审批流程类型 as it is put and got.</summary>
public abstract record FlowContent
{
    public required string Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>The first day on which registrations take it.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Limit of the project's approval days, working days, 1 to 120.</summary>
    public required int TotalLimitDays { get; init; }

    /// <summary>Natural days from S3's milestone to the works' end, where a project does not say.</summary>
    public int? PlannedConstructionDays { get; init; }

    /// <summary>S1 to S4, each at most once; their limits add up to the total.</summary>
    public required ImmutableArray<StageDraft> Stages { get; init; }

    /// <summary>The flow's questions; those of the catalogue may be left out.</summary>
    public ImmutableArray<Condition>? Conditions { get; init; }

    /// <summary>The flow's items; what an entry does not say is the catalogue's.</summary>
    public required ImmutableArray<ItemDraft> Items { get; init; }

    /// <summary>The prerequisites of this flow; left out: those of the catalogue.</summary>
    public ImmutableArray<Edge>? Edges { get; init; }

    /// <summary>Prerequisites for which the later item's approval alone waits.</summary>
    public ImmutableArray<Edge>? TolerantEdges { get; init; }

    /// <summary>Items of which at most, or exactly, one applies.</summary>
    public ImmutableArray<ExclusiveGroup>? ExclusiveGroups { get; init; }
}

/// <summary>A flow to be put. What an answer has beside the flow is taken and passed over, so that one can be sent back.</summary>
public sealed record FlowBody : FlowContent
{
    /// <summary>Passed over.</summary>
    public JsonElement? Version { get; init; }

    /// <summary>Passed over.</summary>
    public JsonElement? Warnings { get; init; }

    /// <summary>Passed over.</summary>
    public JsonElement? Simulation { get; init; }

    internal FlowDraft ToDraft() =>
        new(Name, EffectiveFrom, TotalLimitDays, Stages, Items, NameEn, PlannedConstructionDays, Conditions, Edges, TolerantEdges, ExclusiveGroups);
}

/// <summary>A version of a flow.</summary>
public sealed record FlowView : FlowContent
{
    /// <summary>Its number, from 1.</summary>
    [JsonPropertyOrder(1)]
    public required int Version { get; init; }

    /// <summary>What is worth a second look.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<FlowWarning> Warnings { get; init; }

    /// <summary>What the limits come to at worst, in working days.</summary>
    [JsonPropertyOrder(1)]
    public required FlowSimulation Simulation { get; init; }

    internal static FlowView Of(Flow flow, FlowSimulation simulation, RequestLanguage language)
    {
        var draft = FlowMaker.Draft(flow);
        return new()
        {
            Name = draft.Name,
            NameEn = draft.NameEn,
            EffectiveFrom = draft.EffectiveFrom,
            TotalLimitDays = draft.TotalLimitDays,
            PlannedConstructionDays = draft.PlannedConstructionDays,
            Stages = draft.Stages,
            Conditions = draft.Conditions,
            Items = draft.Items,
            Edges = draft.Edges,
            TolerantEdges = draft.TolerantEdges,
            ExclusiveGroups = draft.ExclusiveGroups,
            Version = flow.Version,
            Warnings = [.. FlowMaker.Warnings(flow).Concat(simulation.Warnings(flow)).Select(w => FlowWarning.Of(w, language))],
            Simulation = simulation,
        };
    }
}

/// <summary>What is worth a second look in a flow.</summary>
/// <param name="At">Where, by JSON pointer.</param>
/// <param name="Code">Stable code of the kind of warning.</param>
/// <param name="Detail">The warning, in the language of Accept-Language.</param>
public sealed record FlowWarning(string At, string Code, string Detail)
{
    internal static FlowWarning Of(Fault fault, RequestLanguage language) =>
        new(fault.At, fault.Code, ProblemTable.For(new(fault.Code, fault.Arguments, []), language).Detail);
}
