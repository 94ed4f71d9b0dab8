using System.Runtime.CompilerServices;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Projects.Plans;

/// <summary>Resolves a project's plans, each once, by the flow versions that it was given.</summary>
internal sealed class PlanBook
{
    private readonly Dictionary<(string Code, int Version), Flow> _flows = [];
    private readonly ConditionalWeakTable<PlanInputs, FlowPlan> _plans = [];

    /// <summary>Makes a flow version known.</summary>
    public void Add(Flow flow) => _flows[(flow.Code, flow.Version)] = flow;

    /// <summary>Whether the flow version is known.</summary>
    public bool Has(string flow, int version) => _flows.ContainsKey((flow, version));

    public Flow Flow(PlanInputs inputs) => _flows[(inputs.Flow, inputs.FlowVersion)];

    /// <summary>The plan of inputs that were decided on before.</summary>
    public FlowPlan Of(PlanInputs inputs) => TryResolve(inputs, out var plan) is { } refusal ? throw new InvalidOperationException($"A recorded plan has become impossible: {refusal.Code}.") : plan!;

    /// <summary>Why there is no such plan; null if there is.</summary>
    public Refusal? TryResolve(PlanInputs inputs, out FlowPlan? plan)
    {
        if (_plans.TryGetValue(inputs, out plan)) return null;
        var source = WorkExpansion.Expand(new(Flow(inputs), inputs.Answers, inputs.Struck, inputs.Added), inputs.Works);
        source = source with { Added = [.. source.Added, .. inputs.Kept.Select(i => new AddedItem(i with { Condition = null, AppliesIf = [] }, []))] };
        if (!FlowPlan.TryResolve(source, out plan, out var refusal)) return refusal;
        _plans.Add(inputs, plan);
        return null;
    }
}
