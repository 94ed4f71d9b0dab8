using System.Collections.Immutable;

namespace Agency.Catalogue;

/// <summary>Random answers to all conditions of a flow, the same at every call: a fair coin for each, but of an exclusive group no more
/// say yes than can.</summary>
internal sealed class RandomAnswers
{
    private const ulong Seed = 155;

    // Groups that hang together by more than their members' own conditions are met by drawing again.
    private const int DrawsPerSet = 10;

    private readonly ImmutableArray<string> _conditions;
    private readonly ImmutableArray<Choice> _choices;
    private ulong _state;

    private RandomAnswers(Flow flow)
    {
        _conditions = [.. flow.Items.Select(i => i.Condition).OfType<string>().Distinct(StringComparer.Ordinal)];
        var items = flow.Items.ToDictionary(i => i.Definition.Code, StringComparer.Ordinal);
        _choices = [.. flow.ExclusiveGroups.Select(group => new Choice([.. group.Items.Select(code => items[code])], group.Rule))];
    }

    /// <summary>The plans of so many answer sets: every item is determined. Plans that were given already, and sets that are not found, are left out.</summary>
    public static IEnumerable<FlowPlan> Plans(Flow flow, int sets)
    {
        var (random, known, found) = (new RandomAnswers(flow), new Dictionary<string, bool>(StringComparer.Ordinal), 0);
        for (var draw = 0; found < sets && draw < DrawsPerSet * sets; draw++)
        {
            var answers = random.Draw(draw);
            var key = string.Concat(random._conditions.Select(c => answers[c] ? 'y' : 'n'));
            if (!known.TryGetValue(key, out var possible))
            {
                possible = FlowPlan.TryResolve(new(flow, answers.ToImmutableDictionary(StringComparer.Ordinal)), out var plan, out _)
                    && plan.Items.All(i => i.Applicability != Applicability.Undetermined);
                known.Add(key, possible);
                if (possible) yield return plan!;
            }

            if (possible) found++;
        }
    }

    private Dictionary<string, bool> Draw(int number)
    {
        _state = Seed + (ulong)number;
        var answers = new Dictionary<string, bool>(_conditions.Length, StringComparer.Ordinal);
        foreach (var condition in _conditions) answers.Add(condition, Below(2) == 1);
        foreach (var choice in _choices)
        {
            var yes = choice.Conditions.Where(c => answers[c]).ToArray();
            foreach (var condition in yes) answers[condition] = false;
            var candidates = choice.IsTaken ? [] : yes.Length == 0 && choice.MustBeMade ? choice.Conditions : yes;
            if (candidates.Length > 0) answers[candidates[Below(candidates.Length)]] = true;
        }

        return answers;
    }

    // SplitMix64 (Steele, Lea, Flood 2014): the framework's generator may change with its version.
    private int Below(int bound)
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }

    private readonly struct Choice(FlowItem[] members, ExclusiveRule rule)
    {
        public string[] Conditions { get; } = [.. members.Select(m => m.Condition).OfType<string>()];

        // By a member that is never asked.
        public bool IsTaken { get; } = members.Any(m => m.Condition is null && m.AppliesIf.IsEmpty);

        public bool MustBeMade { get; } = rule == ExclusiveRule.ExactlyOne && members.All(m => m.Condition is not null);
    }
}
