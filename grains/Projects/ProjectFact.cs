using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Coordination;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.Mandates;
using Agency.Problems;
using Agency.Projects.Plans;
using Agency.Ratings;
using Agency.Reviews;
using Agency.Services;
using Agency.Visits;

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
        ("reopened", typeof(ProjectReopened)),
        ("struck", typeof(ItemStruck)),
        ("restored", typeof(ItemRestored)),
        ("added", typeof(ItemAdded)),
        ("limit-lowered", typeof(LimitLowered)),
        ("answered", typeof(ConditionAnswered)),
        ("flow-moved", typeof(FlowMoved)),
        ("work-divided", typeof(WorkDivided)),
        ("work-merged", typeof(WorkMerged)),
        ("paused", typeof(ProjectPaused)),
        ("continued", typeof(ProjectContinued)),
        ("terminated", typeof(ProjectTerminated)),
        ("works-finished", typeof(WorksFinished)),
        ("stage-application", typeof(StageApplied)),
        ("stage-supplement-request", typeof(StageSupplementRequested)),
        ("correction", typeof(Correction)),
        ("text-redacted", typeof(TextRedacted)),
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
        ("withdrawal", typeof(Withdrawal)),
        ("delivery", typeof(Delivery)),
        ("revocation", typeof(Revocation)),
        ("manager-appointed", typeof(ManagerAppointed)),
        ("mandate-requested", typeof(MandateRequested)),
        ("mandate-accepted", typeof(MandateAccepted)),
        ("mandate-refused", typeof(MandateRefused)),
        ("mandate-agreed", typeof(MandateAgreed)),
        ("clerk-appointed", typeof(ClerkAppointed)),
        ("clerk-removed", typeof(ClerkRemoved)),
        ("mandate-completed", typeof(MandateCompleted)),
        ("mandate-revoked", typeof(MandateRevoked)),
        ("mandate-terminated", typeof(MandateTerminated)),
        ("problem-raised", typeof(ProblemRaised)),
        ("problem-risen", typeof(ProblemRisen)),
        ("problem-escalated", typeof(ProblemEscalated)),
        ("countermeasure-taken", typeof(CountermeasureTaken)),
        ("problem-closed", typeof(ProblemClosed)),
        ("visit-made", typeof(VisitMade)),
        ("coordination-requested", typeof(CoordinationRequested)),
        ("coordination-held", typeof(CoordinationHeld)),
        ("follow-up-completed", typeof(FollowUpCompleted)),
        ("service-rated", typeof(ServiceRated)),
        ("rating-case-step", typeof(RatingCaseStep)),
        ("resolution-recorded", typeof(ResolutionRecorded)));
}

/// <summary>The office registered a major project 重大项目.</summary>
/// <param name="Code">Project code, as written.</param>
/// <param name="FlowVersion">The one of the registration's day; kept, unless the office moves the project to another.</param>
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
/// <param name="Voided">A correction has made it untrue.</param>
[GenerateSerializer, Immutable, Alias("agency.project.stage-reached")]
public sealed record StageReached([property: Id(0)] string Stage, [property: Id(1)] bool Voided = false) : ProjectFact;

/// <summary>All stages and every applicable item are complete (domain 6.8). The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.completed")]
public sealed record ProjectCompleted : ProjectFact;

/// <summary>A complete project is complete no longer: what <paramref name="Because"/> names, a fact of the same commit, changed it. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.reopened")]
public sealed record ProjectReopened([property: Id(0)] long Because) : ProjectFact;

/// <summary>缓建: every clock stops, and the owner holds the project (domain 5.9).</summary>
[GenerateSerializer, Immutable, Alias("agency.project.paused")]
public sealed record ProjectPaused([property: Id(0)] string? DocumentNumber) : ProjectFact;

/// <summary>续建: the clocks go on.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.continued")]
public sealed record ProjectContinued([property: Id(0)] string? DocumentNumber) : ProjectFact;

/// <summary>终止: the project is given up, and open rounds are withdrawn by it.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.terminated")]
public sealed record ProjectTerminated([property: Id(0)] string? DocumentNumber) : ProjectFact;

/// <summary>The owner reports the works finished; once per work, after the milestone of S3 in it.</summary>
/// <param name="Work">Number of the work.</param>
/// <param name="FinishedOn">The day the works were finished, not after the report.</param>
[GenerateSerializer, Immutable, Alias("agency.project.works-finished")]
public sealed record WorksFinished([property: Id(0)] int Work, [property: Id(1)] DateOnly FinishedOn) : ProjectFact;

/// <summary>一张表单: several items of a stage applied for as one; their submissions are facts of the same commit.</summary>
/// <param name="Number">Counts the project's stage applications, from 1; the parallel number ends with it.</param>
[GenerateSerializer, Immutable, Alias("agency.project.stage-applied")]
public sealed record StageApplied(
    [property: Id(0)] int Number,
    [property: Id(1)] string Stage,
    [property: Id(2)] ImmutableArray<string> Items,
    [property: Id(3)] ImmutableArray<SubmittedMaterial> Materials) : ProjectFact;

/// <summary>The lead department named, once, what is missing for several items of a stage application; a supplement request of each is a fact of the same commit.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.stage-supplement-requested")]
public sealed record StageSupplementRequested([property: Id(0)] int Number, [property: Id(1)] ImmutableArray<string> Items) : ProjectFact;

/// <summary>更正: an earlier fact happened on another day, or otherwise, or not at all (domain 5.8). It stands at its target's place.</summary>
/// <param name="Sequence">The corrected fact; it can be a correction itself.</param>
/// <param name="OccurredOn">The day it really happened; null: as recorded.</param>
/// <param name="Values">Members of its payload as they should be, as JSON; null: as recorded.</param>
/// <param name="Void">It did not happen.</param>
/// <param name="Terms">Of a corrected acceptance, those of its day as corrected; put in by the service, null in a command.</param>
/// <param name="Supersedes">The system's facts that follow no longer, for good; put in by the service, null in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.project.correction")]
public sealed record Correction(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateOnly? OccurredOn,
    [property: Id(2)] string? Values,
    [property: Id(3)] bool Void,
    [property: Id(4)] Terms? Terms = null,
    [property: Id(5)] ImmutableArray<long>? Supersedes = null) : ProjectFact;

/// <summary>Why a project is a major one (domain 9).</summary>
public enum KeyLevel
{
    Provincial,
    Municipal,
    Livelihood,
    Encouraged,
    Other,
}
