using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Projects;

/// <summary>A small project of March 2026, led by hand: every command is the office's, entered on the day that is today there. Monday is
/// the 2nd; all weeks have five working days.</summary>
internal sealed class HandLedProject
{
    private const string Department = "511300-ZJJ";
    private static readonly DepartmentCodes _departments = new(Cities.Shipped);
    private readonly PlanBook _plans = new();

    public HandLedProject(MilestoneRule rule, params FlowItem[] items)
    {
        _plans.Add(new("F", 1, "f", null, new(2020, 1, 1), 30, null, [.. ((string[])["S1", "S2", "S3", "S4"]).Select(s => new FlowStage(s, s, null, "ZJJ", 10, rule))], [], [.. items], [], [], [], []));
        var details = new ProjectDetails("n", "o", "c", "d", KeyLevel.Other, null, null, null, []);
        var registered = new ProjectRegistered("p", "F", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details);
        State = ProjectState.None.With([Context(1).Entry(registered, 1)]);
    }

    public ProjectState State { get; private set; }

    /// <summary>The day of March on which commands are given.</summary>
    public int Today { get; set; } = 31;

    public static FlowItem Item(string code, string stage = "S1", int days = 5, bool deemed = false, DayUnit unit = DayUnit.WorkingDays) => new(
        new(code, code, null, null, stage, "ZJJ", [], days, unit, null, null, StatutoryStart.Acceptance, 5, true, true, deemed, [], null, null), null, []);

    public static DateOnly March(int day) => new(2026, 3, day);

    /// <summary>Enters what happened on a day of March.</summary>
    public HandLedProject On(int day, params ProjectFact[] facts)
    {
        foreach (var fact in facts)
        {
            var refusal = Try(day, fact);
            Assert.True(refusal is null, $"{fact}: {refusal?.Code} {string.Join(", ", refusal?.Arguments ?? [])}");
        }

        return this;
    }

    public HandLedProject Approved(string item, int submitted, int accepted, int approved) => On(submitted, new Submission(item, []))
        .On(accepted, new Acceptance(item, []))
        .On(approved, new ItemDecision(item, DecisionOutcome.Approved, null, []));

    /// <summary>Why what happened on that day is refused; null if it was entered.</summary>
    public Refusal? Try(int day, ProjectFact fact) => Enter(fact switch
    {
        Step step => StepDecider.Decide(step, State, Context(day, step is Submission or Supplement or HandIn or Withdrawal ? null : Department)),
        PlanChange change => PlanDecider.Decide(change, State, Context(day)),
        _ => StandstillDecider.Decide(fact, State, Context(day)),
    });

    /// <summary>Why the corrections, one act, are refused; null if they were entered.</summary>
    public Refusal? Correct(params Correction[] corrections) => Enter(CorrectionDecider.Decide([.. corrections], State, new(Context(Today), _ => Shipped.Calendar)));

    /// <summary>Moves a fact to another day of March.</summary>
    public Refusal? Move(long sequence, int day) => Correct(new Correction(sequence, March(day), null, false));

    public ProjectViews Views(int? asOf = null) => new AsKnown(asOf is { } day ? March(day) : null, null, null).Views(State, _plans, _departments, Shipped.Calendar, Moment())!;

    private Refusal? Enter(Decision<ProjectFact> decision)
    {
        if (decision.Refusal is null) State = State.With(decision.Facts);
        return decision.Refusal;
    }

    private ProjectContext Context(int day, string? behalf = null)
    {
        var texts = Act.NoTexts.Add(Act.Reason, "r").Add(Act.LateReason, "l").Add(Extension.GrantedBy, "h");
        return new(new(new("p", Role.Office), "c", day == Today ? null : March(day), behalf, texts), Moment(), Shipped.Calendar, Cities.Shipped, _departments, _plans);
    }

    private Moment Moment() => new(new DateTimeOffset(March(Today), new(4, 0), TimeSpan.Zero).AddTicks(State?.Entries.Length ?? 0), March(Today));
}
