using System.Collections.Immutable;
using Agency.Agents;
using Agency.Coordination;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.Mandates;
using Agency.Problems;
using Agency.Projects;
using Agency.Ratings;
using Agency.Reviews;
using Agency.Visits;

namespace Agency.Services;

/// <summary>What a project's <see cref="ServiceFact"/>s have come to. It is folded from the facts as recorded: a termination that is
/// voided later has ended mandate and manager all the same, since their agents are others' by then.</summary>
public sealed record ProjectService
{
    public static ProjectService None { get; } = new();

    /// <summary>Its managers, one after the other; at most the last is in office.</summary>
    public ImmutableArray<AgentTerm> Managers { get; private init; } = [];

    /// <summary>Its mandates, one after the other; at most the last is open.</summary>
    public ImmutableArray<Mandate> Mandates { get; private init; } = [];

    /// <summary>The manager in office.</summary>
    public AgentTerm? Manager => Managers is [.., { IsOpen: true } last] ? last : null;

    /// <summary>The mandate that has not ended.</summary>
    public Mandate? Mandate => Mandates is [.., { IsOpen: true } last] ? last : null;

    /// <summary>All that agents are or were to the project.</summary>
    internal IEnumerable<AgentTerm> Terms => Managers.Concat(Mandates.SelectMany(m => m.Clerks));

    /// <summary>The departments that have a follow-up to do.</summary>
    internal IEnumerable<string> FollowingUp => OpenFollowUps.Select(f => f.FollowUp.Department).OfType<string>();

    /// <summary>The follow-ups that are not done, each with the id of the visit or coordination.</summary>
    internal IEnumerable<(string Of, FollowUpState FollowUp)> OpenFollowUps =>
        Visits.All.SelectMany(v => v.FollowUps.Select(f => (v.Id, f))).Concat(Coordination.All.SelectMany(c => c.FollowUps.Select(f => (c.Id, f)))).Where(f => f.f.CompletedOn is null);

    /// <summary>Whether an agent's place is the project's by a fact still in force.</summary>
    internal bool Holds(string agent, Assignment assignment) =>
        Terms.Any(t => t.IsOpen && t.Agent == agent && t.Function == assignment.Function && t.CommandId == assignment.CommandId);

    public ProblemBook Problems { get; private init; } = ProblemBook.None;

    public VisitBook Visits { get; private init; } = VisitBook.None;

    public CoordinationBook Coordination { get; private init; } = CoordinationBook.None;

    public RatingBook Ratings { get; private init; } = RatingBook.None;

    internal ProjectService With(Entry<ProjectFact> entry) => entry.Fact switch
    {
        ManagerAppointed fact => this with { Managers = ManagersEnded(entry).Add(AgentTerm.Begin(fact.Agent, Function.Manager, entry)) },
        MandateFact => this with { Mandates = MandateFold.With(Mandates, entry) },

        // A finished project has nobody to get it through any more; its mandate ends when its materials are handed over.
        ProjectCompleted => this with { Managers = ManagersEnded(entry) },
        ProjectTerminated => this with { Managers = ManagersEnded(entry), Mandates = MandateFold.With(Mandates, entry) },
        ProblemFact fact => this with { Problems = Problems.With(fact, entry) },
        VisitMade fact => this with { Visits = Visits.With(fact, entry) },
        CoordinationFact fact => this with { Coordination = Coordination.With(fact, entry) },
        RatingFact fact => this with { Ratings = Ratings.With(fact, entry) },
        FollowUpCompleted fact => this with { Visits = Visits.With(fact, entry), Coordination = Coordination.With(fact, entry) },

        // A copy: what became of the resolution its session knows.
        ResolutionRecorded => this,
        not ServiceFact => this,
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };

    /// <summary>What the recorded facts have come to.</summary>
    internal static ProjectService Of(IEnumerable<Entry<ProjectFact>> entries) => entries.Aggregate(None, (service, entry) => service.With(entry));

    private ImmutableArray<AgentTerm> ManagersEnded(Entry<ProjectFact> entry) => Managers is [.., var last] ? Managers.SetItem(Managers.Length - 1, last.End(entry)) : [];
}
