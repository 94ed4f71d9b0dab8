using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Agents;

/// <summary>What an agent's members must be.</summary>
internal static class AgentRules
{
    /// <summary>The largest capacity.</summary>
    public const int LargestCapacity = 100;

    /// <summary>The most leaves.</summary>
    public const int MostLeaves = 100;

    /// <summary>All that is wrong, by JSON pointer.</summary>
    /// <param name="standing">What the agent is now: flows and leaves that it has already are not looked at again.</param>
    public static IEnumerable<Fault> Check(string id, AgentDetails details, AgentDetails? standing, AgentContext context)
    {
        var kind = context.Departments.Find(details.Department)?.Kind;
        if (!(details.Functions.Contains(Function.Manager) ? kind is OrganKind.Department : kind is OrganKind.Department or OrganKind.TradingCentre or OrganKind.Utility))
            yield return Fault.Of("/department", "unknown-department", ("code", details.Department));
        if (details.District is { } district && !context.City.City.Districts.Any(d => d.Code == district))
            yield return Fault.Of("/district", "unknown-district", ("code", district));
        if (details.Functions.IsEmpty) yield return Fault.Of("/functions", "none-named");
        if (details.Capacity is < 1 or > LargestCapacity) yield return Fault.Of("/capacity", "bad-number", ("min", 1), ("max", LargestCapacity));
        foreach (var fault in Fault.Twice("/functions", details.Functions).Concat(Fault.Twice("/flows", details.Flows))) yield return fault;
        foreach (var (i, flow) in details.Flows.Index().Where(f => standing?.Flows.Contains(f.Item) is not true && !context.Flows.Contains(f.Item)))
            yield return Fault.Of($"/flows/{i}", "unknown-flow", ("code", flow));
        if (HasTooMany(details.Leaves, standing))
        {
            yield return Fault.Of("/leaves", "too-many-entries", ("max", MostLeaves));
            yield break;
        }

        foreach (var fault in details.Leaves.Index().SelectMany(l => Check($"/leaves/{l.Index}", l.Item))) yield return fault;
        foreach (var ((i, leave), (_, before)) in Overlapping(details.Leaves))
            yield return Fault.Of($"/leaves/{i}", "leaves-overlap", ("from", leave.From), ("to", before.To));

        IEnumerable<Fault> Check(string at, Leave leave)
        {
            if (leave.To < leave.From) yield return Fault.Of($"{at}/to", "leave-ends-before", ("from", leave.From), ("to", leave.To));
            if (standing?.Leaves.Contains(leave) is true) yield break;
            if (leave.From.Year < CalendarDecider.FirstYear) yield return Fault.Of($"{at}/from", "day-too-early", ("day", leave.From), ("first", CalendarDecider.FirstYear));
            if (leave.To.Year > CalendarDecider.LastYear) yield return Fault.Of($"{at}/to", CalendarRefusals.YearOutOfRange, ("year", leave.To.Year), ("first", CalendarDecider.FirstYear), ("last", CalendarDecider.LastYear));
            if (leave.Substitute == id) yield return Fault.Of($"{at}/substitute", "substitute-self");
            else if (!context.Agents.Contains(leave.Substitute)) yield return Fault.Of($"{at}/substitute", "unknown-agent", ("agent", leave.Substitute));
        }
    }

    /// <summary>Whether these are too many; as many as it has already never are.</summary>
    public static bool HasTooMany(ImmutableArray<Leave> leaves, AgentDetails? standing) => leaves.Length > Math.Max(MostLeaves, standing?.Leaves.Length ?? 0);

    /// <summary>Whether two are the same, member by member.</summary>
    public static bool Same(AgentDetails a, AgentDetails b) =>
        a with { Functions = b.Functions, Flows = b.Flows, Leaves = b.Leaves } == b
        && a.Functions.SequenceEqual(b.Functions) && a.Flows.SequenceEqual(b.Flows) && a.Leaves.SequenceEqual(b.Leaves);

    // The later of two that share a day, with the one that ends latest of those that begin before it.
    private static IEnumerable<((int Index, Leave Item) Later, (int Index, Leave Item) Before)> Overlapping(ImmutableArray<Leave> leaves)
    {
        (int Index, Leave Item)? before = null;
        foreach (var leave in leaves.Index().OrderBy(l => l.Item.From).ThenBy(l => l.Item.To))
        {
            if (before is { } earlier && leave.Item.From <= earlier.Item.To) yield return (leave, earlier);
            if (before is null || leave.Item.To > before.Value.Item.To) before = leave;
        }
    }
}
