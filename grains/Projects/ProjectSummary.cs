using System.Text.Json;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What the store keeps beside a project's stream, to list it by without folding it.</summary>
/// <param name="Format">Number of this shape; a summary of another is made anew from the stream.</param>
/// <param name="AliasOf">Set where the stream is that of an alias and no project.</param>
/// <param name="CurrentStage">The first stage not reached; null when all are.</param>
[GenerateSerializer, Immutable, Alias("agency.project-summary")]
public sealed record ProjectSummary(
    [property: Id(0)] int Format,
    [property: Id(1)] string Code,
    [property: Id(2)] string? AliasOf,
    [property: Id(3)] string? Name,
    [property: Id(4)] string? OwnerName,
    [property: Id(5)] string? OwnerCreditCode,
    [property: Id(6)] string? District,
    [property: Id(7)] string? Flow,
    [property: Id(8)] KeyLevel? KeyLevel,
    [property: Id(9)] string? Cluster,
    [property: Id(10)] string? LeadDepartment,
    [property: Id(11)] ProjectStatus State,
    [property: Id(12)] string? CurrentStage,
    [property: Id(13)] DateOnly? RegisteredOn,
    [property: Id(14)] DateOnly? CompletedOn)
{
    public const int CurrentFormat = 1;

    public static ReadOnlyMemory<byte> Write(ProjectSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, FactJson.Options);

    public static ProjectSummary Read(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize<ProjectSummary>(bytes.Span, FactJson.Options) ?? throw new JsonException("An empty summary.");

    internal static ProjectSummary Of(string code, ProjectState state, FlowPlan? plan)
    {
        var details = state.Details;
        return new(
            CurrentFormat,
            code,
            state.AliasOf,
            details?.Name,
            details?.OwnerName,
            details?.OwnerCreditCode,
            state.Registration?.District,
            state.Registration?.Flow,
            details?.KeyLevel,
            details?.Cluster,
            details?.LeadDepartment,
            state.Status,
            plan is null ? null : Milestones.Current(plan, state)?.Code,
            state.Registration is null ? null : state.RegisteredOn,
            state.CompletedOn);
    }
}
