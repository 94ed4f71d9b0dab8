namespace Agency.Projects.Plans;

/// <summary>What a project's plan followed from after a fact.</summary>
/// <param name="Version">The fact's.</param>
/// <param name="From">The day it happened.</param>
/// <param name="Change">What changed; null for the registration.</param>
public sealed record PlanVersion(long Version, DateOnly From, PlanChange? Change, PlanInputs Inputs);
