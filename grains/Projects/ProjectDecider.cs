using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects.Codes;
using Agency.Reviews;

namespace Agency.Projects;

/// <summary>What follows from a command that concerns the project as a whole.</summary>
internal static class ProjectDecider
{
    /// <summary>Registers a project; every member is checked, and all that is wrong is named at once.</summary>
    /// <param name="flow">The flow version of the day; null if there is no such flow.</param>
    public static Decision<ProjectFact> Register(RegisterProject command, Flow? flow, ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.AliasOf is { } project) return Refusal.Of("code-in-use", ("code", command.Code), ("project", project));
        if (state.Registration is not null) return Refusal.Of("project-exists", ("code", command.Code));
        if (context.CheckPaper() is { } paper) return paper;

        Fault[] faults = [.. DetailsRules.Check(command.Details, command.Code, context), .. Check(command, flow, context)];
        if (faults.Length > 0) return Refusal.Of("invalid-registration", faults);
        var fact = new ProjectRegistered(command.Code, flow!.Code, flow.Version, command.District, command.Authority, command.ItemAuthorities, command.Answers, command.Details);
        return context.Entry(fact, state.Version + 1);
    }

    /// <summary>Changes what describes the project; the same again is already so.</summary>
    public static Decision<ProjectFact> ChangeDetails(ProjectPatch patch, ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.Registration is not { } registration) return Refusal.Of("project-not-found");
        if (context.CheckPaper() is { } paper) return paper;
        if (context.CheckVersion(state.Version) is { } stale) return stale;

        var details = patch.On(state.Details!);
        var faults = DetailsRules.Check(details, registration.Code, context).ToArray();
        if (faults.Length > 0) return Refusal.Of("invalid-details", faults);
        return details.SameAs(state.Details!) ? ImmutableArray<Entry<ProjectFact>>.Empty : context.Entry(new DetailsChanged(details), state.Version + 1);
    }

    /// <summary>Makes <paramref name="code"/>, which is no project, lead to <paramref name="project"/>.</summary>
    public static Decision<ProjectFact> GiveAlias(string code, string project, ProjectState state, ProjectContext context) => state switch
    {
        { Registration: not null } => Refusal.Of("code-in-use", ("code", code), ("project", code)),
        { AliasOf: { } other } when other != project => Refusal.Of("code-in-use", ("code", code), ("project", other)),
        { AliasOf: not null } => ImmutableArray<Entry<ProjectFact>>.Empty,
        _ => context.Entry(new AliasGiven(project), state.Version + 1),
    };

    /// <summary>Makes this code lead nowhere again, if it leads to <paramref name="project"/>.</summary>
    public static Decision<ProjectFact> ReleaseAlias(string project, ProjectState state, ProjectContext context) =>
        state.AliasOf == project ? context.Entry(new AliasReleased(), state.Version + 1) : ImmutableArray<Entry<ProjectFact>>.Empty;

    /// <summary>Records the copy of a resolution, in whatever state the project is: what a meeting resolved of it belongs to its record.</summary>
    public static Decision<ProjectFact> RecordResolution(ResolutionRecorded copy, ProjectState state, ProjectContext context)
    {
        if (state.Registration is null) return Refusal.Of("project-not-found");
        return state.Entries.Any(e => e.Fact is ResolutionRecorded known && (known.Resolution, known.Source) == (copy.Resolution, copy.Source))
            ? ImmutableArray<Entry<ProjectFact>>.Empty
            : context.SystemEntry(copy, state.Version + 1, context.Day);
    }

    private static IEnumerable<Fault> Check(RegisterProject command, Flow? flow, ProjectContext context)
    {
        if (!ProjectCode.TryParse(command.Code, out _)) yield return Fault.Of("/code", "bad-project-code");
        if (!context.City.City.Districts.Any(d => d.Code == command.District)) yield return Fault.Of("/district", "unknown-district", ("code", command.District));
        if (flow is null)
        {
            yield return Fault.Of("/flow", "unknown-flow", ("code", command.Flow));
            yield break;
        }

        foreach (var item in command.ItemAuthorities.Keys.Where(i => !flow.Items.Any(f => f.Definition.Code == i)))
            yield return Fault.Of($"/itemAuthorities/{item}", "unknown-item", ("code", item));
        if (!FlowPlan.TryResolve(new(flow, command.Answers.ToImmutableDictionary()), out _, out var refusal))
            yield return new("/conditions", refusal.Code, refusal.Arguments);
    }
}
