using System.Collections.Immutable;
using Agency.Agents;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Mandates;

/// <summary>Random commands on manager, mandate and items, against a model that knows of each mandate only what happened, in order.</summary>
public sealed class MandateLaws
{
    private const string Owner = "91511302MA62900AX9";
    private static readonly CityData _city = Cities.Shipped;
    private static readonly DepartmentCodes _departments = new(_city);
    private static readonly string[] _agents = ["a", "b", "c"];
    private static readonly ImmutableArray<string> _items = ["A04", "A08", "A14", "B03"];

    [Property(MaxTest = 150)]
    public static void A_project_has_one_manager_at_most_and_a_clerk_acts_only_inside_a_mandate(int seed)
    {
        var life = new Life(new(seed));
        for (var i = 0; i < 60; i++) life.Step();
        var reread = ProjectState.None.With([.. life.State.Entries.Select(e => ProjectFact.Codec.Decode(ProjectFact.Codec.Encode(e, new("project", "p"), [])))]);
        Assert.Equal(life.State.Service.Terms, reread.Service.Terms);
        Assert.Equal(life.State.Service.Mandates.Select(m => (m.Status, m.EndedOn, m.Version)), reread.Service.Mandates.Select(m => (m.Status, m.EndedOn, m.Version)));
    }

    [Fact]
    public void The_random_lives_get_somewhere()
    {
        var lives = Enumerable.Range(0, 60).Select(seed =>
        {
            var life = new Life(new(seed));
            for (var i = 0; i < 60; i++) life.Step();
            return life;
        }).ToArray();
        Assert.Contains(lives, l => l.State.TerminatedOn is not null);
        Assert.Contains(lives, l => l.State.Service.Mandates.Length > 2);
        foreach (var code in (string[])["taken", "no-mandate", "not-its-clerk", "outside-mandate", "handover-note-missing", "mandate-open", "agent-not-active"]) Assert.Contains(lives, l => l.Outcomes.Contains(code));
    }

    private sealed class Life
    {
        private readonly Random _random;
        private readonly PlanBook _plans = new();
        private readonly WorkingCalendar _calendar = Shipped.Calendar;
        private DateOnly _today = new(2026, 3, 2);

        // The model: what stands, without any of the service's own words for it.
        private string? _manager;
        private (string Step, HashSet<string> Items, DateOnly From, DateOnly Until, HashSet<string> Clerks)? _mandate;

