using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Mandates;
using Agency.People;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>What follows from a pause, a continuation, a termination, and the report that works are finished (domain 5.9, 7).</summary>
internal static class StandstillDecider
{
    public static Decision<ProjectFact> Decide(ProjectFact command, ProjectState state, ProjectContext context)
    {
        var role = context.Act.Actor.Role;
        if (role != Role.Office && !(command is WorksFinished && role is Role.Owner or Role.Clerk)) return Refusal.Of("role-not-allowed");
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (command is WorksFinished && ClerkAuthority.CheckStage(FlowStage.Completion, state, context) is { } unmandated) return unmandated;
        if (context.CheckPaper() is { } paper) return paper;
        Fault[] faults = [.. StepForm.Number(NumberOf(command)), .. StepForm.Texts(context.Act)];
        if (faults.Length > 0) return Refusal.Of("invalid-step", faults);
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (context.CheckVersion(state.Version) is { } stale) return stale;
        if (Check(command, context.Day, state.Version + 1, state, context.Plans) is { } refusal) return refusal;
        if (command is not WorksFinished && !context.Act.Gives(Act.Reason)) return Refusal.Of("reason-required");

        return Milestones.With([context.Entry(command, state.Version + 1)], state, context);
    }

    private static string? NumberOf(ProjectFact fact) => fact switch
    {
        ProjectPaused f => f.DocumentNumber,
        ProjectContinued f => f.DocumentNumber,
        ProjectTerminated f => f.DocumentNumber,
        _ => null,
    };

    /// <summary>Why such a fact may not stand at this place of the record; null if it may.</summary>
    public static Refusal? Check(ProjectFact fact, DateOnly day, long version, ProjectState state, PlanBook plans)
    {
        var last = state.Standstill.Pauses is [.., var pause] ? pause.To ?? pause.From : DateOnly.MinValue;
        var lastStep = state.Items.Values.Select(i => i.LastDay).DefaultIfEmpty(DateOnly.MinValue).Max();
        return fact switch
        {
            ProjectPaused when state.Standstill.IsOpen => Refusal.Of("already-paused"),
            ProjectContinued when !state.Standstill.IsOpen => Refusal.Of("not-paused"),
            ProjectPaused or ProjectContinued or ProjectTerminated when day < last => Refusal.Of("before-last-standstill", ("day", day), ("last", last)),
            ProjectPaused or ProjectTerminated when day < lastStep => Refusal.Of("before-recorded-steps", ("day", day), ("last", lastStep)),
            WorksFinished when state.Standstill.Holds(day, version) => Refusal.Of("project-paused", ("item", ""), ("day", day)),
            WorksFinished f when !state.Plan!.Works.Contains(f.Work) => Refusal.Of("unknown-work", ("work", f.Work)),
            WorksFinished f when state.FinishedWorks.ContainsKey(f.Work) => Refusal.Of("works-finished-already", ("work", f.Work)),
            WorksFinished f => CheckFinished(f, day, state, plans),
            ProjectPaused or ProjectContinued or ProjectTerminated => null,
            _ => throw new NotSupportedException($"{fact.GetType().Name} is no standstill."),
        };
    }

    /// <summary>Why works cannot be finished on the day that they are said to be, reported on <paramref name="day"/>; null if they can.</summary>
    public static Refusal? CheckFinished(WorksFinished works, DateOnly day, ProjectState state, PlanBook plans)
    {
        if (!(FirstDays.Of(state, plans).PermittedOn(works.Work) <= works.FinishedOn)) return Refusal.Of("works-not-permitted", ("work", works.Work));
        return works.FinishedOn > day ? Refusal.Of("future-day", ("day", works.FinishedOn), ("today", day)) : null;
    }
}
