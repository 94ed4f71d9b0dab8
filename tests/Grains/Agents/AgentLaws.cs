using Agency.Agents;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Agents;

/// <summary>An agent's life in any order, against sets kept by hand.</summary>
[Properties(Arbitrary = [typeof(Moves)], MaxTest = 300)]
public sealed class AgentLaws
{
    [Property]
    public static void An_inactive_agent_has_no_project_load_is_counted_right_and_a_repeat_changes_nothing(Move[] moves)
    {
        var agent = new AgentLife();
        agent.Register();
        var (kept, closed) = (new HashSet<Assignment>(), false);
        foreach (var move in moves)
        {
            var refusal = move.Make(agent);
            switch (move.Kind)
            {
                case "reserve":
                    Assert.Equal(closed && !kept.Contains(move.Assignment) ? "agent-not-active" : null, refusal);
                    if (refusal is null) kept.Add(move.Assignment);
                    break;
                case "confirm":
                    kept.Add(move.Assignment);
                    break;
                case "release":
                    kept.Remove(move.Assignment);
                    break;
                case "deny" when agent.State.Place(move.Assignment) is null:
                    kept.Remove(move.Assignment);
                    break;
                case "close" or "open":
                    closed = move.Kind == "close";
                    break;
            }

            Assert.Equal(kept, agent.View.Assignments.ToHashSet());
            Assert.Equal(kept.Count, agent.View.Assignments.Length);
            Assert.Equal(kept.Select(a => a.Project).Distinct().Count(), agent.View.Load);
            Assert.Equal(!closed ? AgentStatus.Active : kept.Count > 0 ? AgentStatus.Closing : AgentStatus.Inactive, agent.State.Status);

            // A repeated confirmation of what was unknown at first confirms it; then nothing more follows.
            if (move.Kind == "confirm") move.Make(agent);
            var version = agent.State.Version;
            move.Make(agent);
            Assert.Equal(version, agent.State.Version);
        }

        Assert.Equal(AgentSummary.Of(agent.Facts.Aggregate(AgentState.None, (state, fact) => state.With(fact)))!.Write(), AgentSummary.Of(agent.State)!.Write());
    }

    public sealed record Move(string Kind, Assignment Assignment)
    {
        internal string? Make(AgentLife agent) => Kind switch
        {
            "reserve" => agent.Reserve(Assignment),
            "confirm" => agent.Confirm(Assignment),
            "release" => agent.Release(Assignment),
            "deny" => agent.Settle(Assignment, holds: false),
            _ => agent.Activate(Kind == "open"),
        };
    }

    public static class Moves
    {
        public static Arbitrary<Move> Move() =>
            (from kind in Gen.Frequency((4, Gen.Constant("reserve")), (2, Gen.Constant("confirm")), (3, Gen.Constant("release")), (1, Gen.Constant("deny")), (1, Gen.Constant("close")), (1, Gen.Constant("open")))
             from project in Gen.Choose(1, 3)
             from function in Gen.Elements(Function.Manager, Function.Clerk)
             from command in Gen.Elements("a", "b")
             select new Move(kind, AgentLife.Of(project, function, command))).ToArbitrary();
    }
}
