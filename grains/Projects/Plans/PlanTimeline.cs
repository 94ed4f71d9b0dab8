using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Projects.Plans;

/// <summary>The plan of a project from the end of a day on.</summary>
internal readonly record struct PlanSegment(DateOnly From, PlanInputs Inputs, FlowPlan Plan);

/// <summary>The plans of a project over its days. Changes take effect in recorded order; at the end of a day those count that are dated
/// up to it, and what has steps by then is kept (domain 4.2).</summary>
/// <param name="Segments">In order of time; the first from ever on.</param>
internal sealed record PlanTimeline(ImmutableArray<PlanSegment> Segments)
{
    /// <summary>The plan at the end of the last day.</summary>
    public FlowPlan Last => Segments[^1].Plan;

    /// <summary>What <see cref="Last"/> follows from.</summary>
    public PlanInputs Inputs => Segments[^1].Inputs;

    /// <summary>Every item that was in the plan on some day, as the last plan that had it does: first those of the last plan, in its order.</summary>
    public IEnumerable<PlannedItem> Items => Segments.Length == 1 ? Last.Items : Last.Items.Concat(Segments.Reverse().SelectMany(s => s.Plan.Items)).DistinctBy(i => i.Code);

    /// <summary>The plans that the changes in <paramref name="state"/> make.</summary>
    /// <param name="whole">The plan with every change: what has steps is kept, and is defined as it is there.</param>
    public static PlanTimeline Of(ProjectState state, FlowPlan whole, PlanBook plans)
    {
        var first = state.Plans[0].Inputs;
        List<PlanSegment> changed = [new(DateOnly.MinValue, first, plans.Of(first))];
        foreach (var day in state.Plans.Skip(1).Select(p => p.From).Distinct().Order())
        {
            // A change can be impossible among others that it was not decided among; it counts from the first day on that makes it possible.
            var inputs = On(day, state.Plans);
            if (plans.TryResolve(inputs, out var plan) is null) changed.Add(new(day, inputs, plan!));
        }

        return new([.. changed.SelectMany((s, i) => Keeping(s, i + 1 < changed.Count ? changed[i + 1].From : DateOnly.MaxValue, state, whole, plans))]);
    }

    /// <summary>The days d with From &lt; d ≤ To at whose eve the item was part of the plan and applied.</summary>
    public IEnumerable<(DateOnly From, DateOnly To)> Applying(string code)
    {
        for (var i = 0; i < Segments.Length; i++)
        {
            if (Segments[i].Plan.Find(code) is { Applicability: Applicability.Applies })
                yield return (Segments[i].From, i + 1 < Segments.Length ? Segments[i + 1].From : DateOnly.MaxValue);
        }
    }

    // From the day of its first step on, an item is in a plan that lacks it otherwise.
    private static IEnumerable<PlanSegment> Keeping(PlanSegment segment, DateOnly until, ProjectState state, FlowPlan whole, PlanBook plans)
    {
        var lacking = state.Items.Values
            .Where(i => i.Steps[0].OccurredOn < until && segment.Plan.Find(i.Code) is null && whole.Find(i.Code) is not null)
            .Select(i => (i.Steps[0].OccurredOn, whole.Find(i.Code)!.Item)).ToArray();
        if (lacking.Length == 0) return [segment];
        return lacking.Select(l => l.OccurredOn).Where(d => d > segment.From).Append(segment.From).Distinct().Order().Select(day =>
        {
            var keeping = segment.Inputs.Keeping([.. lacking.Where(l => l.OccurredOn <= day).Select(l => l.Item)]);
            return keeping.Kept.IsEmpty || plans.TryResolve(keeping, out var plan) is not null ? segment with { From = day } : new(day, keeping, plan!);
        });
    }

    // As far as the changes are dated in the order in which they were recorded, what was recorded is what stood.
    private static PlanInputs On(DateOnly day, ImmutableArray<PlanVersion> versions)
    {
        var (inputs, inOrder) = (versions[0].Inputs, true);
        foreach (var version in versions.Skip(1))
        {
            if (version.From > day) inOrder = false;
            else inputs = inOrder ? version.Inputs : inputs.With(version.Change!, version.From);
        }

        return inputs;
    }
}
