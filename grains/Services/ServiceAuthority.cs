using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;

namespace Agency.Services;

/// <summary>Who may enter what concerns the service to a project.</summary>
internal static class ServiceAuthority
{
    /// <summary>Why the actor may not act as one of these roles for the project, or not on this day; null if it may. Of managers and clerks
    /// only those of the project may.</summary>
    public static Refusal? Check(ProjectState state, ProjectContext context, params ReadOnlySpan<Role> roles) =>
        CheckRole(state, context, roles) ?? ClerkAuthority.CheckReading(state, context);

    /// <summary>The same, whoever the project's manager and clerks are.</summary>
    public static Refusal? CheckRole(ProjectState state, ProjectContext context, params ReadOnlySpan<Role> roles)
    {
        var actor = context.Act.Actor;
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (!roles.Contains(actor.Role)) return Refusal.Of("role-not-allowed");
        if (context.CheckPaper() is { } paper) return paper;
        return context.Act.OnBehalfOf is null || roles.Contains(Role.Department) ? null : Refusal.Of("on-behalf-of-unneeded");
    }

    /// <summary>Why something new cannot be said of a thing on the command's day, or its members cannot be; null if it can.</summary>
    /// <param name="version">The thing's version.</param>
    /// <param name="last">Day of the last thing said of it.</param>
    public static Refusal? CheckEntry(long version, DateOnly last, ProjectContext context, params IEnumerable<Fault> faults)
    {
        Fault[] all = [.. faults, .. StepForm.Texts(context.Act)];
        if (all.Length > 0) return Refusal.Of("invalid-entry", all);
        if (context.CheckVersion(version) is { } stale) return stale;
        return context.Day < last ? Refusal.Of("before-last-entry", ("day", context.Day), ("last", last)) : null;
    }

    /// <summary>What is wrong with evidence, of which there must be some.</summary>
    public static IEnumerable<Fault> Evidence(IReadOnlyCollection<SubmittedMaterial> evidence) =>
        evidence.Count == 0 ? [Fault.Of("/evidence", "none-named")] : StepForm.Materials("/evidence", [.. evidence]);

    /// <summary>What is wrong with a day on which something is due.</summary>
    public static IEnumerable<Fault> DueDay(string at, DateOnly? dueOn, DateOnly first, DateOnly last)
    {
        if (dueOn < first || dueOn > last) yield return Fault.Of(at, "due-day-out-of-range", ("first", first), ("last", last));
    }
}
