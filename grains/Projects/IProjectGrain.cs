using System.Collections.Immutable;
using Agency.Agents;
using Agency.Approvals;
using Agency.Coordination;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.Ledgers;
using Agency.Managers;
using Agency.Mandates;
using Agency.People;
using Agency.Problems;
using Agency.Progress;
using Agency.Projects.Plans;
using Agency.Ratings;
using Agency.Reviews;
using Agency.Services;
using Agency.Visits;
using Agency.Worklists;
using Orleans.Concurrency;

namespace Agency.Projects;

/// <summary>One major project 重大项目 with all its items. Key: its project code; whoever has a code that may be an alias asks first where it leads (<see cref="LeadsTo"/>).</summary>
/// <remarks>Queries answer null for what does not exist and for what the actor may not see: there is no difference to be told.</remarks>
[Alias("agency.project"), GrainInterfaceType("agency.project")]
public interface IProjectGrain : IRecordGrain
{
    /// <summary>The project that this code is only another one of; null if it is none, and then the other methods are for it.</summary>
    [Alias("leads-to"), AlwaysInterleave]
    Task<string?> LeadsTo();

    /// <summary>Registers the project.</summary>
    [Alias("register")]
    Task<Answer<ProjectView>> Register(RegisterProject command, Act act);

    /// <summary>Changes what describes the project.</summary>
    [Alias("change-details")]
    Task<Answer<ProjectView>> ChangeDetails(ProjectPatch patch, Act act);

    /// <summary>Takes a step of an item (domain 5).</summary>
    [Alias("take-step")]
    Task<Answer<ItemView>> TakeStep(Step step, Act act);

    /// <summary>Changes the project's plan: items, limits, answers, flow, works (domain 4.2, 4.4).</summary>
    [Alias("change-plan")]
    Task<Answer<PlanView>> ChangePlan(PlanChange change, Act act);

    /// <summary>Pauses, continues or terminates the project, or reports works finished (domain 5.9, 7).</summary>
    [Alias("change-standstill")]
    Task<Answer<ProjectView>> ChangeStandstill(ProjectFact change, Act act);

    /// <summary>Applies for several items of a stage as one (domain 5.6).</summary>
    [Alias("apply-for-stage")]
    Task<Answer<StageApplicationView>> ApplyForStage(ApplyForStage command, Act act);

    /// <summary>The lead department names, once, what is missing of a stage application.</summary>
    [Alias("request-stage-supplement")]
    Task<Answer<StageApplicationView>> RequestStageSupplement(RequestStageSupplement command, Act act);

    /// <summary>Corrects earlier facts, all in one act (domain 5.8).</summary>
    [Alias("correct")]
    Task<Answer<ProjectView>> Correct(ImmutableArray<Correction> corrections, Act act);

    /// <summary>Raises a problem, takes it higher, records what is done about it, or closes it (domain 10).</summary>
    [Alias("solve")]
    Task<Answer<ProblemView>> Solve(ProblemFact command, Act act);

    /// <summary>Records a visit: a <see cref="VisitMade"/>, or a <see cref="FollowUpCompleted"/> of one.</summary>
    [Alias("visit")]
    Task<Answer<VisitView>> Visit(ServiceFact command, Act act);

    /// <summary>Asks for or records a coordination: a <see cref="CoordinationFact"/>, or a <see cref="FollowUpCompleted"/> of one.</summary>
    [Alias("coordinate")]
    Task<Answer<CoordinationView>> Coordinate(ServiceFact command, Act act);

    /// <summary>Rates a finished service, or takes a step of the case that a bad rating opens (domain 9).</summary>
    [Alias("rate")]
    Task<Answer<RatingView>> Rate(RatingFact command, Act act);

    /// <summary>Makes this code lead to <paramref name="project"/>; a refusal if it is a project or leads to another.</summary>
    /// <remarks>Taken while the code's grain waits for another's answer: two projects can ask for each other's codes at once.</remarks>
    [Alias("give-alias"), AlwaysInterleave]
    Task<Refusal?> GiveAlias(string project, Act act);

    /// <summary>Makes this code lead nowhere again, if it leads to <paramref name="project"/>.</summary>
    [Alias("release-alias"), AlwaysInterleave]
    Task ReleaseAlias(string project, Act act);

    /// <summary>Records the copy of a resolution that concerns the project, once for each version of its session; a refusal if there is no such project.</summary>
    [Alias("record-resolution")]
    Task<Refusal?> RecordResolution(ResolutionRecorded copy, Act act);

