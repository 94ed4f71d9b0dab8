using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What can happen in a project's stream: what concerns the project as a whole, and every <see cref="Step"/> of its items.</summary>
[GenerateSerializer, Immutable, Alias("agency.project-fact")]
public abstract record ProjectFact
{
    /// <summary>The facts by their stored names. A name, once written, is for ever.</summary>
    public static FactCodec<ProjectFact> Codec { get; } = new(
        ("registered", typeof(ProjectRegistered)),
        ("details-changed", typeof(DetailsChanged)),
        ("alias-given", typeof(AliasGiven)),
        ("alias-released", typeof(AliasReleased)),
        ("stage-reached", typeof(StageReached)),
        ("completed", typeof(ProjectCompleted)),
        ("submission", typeof(Submission)),
        ("supplement-request", typeof(SupplementRequest)),
        ("supplement", typeof(Supplement)),
        ("acceptance", typeof(Acceptance)),
        ("deemed-acceptance", typeof(DeemedAcceptance)),
        ("hand-in", typeof(HandIn)),
        ("refusal", typeof(ApplicationRefusal)),
        ("suspension", typeof(Suspension)),
        ("resumption", typeof(Resumption)),
        ("extension", typeof(Extension)),
        ("decision", typeof(ItemDecision)),
        ("confirmation", typeof(Confirmation)),
        ("withdrawal", typeof(Withdrawal)));
}

/// <summary>The office registered a major project 重大项目.</summary>
/// <param name="Code">Project code, as written.</param>
/// <param name="FlowVersion">Kept for the project's life.</param>
/// <param name="Answers">Conditions 情形 answered so far.</param>
/// <param name="Authority">Whether the city's or the district's organs handle its items.</param>
/// <param name="ItemAuthorities">Where the office chose otherwise for an item.</param>
[GenerateSerializer, Immutable, Alias("agency.project.registered")]
public sealed record ProjectRegistered(
    [property: Id(0)] string Code,
    [property: Id(1)] string Flow,
    [property: Id(2)] int FlowVersion,
    [property: Id(3)] string District,
    [property: Id(4)] Authority Authority,
    [property: Id(5)] ImmutableSortedDictionary<string, Authority> ItemAuthorities,
    [property: Id(6)] ImmutableSortedDictionary<string, bool> Answers,
    [property: Id(7)] ProjectDetails Details) : ProjectFact
{
    /// <summary>Code of the department that handles an item of this project.</summary>
    internal string DepartmentOf(PlannedItem item, DepartmentCodes departments) =>
        departments.Of(item.Definition.Organ, ItemAuthorities.GetValueOrDefault(item.Code, Authority), District);
}

/// <summary>What describes a project and decides nothing about its items.</summary>
/// <param name="OwnerCreditCode">统一社会信用代码 of the owner.</param>
/// <param name="LeadDepartment">Code of the department whose manager follows the project.</param>
/// <param name="Cluster">Code of data/clusters.json.</param>
/// <param name="Investment">In 10,000 yuan.</param>
/// <param name="PlannedConstructionDays">Natural days from S3's milestone to the works' end; null: as the flow says.</param>
/// <param name="Aliases">Other codes of the same project.</param>
[GenerateSerializer, Immutable, Alias("agency.project.details")]
public sealed record ProjectDetails(
    [property: Id(0)] string Name,
    [property: Id(1)] string OwnerName,
    [property: Id(2)] string OwnerCreditCode,
    [property: Id(3)] string LeadDepartment,
    [property: Id(4)] KeyLevel KeyLevel,
    [property: Id(5)] string? Cluster,
    [property: Id(6)] decimal? Investment,
    [property: Id(7)] int? PlannedConstructionDays,
    [property: Id(8)] ImmutableArray<string> Aliases)
{
    internal bool SameAs(ProjectDetails other) => this with { Aliases = other.Aliases } == other && Aliases.SequenceEqual(other.Aliases);
}

[GenerateSerializer, Immutable, Alias("agency.project.details-changed")]
public sealed record DetailsChanged([property: Id(0)] ProjectDetails Details) : ProjectFact;

/// <summary>In the stream of a code that is no project of its own: it leads to <paramref name="Project"/>.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.alias-given")]
public sealed record AliasGiven([property: Id(0)] string Project) : ProjectFact;

/// <summary>The code leads nowhere again.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.alias-released")]
public sealed record AliasReleased : ProjectFact;

/// <summary>The stage's milestone; its day is the first at whose end the milestone stood (domain 6.7). The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.stage-reached")]
public sealed record StageReached([property: Id(0)] string Stage) : ProjectFact;

/// <summary>All stages and every applicable item are complete (domain 6.8). The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.completed")]
public sealed record ProjectCompleted : ProjectFact;

/// <summary>Why a project is a major one (domain 9).</summary>
public enum KeyLevel
{
    Provincial,
    Municipal,
    Livelihood,
    Encouraged,
    Other,
}