        public Life(Random random)
        {
            _random = random;
            var flow = Cities.ShippedFlow("SOC_SMALL");
            _plans.Add(flow);
            var details = new ProjectDetails("n", "o", Owner, "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
            State = ProjectState.None.With([Context(Office()).Entry(new ProjectRegistered("p", flow.Code, flow.Version, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), 1)]);
        }

        public ProjectState State { get; private set; }

        public HashSet<string> Outcomes { get; } = [];

        public void Step()
        {
            if (_random.Next(4) == 0) _today = _today.AddDays(_random.Next(1, 4));
            switch (_random.Next(12))
            {
                case 0 when _random.Next(8) == 0: Terminate(); break;
                case < 3: Appoint(); break;
                case < 9: ChangeMandate(); break;
                default: Submit(); break;
            }

            Assert.True(State.Service.Managers.Count(m => m.IsOpen) <= 1);
            Assert.Equal(_manager, State.Service.Manager?.Agent);
            Assert.Equal(_mandate is null, State.Service.Mandate is null);
            Assert.Equal((_mandate?.Clerks ?? []).Order(StringComparer.Ordinal), (State.Service.Mandate?.ActingClerks ?? []).Select(c => c.Agent).Order(StringComparer.Ordinal));

            // Whoever held a place before is out of it, and whoever has one is held by the command that gave it.
            foreach (var term in State.Service.Terms) Assert.Equal(term.IsOpen, State.Service.Holds(term.Agent, new("p", term.Function, term.CommandId)));
        }

        private void Terminate()
        {
            Give(c => StandstillDecider.Decide(new ProjectTerminated(null), State, c), Office(), State.TerminatedOn is null);
            (_manager, _mandate) = (null, null);
        }

        private void Appoint()
        {
            var (agent, note) = (Agent(), _random.Next(2) == 0);
            var active = _random.Next(6) > 0;
            var already = _manager == agent;
            var may = State.TerminatedOn is null && (already || (active && (note || _manager is null)));
            Give(c => ManagerDecider.Appoint(agent, View(agent, active), State, c), note ? Office(ManagerAppointed.HandoverNote) : Office(), may);
            if (may) _manager = agent;
        }

        private void ChangeMandate()
        {
            var (agent, active, step) = (Agent(), _random.Next(6) > 0, _mandate?.Step);
            var clerks = _mandate?.Clerks ?? [];
            var agreed = step == "agreed";
            var items = _random.Next(2) == 0 ? _items : [.. _items.Where(_ => _random.Next(2) == 0)];
            var (from, until) = (_today.AddDays(_random.Next(-3, 4)), _today.AddDays(_random.Next(0, 12)));
            (MandateFact Fact, bool May, Action Then) move = _random.Next(10) switch
            {
                0 or 1 => (new MandateRequested(0, MandateScope.Part, [], items, from, until), step is null && !items.IsEmpty && until >= from, () => _mandate = ("requested", [.. items], from, until, [])),
                2 => (new MandateAccepted(), step == "requested", () => Become("accepted")),
                3 => (new MandateAgreed { DocumentNumber = "n" }, step == "accepted", () => Become("agreed")),
                4 or 5 or 6 => (new ClerkAppointed(agent), agreed && (active || clerks.Contains(agent)), () => clerks.Add(agent)),
                7 => (new ClerkRemoved(agent), agreed && clerks.Contains(agent), () => clerks.Remove(agent)),
                8 when _random.Next(3) == 0 => (new MandateCompleted([]) { DocumentNumber = "n" }, agreed, () => _mandate = null),
                9 when _random.Next(3) == 0 => (new MandateRevoked(), step is not null, () => _mandate = null),
                _ => (new MandateTerminated(TerminationGround.FeesUnpaid), step is not null and not "requested", () => _mandate = null),
            };
            var may = move.May && State.TerminatedOn is null;
            Give(c => MandateDecider.Decide(move.Fact, View(agent, active), State, c), Office(Act.Reason, ClerkAppointed.Plan, MandateCompleted.CallBack), may);
            if (may) move.Then();

            void Become(string next) => _mandate = _mandate!.Value with { Step = next };
        }

        // A clerk's submission goes through if and only if the model's mandate has it in; but for what the item itself says.
        private void Submit()
        {
            var (item, actor) = (_items[_random.Next(_items.Length)], Agent());
            var standsInFor = _random.Next(4) == 0 ? Agent() : null;
            var act = new Act(new(actor, Role.Clerk), Guid.NewGuid().ToString());
            Step step = State.Item(item).Round is { EndedOn: null } ? new Withdrawal(item) : new Submission(item, []);
            if (step is Withdrawal) act = act with { Texts = Texts(Act.Reason) };
            var inside = _mandate is { Step: "agreed" } mandate
                && (mandate.Clerks.Contains(actor) || (standsInFor is not null && mandate.Clerks.Contains(standsInFor)))
                && mandate.From <= _today && _today <= mandate.Until && mandate.Items.Contains(item);
            var decision = StepDecider.Decide(step, State, Context(act) with { StandsInFor = standsInFor is null ? [] : [standsInFor] });
            Outcomes.Add(decision.Refusal?.Code ?? "taken");
            if (decision.Refusal?.Code is "no-mandate" or "not-its-clerk" or "outside-mandate") Assert.False(inside, $"{step} of {actor}: {decision.Refusal.Code}");
            else Assert.True(inside, $"{step} of {actor} is outside, but {decision.Refusal?.Code ?? "taken"}");
            if (decision.Refusal is null) State = State.With(decision.Facts);
        }

        private void Give(Func<ProjectContext, Decision<ProjectFact>> decide, Act act, bool may)
        {
            var decision = decide(Context(act));
            Outcomes.Add(decision.Refusal?.Code ?? "taken");
            Assert.True(decision.Refusal is null == may, $"{decision.Refusal?.Code ?? "taken"} on {_today}: {string.Join(", ", State.Entries.Select(e => ProjectFact.Codec.NameOf(e.Fact)))}");
            if (decision.Refusal is null) State = State.With(decision.Facts);
        }

        private string Agent() => _agents[_random.Next(_agents.Length)];

        private static AgentView View(string id, bool active) =>
            new(id, 1, new("511300-ZJJ", null, Rank.Middle, [Function.Manager, Function.Clerk], [], 3, []), active ? AgentStatus.Active : AgentStatus.Closing, [], 0, null, false);

        private static Act Office(params string[] texts) => new(new("p", Role.Office), Guid.NewGuid().ToString(), Texts: Texts([Act.Reason, .. texts]));

        private static ImmutableSortedDictionary<string, string?> Texts(params string[] names) => names.Distinct().Aggregate(Act.NoTexts, (texts, name) => texts.Add(name, "t"));

        private ProjectContext Context(Act act) =>
            new(act, new(new DateTimeOffset(_today, new(4, 0), TimeSpan.Zero).AddTicks(State?.Entries.Length ?? 0), _today), _calendar, _city, _departments, _plans);
    }
}