    /// <summary>Gives the project its manager, in place of another if it has one (domain 9).</summary>
    /// <param name="agent">Id of the person; null stores nothing and is refused with whom to name.</param>
    [Alias("appoint-manager")]
    Task<Answer<ManagerView>> AppointManager(string? agent, Act act);

    /// <summary>The project's manager, or its last one; a view of null if it never had one, null for who may not see the project.</summary>
    [Alias("manager"), ReadOnly]
    Task<Answer<ManagerView>?> Manager(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Who could be this to the project, the best first.</summary>
    [Alias("proposal"), ReadOnly]
    Task<AgentProposal?> Proposal(Function function, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Requests, answers, agrees, staffs or ends the project's mandate (domain 9).</summary>
    [Alias("change-mandate")]
    Task<Answer<MandateView>> ChangeMandate(MandateFact change, Act act);

    /// <summary>The project's mandates.</summary>
    [Alias("mandates"), ReadOnly]
    Task<MandatesView?> Mandates(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What the applications that come next need, for whoever prepares them; a refusal for a clerk of other projects.</summary>
    [Alias("checklist"), ReadOnly]
    Task<Answer<ChecklistView>?> Checklist(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The project.</summary>
    [Alias("view"), ReadOnly]
    Task<ProjectView?> View(AsKnown asKnown, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The project's items.</summary>
    [Alias("plan"), ReadOnly]
    Task<PlanView?> Plan(AsKnown asKnown, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The project's days, or those of one item, each with whom it is charged to; null, too, for an item that the plan lacks.</summary>
    [Alias("ledger"), ReadOnly]
    Task<LedgerView?> Ledger(string? item, AsKnown asKnown, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>When the project is expected to be finished; never a refusal.</summary>
    [Alias("forecast"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<Answer<ForecastView>?> Forecast(Pace pace, AsKnown asKnown, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The same, and under each of the scenarios. Nothing is stored.</summary>
    [Alias("what-if"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<Answer<WhatIfView>?> WhatIf(Pace pace, ImmutableArray<Scenario> scenarios, AsKnown asKnown, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What the city publishes of the project today; null, too, for whoever does not know its owner.</summary>
    [Alias("progress"), ReadOnly]
    Task<PublicProgress?> Progress(OwnerProof proof, CancellationToken cancellationToken = default);

    /// <summary>One item today.</summary>
    [Alias("item"), ReadOnly]
    Task<ItemView?> Item(string item, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What the worker has to do next in the project, and what was recorded since an instant (null: nothing).</summary>
    [Alias("duties"), ReadOnly]
    Task<ProjectDuties> Duties(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken = default);

    /// <summary>Problems, visits, coordination and ratings today.</summary>
    [Alias("service"), ReadOnly]
    Task<ServiceView?> Service(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Records what a rule has made true by today and nobody has recorded: silence that has become acceptance (domain 5.2), and the rise of problems past due (domain 10). Done again
    /// it is already so.</summary>
    [Alias("record-due")]
    Task<RecordedDue> RecordDue(CancellationToken cancellationToken = default);

    /// <summary>Does what follows elsewhere from the commit that ended at a version, once more if it was done, and answers with what the
    /// portfolio keeps of the project.</summary>
    [Alias("settle"), AlwaysInterleave]
    Task<VersionedSummary> Settle(long version);

    /// <summary>Answers when the record has a fact with a sequence above <paramref name="after"/>, at the latest after
    /// <see cref="LongestWait"/>, on which an answer is not waited for much longer. Only a hint: what there is, <see cref="IRecordGrain.History"/> tells.</summary>
    [Alias("more"), AlwaysInterleave, ResponseTimeout("00:00:15")]
    Task More(long after, CancellationToken cancellationToken = default);

    /// <summary>Whether the project has this agent on record as the command of <paramref name="assignment"/> appointed it. Waits for a
    /// command under way, which may be that one.</summary>
    [Alias("holds"), ReadOnly]
    Task<bool> Holds(string agent, Assignment assignment);

    /// <summary>How long <see cref="More"/> waits.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
}

/// <summary>A project's summary as of a version of its stream.</summary>
[GenerateSerializer, Immutable, Alias("agency.versioned-summary")]
public readonly record struct VersionedSummary([property: Id(0)] long Version, [property: Id(1)] ProjectSummary Summary);

/// <summary>What a project has recorded that was due.</summary>
/// <param name="Facts">How many facts.</param>
/// <param name="Summary">Its summary after them.</param>
[GenerateSerializer, Immutable, Alias("agency.recorded-due")]
public readonly record struct RecordedDue([property: Id(0)] int Facts, [property: Id(1)] VersionedSummary Summary);

