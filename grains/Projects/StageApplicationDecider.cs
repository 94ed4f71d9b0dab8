using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Projects;

/// <summary>What follows from a stage application 一张表单 and from its lead department's one supplement request (domain 5.6).</summary>
internal static class StageApplicationDecider
{
    /// <summary>Submits several ready items of a stage as one; all or none.</summary>
    public static Decision<ProjectFact> Apply(ApplyForStage command, ProjectState state, ProjectContext context)
    {
        if (state.Plan is not { } inputs) return Refusal.Of("project-not-found");
        var plan = context.Plans.Of(inputs);
        if (!plan.Source.Flow.Stages.Any(s => s.Code == command.Stage)) return Refusal.Of("stage-not-found", ("stage", command.Stage));
        if (command.Items.IsEmpty) return Refusal.Of("invalid-application", [Fault.Of("/items", "none-named")]);
        Fault[] faults = [.. Fault.Twice("/items", command.Items)];
        if (faults.Length > 0) return Refusal.Of("invalid-application", faults);
        if (command.Items.FirstOrDefault(i => plan.Find(i) is { } item && item.Definition.Stage != command.Stage) is { } other)
            return Refusal.Of("item-of-other-stage", ("item", other), ("stage", command.Stage));

        if (context.CheckVersion(state.Version) is { } stale) return stale;

        // The version is the project's: none of the items'.
        var each = context with { Act = context.Act with { IfVersion = null } };

        // A number is never used again, though its application be voided.
        var number = state.Entries.Count(e => e.Fact is StageApplied) + 1;
        var entries = new List<Entry<ProjectFact>> { context.Entry(new StageApplied(number, command.Stage, command.Items, command.Materials), state.Version + 1) };
        foreach (var item in command.Items)
        {
            // The shared materials are in the application's own fact, once.
            if (StepDecider.Facts(new Submission(item, [], number), state, each, state.Version + entries.Count, out var facts) is { } refusal) return refusal;
            entries.AddRange(facts);
        }

        return Milestones.With(entries, state, context);
    }

    /// <summary>Asks, once, for what is missing of several of the application's items.</summary>
    public static Decision<ProjectFact> RequestSupplement(RequestStageSupplement command, ProjectState state, ProjectContext context)
    {
        if (state.Registration is not { } registration) return Refusal.Of("project-not-found");
        if (state.Applications.FirstOrDefault(a => a.Number == command.Number && a.Stage == command.Stage) is not { } application)
            return Refusal.Of("application-not-found", ("number", command.Number), ("stage", command.Stage));

        var plan = context.Plans.Of(state.Plan!);
        if (plan.Source.Flow.Stages.FirstOrDefault(s => s.Code == command.Stage) is not { } stage) return Refusal.Of("stage-not-found", ("stage", command.Stage));
        var lead = context.Departments.Of(stage.Lead, registration.Authority, registration.District);
        if (context.Act.Actor.Role == Role.Department && context.Act.Actor.Department != lead) return Refusal.Of("application-not-found", ("number", command.Number), ("stage", command.Stage));
        if (context.Act.Actor.Role == Role.Office && context.Act.OnBehalfOf != lead) return Refusal.Of("on-behalf-of-other", ("item", command.Stage), ("department", lead));
        if (context.Act.Actor.Role is not (Role.Department or Role.Office)) return Refusal.Of("role-not-allowed");
        if (context.CheckVersion(state.Version) is { } stale) return stale;
        if (application.SupplementRequested) return Refusal.Of("supplement-already-requested", ("item", command.Stage));
        if (command.Missing.IsEmpty) return Refusal.Of("invalid-application", [Fault.Of("/missing", "none-named")]);
        if (command.Missing.FirstOrDefault(m => !application.Items.Contains(m.Item) || plan.Find(m.Item) is null) is { } strange) return Refusal.Of("item-not-found", ("item", strange.Item));

        // The lead department speaks for the departments of the application's items.
        var items = command.Missing.GroupBy(m => m.Item, m => m.Material).ToImmutableArray();
        var entries = new List<Entry<ProjectFact>> { context.Entry(new StageSupplementRequested(command.Number, [.. items.Select(i => i.Key)]), state.Version + 1) };
        foreach (var item in items)
        {
            var department = registration.DepartmentOf(plan.Find(item.Key)!, context.Departments);
            var onBehalf = context with { Act = context.Act with { Actor = context.Act.Actor with { Role = Role.Office }, OnBehalfOf = department, IfVersion = null } };
            if (StepDecider.Facts(new SupplementRequest(item.Key, [.. item.Distinct()], command.DueOn), state, onBehalf, state.Version + entries.Count, out var facts) is { } refusal) return refusal;
            entries.AddRange(facts.Select(f => f.Actor == onBehalf.Act.Actor ? f with { Actor = context.Act.Actor } : f));
        }

        return Milestones.With(entries, state, context);
    }
}

/// <summary>Applies for several items of a stage as one.</summary>
[GenerateSerializer, Immutable, Alias("agency.apply-for-stage")]
public sealed record ApplyForStage(
    [property: Id(0)] string Stage,
    [property: Id(1)] ImmutableArray<string> Items,
    [property: Id(2)] ImmutableArray<SubmittedMaterial> Materials);

/// <summary>Names, once and completely, what is missing of a stage application.</summary>
/// <param name="DueOn">The notice's date; null: 30 natural days from now.</param>
[GenerateSerializer, Immutable, Alias("agency.request-stage-supplement")]
public sealed record RequestStageSupplement(
    [property: Id(0)] string Stage,
    [property: Id(1)] int Number,
    [property: Id(2)] ImmutableArray<MissingMaterial> Missing,
    [property: Id(3)] DateOnly? DueOn);

[GenerateSerializer, Immutable, Alias("agency.missing-material")]
public sealed record MissingMaterial([property: Id(0)] string Item, [property: Id(1)] string Material);
