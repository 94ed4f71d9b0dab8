using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Coordination;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.People;
using Agency.Problems;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Ratings;
using Agency.Services;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Forecasts;
using Agency.Visits;

namespace Agency.Tests.Grains.Services;

/// <summary>A project of two items, B after A, and a manager, to which commands of the service are given on days of the shipped calendar.</summary>
internal sealed class ServedProject
{
    public const string Owner = "91511302MA62900AX9";

    private static readonly DepartmentCodes _departments = new(Cities.Shipped);
    private readonly PlanBook _plans = new();

    public ServedProject(DateOnly? registered = null)
    {
        _plans.Add(new(
            "F", 1, "f", null, new(2020, 1, 1), 30, null, [.. ((string[])["S1", "S2", "S3", "S4"]).Select(s => new FlowStage(s, s, null, "ZJJ", 10, MilestoneRule.All))],
            [], [ForecastTests.Item("A", 5), ForecastTests.Item("B", 5)], [new("A", "B")], [], [], []));
        var details = new ProjectDetails("n", "o", Owner, "511300-ZJJ", KeyLevel.Other, null, null, null, []);
        Record(registered ?? new(2026, 1, 5), new ProjectRegistered("p", "F", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), new ManagerAppointed("Manager"));
    }

    public static WorkingCalendar Calendar => Shipped.Calendar;

    public static ServiceRules Rules => Cities.Shipped.Service;

    public ProjectState State { get; private set; } = ProjectState.None;

    public static Actor As(Role role, string? department = null) => new($"{role}", role, department, role == Role.Owner ? Owner : null);

    /// <summary>What is seen on a day.</summary>
    public ServiceView On(DateOnly day) => ServiceView.Of(State, day, Rules, Calendar);

    /// <summary>What the portfolio keeps of it after the last fact.</summary>
    public ProjectSummary Summary()
    {
        var last = State.Entries[^1].RecordedAt;
        return ProjectSummary.Of("p", State, AsKnown.Now.Views(State, _plans, _departments, Calendar, new(last, ShanghaiTime.DayOf(last)))!.Clocks, _departments);
    }

    /// <summary>Facts as they are, whatever the rules.</summary>
    public ServedProject Record(DateOnly day, params ProjectFact[] facts)
    {
        foreach (var fact in facts) State = State.With([Context(day, As(Role.Office), null).Entry(fact, State.Version + 1)]);
        return this;
    }

    /// <summary>A decided item.</summary>
    public ServedProject Decided(string item, DateOnly day, DecisionOutcome outcome = DecisionOutcome.Approved) => Record(
        day, new Submission(item, []), new Acceptance(item, [], ForecastTests.Given.Terms(5) with { Department = "511300-ZJJ" }), new ItemDecision(item, outcome, null, []));

    /// <summary>Gives a command; the code of its refusal, or null.</summary>
    /// <param name="today">The day of the command, and of the clock unless <paramref name="occurredOn"/> says when it happened.</param>
    public string? Give(ProjectFact command, DateOnly today, Role role = Role.Office, string? department = null, DateOnly? occurredOn = null, (string Name, string Text)[]? texts = null)
    {
        var context = Context(today, As(role, department), occurredOn, [.. texts ?? [], .. occurredOn is null ? [] : ((string, string)[])[(Act.LateReason, "补录")]]);
        var decision = command switch
        {
            ProblemFact c => ProblemDecider.Decide(c, State, context),
            VisitMade c => VisitDecider.Decide(c, State, context),
            CoordinationFact c => CoordinationDecider.Decide(c, State, context),
            FollowUpCompleted { Of: ['V', ..] } c => VisitDecider.Decide(c, State, context),
            FollowUpCompleted c => CoordinationDecider.Decide(c, State, context),
            RatingFact c => RatingDecider.Decide(c, State, context),
            Step c => StepDecider.Decide(c, State, context),
            _ => throw new NotSupportedException(),
        };
        if (decision.Refusal is { } refusal) return refusal.Faults is [var fault, ..] ? fault.Code : refusal.Code;
        State = State.With(decision.Facts);
        return null;
    }

    private ProjectContext Context(DateOnly today, Actor actor, DateOnly? occurredOn, (string Name, string Text)[]? texts = null)
    {
        var now = new DateTimeOffset(today, new(4, 0), TimeSpan.Zero);
        var act = new Act(actor, "c", occurredOn, Texts: (texts ?? []).ToImmutableSortedDictionary(t => t.Name, t => (string?)t.Text, StringComparer.Ordinal));
        return new(act, new(now, today), Calendar, Cities.Shipped, _departments, _plans);
    }
}
