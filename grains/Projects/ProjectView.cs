using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Clocks;
using Agency.Departments;
using Agency.Ledgers;
using Agency.Managers;
using Agency.Mandates;
using Agency.People;
using Agency.Problems;

namespace Agency.Projects;

public enum ProjectStatus
{
    Active,

    /// <summary>缓建: every clock stands.</summary>
    Paused,
    Completed,

    /// <summary>终止: given up.</summary>
    Terminated,
}

public enum StageStatus
{
    /// <summary>None of its items applies.</summary>
    NotApplicable,
    NotStarted,
    Open,

    /// <summary>Its milestone stands; other items of it may be open.</summary>
    Reached,

    /// <summary>Every applicable item of it is approved.</summary>
    Complete,
}

/// <summary>A project as clients see it (api.md).</summary>
/// <param name="Version">Version of its stream.</param>
/// <param name="CurrentStage">The first stage not reached; null when all are.</param>
/// <param name="Light">The worst of its running counted items, open stages and total.</param>
/// <param name="Clock">Approval days 审批用时 against the total limit.</param>
/// <param name="SpanDays">Calendar days 跨度用时 from the first submission to the last decision, or today.</param>
/// <param name="NextActions">Who has to do what by when, the most urgent first.</param>
/// <param name="BackFilled">How many of its entries were recorded late 补录.</param>
/// <param name="Manager">Its manager, or its last one once it is completed or terminated.</param>
/// <param name="Mandate">The mandate that has not ended.</param>
[GenerateSerializer, Immutable, Alias("agency.project-view")]
public sealed record ProjectView(
    [property: Id(0)] string Code,
    [property: Id(1)] ImmutableArray<string> Aliases,
    [property: Id(2)] string Name,
    [property: Id(3)] string Flow,
    [property: Id(4)] int FlowVersion,
    [property: Id(5)] string OwnerName,
    [property: Id(6)] string OwnerCreditCode,
    [property: Id(7)] string District,
    [property: Id(8)] Authority Authority,
    [property: Id(9)] string LeadDepartment,
    [property: Id(10)] KeyLevel KeyLevel,
    [property: Id(11)] string? Cluster,
    [property: Id(12)] decimal? Investment,
    [property: Id(13)] int? PlannedConstructionDays,
    [property: Id(14)] ProjectStatus State,
    [property: Id(15)] long Version,
    [property: Id(16)] DateOnly RegisteredOn,
    [property: Id(17)] DateOnly? CompletedOn,
    [property: Id(18)] string? CurrentStage,
    [property: Id(19)] Light Light,
    [property: Id(20)] Clock Clock,
    [property: Id(21)] int? SpanDays,
    [property: Id(22)] ImmutableArray<StageView> Stages,
    [property: Id(23)] ItemCounts Items,
    [property: Id(24)] ImmutableArray<NextAction> NextActions,
    [property: Id(25)] ImmutableArray<WorkView> Works,
    [property: Id(26)] ImmutableArray<StageApplicationView> Applications,
    [property: Id(27)] ImmutableArray<ExpiringResult> Expiring,
    [property: Id(28)] DateOnly? PausedSince,
    [property: Id(29)] DateOnly? TerminatedOn,
    [property: Id(30)] BackFilledShare BackFilled,
    [property: Id(31)] ProjectManager? Manager,
    [property: Id(32)] ProjectMandate? Mandate)
{
    /// <summary>How many of its problems are open, and at which level.</summary>
    [Id(33)]
    public ProblemCounts Problems { get; init; }
}

/// <summary>A work 工程 of the project.</summary>
/// <param name="PermittedOn">The day S3's milestone was reached in it.</param>
/// <param name="FinishedOn">The day the owner reported it finished; from then on it is no longer construction that its S4 items wait for.</param>
[GenerateSerializer, Immutable, Alias("agency.work-view")]
public sealed record WorkView([property: Id(0)] int Number, [property: Id(1)] string? Name, [property: Id(2)] DateOnly? PermittedOn, [property: Id(3)] DateOnly? FinishedOn);

/// <summary>Several items applied for as one.</summary>
/// <param name="ParallelNumber">并联审批编号: project, stage and number.</param>
[GenerateSerializer, Immutable, Alias("agency.stage-application-view")]
public sealed record StageApplicationView(
    [property: Id(0)] int Number,
    [property: Id(1)] string ParallelNumber,
    [property: Id(2)] string Stage,
    [property: Id(3)] DateOnly SubmittedOn,
    [property: Id(4)] ImmutableArray<string> Items,
    [property: Id(5)] ImmutableArray<SubmittedMaterial> Materials,
    [property: Id(6)] bool SupplementRequested);

/// <summary>A result that ceases to be valid, the next one first.</summary>
[GenerateSerializer, Immutable, Alias("agency.expiring-result")]
public sealed record ExpiringResult([property: Id(0)] string Item, [property: Id(1)] DateOnly ValidUntil, [property: Id(2)] string? DocumentNumber);

[GenerateSerializer, Immutable, Alias("agency.stage-view")]
public sealed record StageView(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string? NameEn,
    [property: Id(3)] string LeadDepartment,
    [property: Id(4)] StageStatus State,
    [property: Id(5)] DateOnly? StartedOn,
    [property: Id(6)] DateOnly? ReachedOn,
    [property: Id(7)] DateOnly? CompletedOn,
    [property: Id(8)] Clock Clock);

/// <summary>How many items apply, are under way, are approved, and wait for an answer to their condition.</summary>
[GenerateSerializer, Immutable, Alias("agency.item-counts")]
public sealed record ItemCounts(
    [property: Id(0)] int Applicable,
    [property: Id(1)] int UnderWay,
    [property: Id(2)] int Approved,
    [property: Id(3)] int Undetermined);

/// <summary>What is to be done next.</summary>
/// <param name="Item">The item that it is about; null where it is about none.</param>
/// <param name="Who">Who is to do it, or to record it where whose step it is does not come here itself.</param>
/// <param name="Department">Code of the department whose step it is.</param>
/// <param name="By">The last day in time; null where none is set.</param>
/// <param name="Subject">Id of what else it is about: of a problem or a follow-up.</param>
[GenerateSerializer, Immutable, Alias("agency.next-action")]
public sealed record NextAction(
    [property: Id(0)] string? Item,
    [property: Id(1)] Role Who,
    [property: Id(2)] string? Department,
    [property: Id(3)] ActionKind What,
    [property: Id(4)] DateOnly? By,
    [property: Id(5)] string? Subject = null);

public enum ActionKind
{
    Answer,
    Submit,
    Supplement,
    Accept,
    Decide,
    Resume,
    HandIn,
    Confirm,
    Deliver,
    ReportFinished,

    /// <summary>The project has no manager.</summary>
    AppointManager,
    AnswerMandate,
    SignAgreement,
    AppointClerk,
    SolveProblem,
    Visit,
    FollowUp,
    CloseCase,
}

/// <summary>A project's items and the answers that decide which apply.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan-view")]
public sealed record PlanView(
    [property: Id(0)] long Version,
    [property: Id(1)] string Flow,
    [property: Id(2)] int FlowVersion,
    [property: Id(3)] ImmutableArray<AnswerView> Conditions,
    [property: Id(4)] ImmutableArray<ItemView> Items);

/// <summary>A condition 情形 of the plan and its answer; null while unanswered.</summary>
[GenerateSerializer, Immutable, Alias("agency.answer-view")]
public sealed record AnswerView([property: Id(0)] string Code, [property: Id(1)] string Question, [property: Id(2)] bool? Answer);
