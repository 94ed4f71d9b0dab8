using Agency.Agents;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Agents;

/// <summary>An agent as tests of the rules lead it: each command decided at a day of 2026, its facts folded.</summary>
internal sealed class AgentLife(string id = "li")
{
    private static readonly DepartmentCodes _departments = new(Cities.Shipped);

    public static AgentDetails Plain { get; } = new("511300-ZJJ", null, Rank.Middle, [Function.Manager, Function.Clerk], [], 5, []);

    public AgentState State { get; private set; } = AgentState.None;

    public AgentView View => AgentView.Of(id, State.Version, AgentSummary.Of(State)!, Day);

    public DateOnly Day { get; set; } = new(2026, 3, 2);

    public List<Entry<AgentFact>> Facts { get; } = [];

    public static Assignment Of(int project, Function function = Function.Clerk, string command = "c") => new($"p{project}", function, command);

    public string? Register(AgentDetails? details = null, Role role = Role.Office) => Take(c => AgentDecider.Register(id, details ?? Plain, State, c), role);

    public string? Change(AgentPatch patch, Role role = Role.Office, long? ifVersion = null) => Take(c => AgentDecider.Change(id, patch, State, c), role, ifVersion);

    public string? Activate(bool active) => Change(new() { Active = new(true, active) });

    public string? Reserve(Assignment assignment) => Take(c => AgentDecider.Reserve(id, assignment, State, c));

    public string? Confirm(Assignment assignment) => Take(c => AgentDecider.Confirm(assignment, State, c));

    public string? Release(Assignment assignment) => Take(c => AgentDecider.Release(assignment, State, c));

    public string? Settle(Assignment assignment, bool holds) => Take(c => AgentDecider.Settle(assignment, holds, State, c), Role.System);

    /// <summary>What is wrong with these details, each as its place and code.</summary>
    public IEnumerable<string> Faults(AgentDetails details) =>
        AgentDecider.Register(id, details, State, Context(Role.Office)).Refusal?.Faults.Select(f => $"{f.At} {f.Code}") ?? [];

    private string? Take(Func<AgentContext, Decision<AgentFact>> decide, Role role = Role.Office, long? ifVersion = null)
    {
        var decision = decide(Context(role, ifVersion));
        foreach (var entry in decision.Facts)
        {
            // As they come back from the store.
            var stored = AgentFact.Codec.Decode(AgentFact.Codec.Encode(entry, AgentFact.StreamOf(id), HashChain.Start(AgentFact.StreamOf(id))));
            Facts.Add(stored);
            State = State.With(stored);
        }

        return decision.Refusal?.Code;
    }

    private AgentContext Context(Role role, long? ifVersion = null) => new(
        new(new("ada", role), $"m{Facts.Count}", IfVersion: ifVersion),
        new(new(Day, new(9, 0), TimeSpan.FromHours(8)), Day),
        Cities.Shipped,
        _departments,
        ["IND"],
        ["wang", "zhao"]);
}
