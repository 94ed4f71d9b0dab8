using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>What follows from a step of a session's life (domain 11).</summary>
internal static partial class ReviewDecider
{
    private const int LongestTitle = 200;

    public static Decision<ReviewFact> Decide(string id, ReviewFact command, Review review, ReviewContext context)
    {
        if (CheckSight(id, command, review, context.Act.Actor) is { } unseen) return unseen;
        if (CheckActor(command, review, context) is { } notAllowed) return notAllowed;
        if (context.CheckPaper() is { } paper) return paper;
        if (context.Act.OnBehalfOf is not null && !IsChairs(command) && command is not (AttendanceGiven or OpinionGiven)) return Refusal.Of("on-behalf-of-unneeded");
        return command switch
        {
            ReviewDrafted c => Draft(id, c, review, context),
            ReviewChanged c => Change(c, review, context),
            Convened c => Convene(c, review, context),
            Postponed c => Postpone(c, review, context),
            Cancelled c => Cancel(c, review, context),
            DepartmentsReminded => Remind(review, context),
            AttendanceGiven c => Attend(c, review, context),
            EntryAdded c => AddEntry(c, review, context),
            EntryChanged c => ChangeEntry(c, review, context),
            EntryRemoved c => RemoveEntry(c, review, context),
            OpinionGiven c => GiveOpinion(c, review, context),
            Opened c => Open(c, review, context),
            EntryConcluded c => ConcludeEntry(c, review, context),
            EntryReopened c => ReopenEntry(c, review, context),
            Concluded c => Conclude(c, review, context),
            Issued c => Issue(c, review, context),
            _ => throw new NotSupportedException($"{command.GetType().Name} is no command to a session."),
        };
    }

    /// <summary>Why a command is answered as if there were no such session; null if it is there to the actor.</summary>
    public static Refusal? CheckSight(string id, ReviewFact command, Review review, Actor actor)
    {
        if (command is ReviewDrafted) return null;
        if (review.Draft is null) return NotFound(id);
        if (actor.Role != Role.Department) return null;
        var (department, entry) = command switch
        {
            AttendanceGiven c => (c.Department, null),
            OpinionGiven c => (c.Department, c.Entry),
            _ => (actor.Department, (string?)null),
        };
        return department == actor.Department && review.IsSeenBy(actor) && review.Agenda.Any(e => (entry ?? e.Id) == e.Id && e.Subject.Departments.Contains(department!)) ? null : NotFound(id);
    }

    public static Refusal NotFound(string id) => Refusal.Of("review-not-found", ("review", id));

    private static ImmutableArray<Entry<ReviewFact>> Nothing => [];

    private static Refusal? CheckActor(ReviewFact command, Review review, ReviewContext context) => command switch
    {
        AttendanceGiven or OpinionGiven => context.Act.Actor.Role is Role.Office or Role.Department ? null : Refusal.Of("role-not-allowed"),
        Opened when context.Act.Actor.Role == Role.Leadership => context.CheckChair(review),
        _ when IsChairs(command) => context.CheckChair(review),
        _ => context.IsOffice ? null : Refusal.Of("role-not-allowed"),
    };

    // Opening the session is the office's business as well.
    private static bool IsChairs(ReviewFact command) => command is EntryConcluded or EntryReopened or Concluded or Issued;

    // Why something cannot be said now, in the order of what the caller can do about it; null if it can.
    private static Refusal? Check(Review review, ReviewContext context, long version, IEnumerable<Fault> faults, params ReadOnlySpan<ReviewStatus> states)
    {
        var all = Once(faults.Concat(StepForm.Texts(context.Act)));
        if (all.Length > 0) return Refusal.Of("invalid-review", all);
        if (context.CheckVersion(version) is { } stale) return stale;
        return states.Contains(review.Status) ? null : Refusal.Of("review-state", ("state", review.Status));
    }

    // Each member is named once, by what is wrong with it first.
    private static Fault[] Once(IEnumerable<Fault> faults) => [.. faults.DistinctBy(f => f.At)];

    // What follows the course of the session is not dated before its last step.
    private static Refusal? CheckDay(Review review, ReviewContext context) =>
        review.On[review.Status] is var last && context.Day < last ? Refusal.Of("before-last-entry", ("day", context.Day), ("last", last)) : null;

    private static ImmutableArray<Entry<ReviewFact>> Facts(Review review, ReviewContext context, ReviewFact fact, params IEnumerable<ReviewFact> following) =>
        [context.Entry(fact, review.Version + 1), .. following.Select((f, i) => context.SystemEntry(f, review.Version + 2 + i))];

    // Once departments have been called together each change is told to whom it concerns.
    private static IEnumerable<ReviewFact> Told(Review review, IEnumerable<string> departments) =>
        review.IsUnderWay && departments.Distinct().Order(StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } some ? [new DepartmentsNotified(some)] : [];
}
