using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>Which items of a plan apply (domain 4.2).</summary>
/// <remarks>
/// <para>A group's member says yes if its condition is answered yes, struck or not; a member without a condition, if it applies. So
/// striking an item opens no question that was settled, and a struck item without a condition leaves room for another member.</para>
/// <para>Of an <c>exactlyOne</c> group that no member says yes to, the unanswered members are undetermined; when all are answered no
/// the answers contradict the rule, and all are undetermined until one is answered anew.</para>
/// </remarks>
internal static class PlanApplicability
{
    public static Refusal? Of(PlanSource source, ImmutableArray<FlowItem> items, Dictionary<string, int> indices, out Applicability[] applicability)
    {
        applicability = [];
        var known = source.Flow.Conditions.Select(c => c.Code).Concat(items.Select(i => i.Condition)).ToHashSet(StringComparer.Ordinal);
        var unknown = source.Answers.Keys.Where(c => !known.Contains(c)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null) return Refusal.Of("unknown-condition", ("code", unknown));

        var named = new List<(int Base, int Item)>();
        for (var index = 0; index < items.Length; index++)
        {
            foreach (var code in items[index].AppliesIf)
            {
                if (indices.TryGetValue(code, out var at)) named.Add((at, index));
            }
        }

        var graph = new Graph(items.Length, named);
        var order = graph.Sort();
        if (order.Length < items.Length) return PlanResolver.Circle(graph, indices);

        // What applies follows from the yes answers alone; groups only turn questions into no. So they are settled between two passes.
        var answers = source.Answers.ToDictionary(StringComparer.Ordinal);
        var excluded = new HashSet<int>();
        var open = new HashSet<int>();
        var applying = Pass();
        foreach (var group in source.Flow.ExclusiveGroups)
        {
            var members = group.Items.Select(code => indices[code]).ToArray();
            var yes = members.Where(SaysYes).ToArray();
            if (yes.Length > 1) return Refusal.Of("exclusive-group-conflict", ("group", group.Code), ("items", string.Join(' ', yes.Select(i => items[i].Definition.Code))));
            if (yes.Length == 0) continue;
            foreach (var member in members.Where(m => m != yes[0]))
            {
                if (items[member].Condition is { } condition) answers[condition] = false;
                else excluded.Add(member);
            }
        }

        foreach (var group in source.Flow.ExclusiveGroups.Where(g => g.Rule == ExclusiveRule.ExactlyOne))
        {
            var members = group.Items.Select(code => indices[code]).ToArray();
            var asked = members.Where(m => items[m].Condition is not null).ToArray();
            if (!members.Any(SaysYes) && asked.All(m => answers.ContainsKey(items[m].Condition!))) open.UnionWith(asked);
        }

        applicability = Pass();
        return null;

        bool SaysYes(int item) => items[item].Condition is { } condition ? source.Answers.GetValueOrDefault(condition) : applying[item] == Applicability.Applies;

        Applicability[] Pass()
        {
            var result = new Applicability[items.Length];
            foreach (var index in order) result[index] = One(index, result);
            return result;
        }

        Applicability One(int index, Applicability[] earlier)
        {
            var item = items[index];
            if (excluded.Contains(index) || source.Struck.Contains(item.Definition.Code)) return Applicability.NotApplicable;
            if (open.Contains(index)) return Applicability.Undetermined;
            if (item.Condition is { } condition)
                return answers.TryGetValue(condition, out var yes) ? (yes ? Applicability.Applies : Applicability.NotApplicable) : Applicability.Undetermined;
            if (item.AppliesIf.IsEmpty) return Applicability.Applies;

            var best = Applicability.NotApplicable;
            foreach (var at in graph.Before(index))
            {
                if (earlier[at] == Applicability.Applies) return Applicability.Applies;
                if (earlier[at] == Applicability.Undetermined) best = Applicability.Undetermined;
            }

            return best;
        }
    }
}
