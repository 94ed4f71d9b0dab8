using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Projects.Plans;

/// <summary>The plans of a project over its days. Changes take effect in recorded order; at the end of a day those count that are dated
/// up to it (domain 4.2).</summary>
internal sealed class PlanTimeline
{
    private PlanTimeline(ImmutableArray<(DateOnly From, FlowPlan Plan)> segments, FlowPlan last, PlanInputs inputs) => (Segments, Last, Inputs) = (segments, last, inputs);

    /// <summary>The plans, each from the end of its day on; the first from that of the registration.</summary>
    public ImmutableArray<(DateOnly From, FlowPlan Plan)> Segments { get; }

    /// <summary>The plan at the end of the last day, with what it keeps because it has steps.</summary>
    public FlowPlan Last { get; }

    /// <summary>What <see cref="Last"/> follows from.</summary>
    public PlanInputs Inputs { get; }

    /// <summary>Every item that was in the plan on some day, as the last plan that had it does: first those of the last plan, in its order.</summary>
    public IEnumerable<PlannedItem> Items => Segments.Length == 1 ? Last.Items : Last.Items.Concat(Segments.Reverse().SelectMany(s => s.Plan.Items)).DistinctBy(i => i.Code);

    /// <summary>The plans that the changes in <paramref name="state"/> make.</summary>
    /// <param name="whole">The plan with every change: what has steps is kept, and is defined as it is there.</param>
    public static PlanTimeline Of(ProjectState state, FlowPlan whole, PlanBook plans)
    {
        var first = state.Plans[0];
        List<(DateOnly From, PlanInputs Inputs, FlowPlan Plan)> segments = [(first.From, first.Inputs, plans.Of(first.Inputs))];
        foreach (var day in state.Plans.Skip(1).Select(p => p.From > first.From ? p.From : first.From).Distinct().Order())
        {
            // A change can be impossible among others that it was not decided among; it counts from the first day on that makes it possible.
            var changed = On(day, state.Plans);
            if (plans.TryResolve(changed, out var plan) is not null) continue;
            if (segments[^1].From == day) segments.RemoveAt(segments.Count - 1);
            segments.Add((day, changed, plan!));
        }

        var (_, inputs, last) = segments[^1];
        ImmutableArray<FlowItem> kept = [.. state.Items.Keys.Where(code => last.Find(code) is null).Select(code => whole.Find(code)).OfType<PlannedItem>().Select(i => i.Item)];
        var keeping = inputs.Keeping(kept);
        if (!kept.IsEmpty && plans.TryResolve(keeping, out var more) is null) (last, inputs) = (more!, keeping);
        return new([.. segments.Select(s => (s.From, s.Plan))], last, inputs);
    }

    /// <summary>The days d with From &lt; d ≤ To at whose eve the item was part of the plan and applied.</summary>
    /// <param name="started">Whether it has steps: then it is part of every plan.</param>
    public IEnumerable<(DateOnly From, DateOnly To)> Applying(string code, bool started)
    {
        for (var i = 0; i < Segments.Length; i++)
        {
            var item = Segments[i].Plan.Find(code);
            if (item is null ? started : item.Applicability == Applicability.Applies)
                yield return (i == 0 ? DateOnly.MinValue : Segments[i].From, i + 1 < Segments.Length ? Segments[i + 1].From : DateOnly.MaxValue);
        }
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
