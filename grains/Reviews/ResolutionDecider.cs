using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;
using Agency.Services;

namespace Agency.Reviews;

/// <summary>What follows from a step of a resolution (domain 11.6).</summary>
internal static class ResolutionDecider
{
    public static Decision<ReviewFact> Decide(string id, ResolutionFact command, Review review, ReviewContext context)
    {
        if (CheckSight(id, command, review, context.Act.Actor) is { } unseen) return unseen;
        var (name, resolution) = (ResolutionId.Of(id, command.Resolution), review.Find(command.Resolution)!);
        if (CheckActor(command, name, resolution, review, context) is { } notAllowed) return notAllowed;
        if (context.CheckPaper() is { } paper) return paper;
        if (Form(command, context).ToArray() is { Length: > 0 } faults) return Refusal.Of("invalid-entry", faults);
        if (context.CheckVersion(resolution.Version) is { } stale) return stale;
        if (resolution.Status == ResolutionStatus.Taken) return Refusal.Of("resolution-not-given", ("resolution", name));
        if (resolution.Status == ResolutionStatus.Withdrawn) return Refusal.Of("resolution-withdrawn", ("resolution", name));
        if (IsAlreadySo(command, resolution)) return ImmutableArray<Entry<ReviewFact>>.Empty;
        if ((CheckState(command, name, resolution) ?? Check(command, name, resolution, context)) is { } refusal) return refusal;
        if (context.Day < resolution.LastDay) return Refusal.Of("before-last-entry", ("day", context.Day), ("last", resolution.LastDay));

        var fact = command is ResolutionUrged urged ? urged with { Step = resolution.NextStep } : command;
        var entry = context.Entry(fact, review.Version + 1);
        return review.With(entry).IsToBeArchived ? ImmutableArray.Create(entry, context.SystemEntry(new Archived(), review.Version + 2)) : entry;
    }

    /// <summary>Why a command is answered as if there were no such resolution; null if it is there to the actor.</summary>
    public static Refusal? CheckSight(string id, ResolutionFact command, Review review, Actor actor) =>
        review.Find(command.Resolution)?.IsShownTo(actor) is true ? null : Refusal.Of("resolution-not-found", ("resolution", ResolutionId.Of(id, command.Resolution)));

    // Who signs and reports is the lead unit, or the office for it; who chairs consents, or the office for that person; the rest is the office's.
    private static Refusal? CheckActor(ResolutionFact command, string name, Resolution resolution, Review review, ReviewContext context)
    {
        var act = context.Act;
        var ofUnit = command is ResolutionReceived or ResolutionExtensionRequested or ResolutionProgressed or ResolutionCompleted;
        switch (act.Actor.Role)
        {
            case Role.Office when ofUnit:
                return IsUnits(command, act.OnBehalfOf, resolution) ? null : Refusal.Of("on-behalf-of-unit", ("resolution", name), ("lead", resolution.Draft.Lead));
            case Role.Office or Role.Leadership when command is ResolutionExtended:
                return context.CheckChair(review);
            case Role.Office:
                return act.OnBehalfOf is null ? null : Refusal.Of("on-behalf-of-unneeded");
            case Role.Department when ofUnit:
                return IsUnits(command, act.Actor.Department, resolution) ? null : Refusal.Of("not-lead-unit", ("resolution", name), ("lead", resolution.Draft.Lead));
            default:
                return Refusal.Of("role-not-allowed");
        }
    }

    private static bool IsUnits(ResolutionFact command, string? department, Resolution resolution) =>
        command is ResolutionProgressed ? resolution.Summary.Concerns(department) : resolution.Draft.Lead == department;

    private static IEnumerable<Fault> Form(ResolutionFact command, ReviewContext context) =>
    [
        .. command switch
        {
            ResolutionCompleted f => ServiceAuthority.Evidence(f.Evidence),
            ResolutionUrged f => StepForm.Number(f.DocumentNumber),
            _ => [],
        },
        .. StepForm.Texts(context.Act),
    ];

    private static bool IsAlreadySo(ResolutionFact command, Resolution resolution) => command switch
    {
        ResolutionReceived => resolution.ReceivedOn is not null,
        ResolutionExtensionRequested f => resolution.AskedFor == f.DueDate,
        ResolutionExtended f => resolution.PromisedFor is not null && resolution.DueDate == f.DueDate,
        ResolutionUrged f => f.Step is { } step && resolution.Ladder is [.., var last] && last.Step == step,
        ResolutionCompleted f => resolution.CompletedOn is not null && resolution.Evidence.SequenceEqual(f.Evidence),
        ResolutionConfirmed => resolution.Status == ResolutionStatus.Closed,
        _ => false,
    };

    private static Refusal? CheckState(ResolutionFact command, string name, Resolution resolution) => (resolution.Status, command) switch
    {
        (ResolutionStatus.Closed, _) => Refusal.Of("resolution-closed", ("resolution", name), ("day", resolution.ClosedOn!.Value)),
        (ResolutionStatus.Completed, ResolutionConfirmed or ResolutionReturned) => null,
        (ResolutionStatus.Completed, _) => Refusal.Of("resolution-completed", ("resolution", name), ("day", resolution.CompletedOn!.Value)),
        (_, ResolutionConfirmed or ResolutionReturned) => Refusal.Of("resolution-not-completed", ("resolution", name)),
        (ResolutionStatus.Given, ResolutionProgressed or ResolutionCompleted) => Refusal.Of("resolution-not-received", ("resolution", name)),
        _ => null,
    };

    private static Refusal? Check(ResolutionFact command, string name, Resolution resolution, ReviewContext context) => command switch
    {
        ResolutionExtensionRequested f => Reasoned(context) ?? CheckExtension(f.DueDate, name, resolution, context),

        // What was asked for has its reason already.
        ResolutionExtended f => (resolution.AskedFor is null ? Reasoned(context) : null) ?? CheckExtension(f.DueDate, name, resolution, context),
        ResolutionUrged f => CheckLadder(f.Step, name, resolution, context.Day),
        ResolutionReturned => Reasoned(context),
        _ => null,
    };

    private static Refusal? Reasoned(ReviewContext context) => context.Act.Gives(Act.Reason) ? null : Refusal.Of("reason-required");

    private static Refusal? CheckExtension(DateOnly dueDate, string name, Resolution resolution, ReviewContext context)
    {
        if (resolution.PromisedFor is not null) return Refusal.Of("resolution-extended", ("resolution", name), ("day", resolution.DueDate));
        var first = resolution.DueDate < context.Day ? context.Day : resolution.DueDate.AddDays(1);
        Fault[] faults = [.. ServiceAuthority.DueDay("/dueDate", dueDate, first, resolution.DueDate.AddYears(FollowUp.MostYears))];
        return faults.Length == 0 ? null : Refusal.Of("invalid-entry", faults);
    }

    private static Refusal? CheckLadder(LadderStep? step, string name, Resolution resolution, DateOnly day)
    {
        if (!resolution.IsOverdue(day)) return Refusal.Of("resolution-not-overdue", ("resolution", name), ("day", resolution.DueDate));
        if (resolution.NextStep is not { } next) return Refusal.Of("ladder-at-end", ("resolution", name));
        return step is null || step == next ? null : Refusal.Of("ladder-step-not-next", ("resolution", name), ("next", next));
    }
}
