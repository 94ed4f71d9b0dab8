using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>When, where and by whom it is held, and who comes.</summary>
internal static partial class ReviewDecider
{
    // A session is planned at most so many years ahead.
    private const int MostYears = 3;

    private static Decision<ReviewFact> Draft(string id, ReviewDrafted command, Review review, ReviewContext context)
    {
        if (review.Draft is { } standing)
        {
            return standing.Series is { } series && (series, standing.Occurrence) == (command.Series, command.Occurrence) ? Nothing : Refusal.Of("review-exists", ("review", id));
        }

        var plan = InUtc(command.Plan);
        var faults = Once([.. Faults(command.Kind, plan), .. Time(plan, context), .. Title(context.Act.Text(ReviewFact.Title)), .. StepForm.Texts(context.Act)]);
        return faults.Length > 0 ? Refusal.Of("invalid-review", faults) : Facts(review, Placed(plan, context), command with { Plan = plan with { Place = null } });
    }

    private static Decision<ReviewFact> Change(ReviewChanged command, Review review, ReviewContext context)
    {
        var (before, plan) = (review.Plan, InUtc(command.Plan));
        var (title, moves) = (context.Act.Text(ReviewFact.Title), (plan.StartsAt, plan.OpinionsBy) != (before.StartsAt, before.OpinionsBy));
        Fault[] faults = [.. Faults(review.Draft!.Kind, plan), .. moves ? Time(plan, context) : [], .. title is null ? [] : Title(title)];
        if (Check(review, context, review.Version, faults, ReviewStatus.Drafted, ReviewStatus.Convened, ReviewStatus.InSession) is { } refusal) return refusal;
        if (plan == before && (title ?? review.Title) == review.Title) return Nothing;
        if (review.IsUnderWay && CheckChaired(plan, review) is { } unchaired) return unchaired;
        if (moves && review.IsUnderWay)
        {
            // What has begun, or should have, is put off, for a reason.
            if (review.Status == ReviewStatus.InSession || before.IsPast(context.Moment)) return Refusal.Of("review-time-past", ("day", before.HeldOn!.Value));
            if (CheckNotice(plan, review, context) is { } notice) return notice;
        }

        var relocates = plan.Place != before.Place;
        return Facts(review, relocates ? Placed(plan, context) : context, new ReviewChanged(plan with { Place = null }, relocates, (title ?? review.Title) != review.Title), Told(review, review.Concerned));
    }

    private static Decision<ReviewFact> Convene(Convened command, Review review, ReviewContext context)
    {
        if (Check(review, context, review.Version, [], ReviewStatus.Drafted) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        if (review.Agenda.IsEmpty) return Refusal.Of("agenda-empty");
        if (CheckChaired(review.Plan, review) is { } unchaired) return unchaired;
        if (CheckNotice(review.Plan, review, context) is { } notice) return notice;
        var concerned = review.Concerned.ToArray();
        return Facts(review, context, command, concerned.Length == 0 ? [] : [new DepartmentsNotified([.. concerned])]);
    }

    private static Decision<ReviewFact> Postpone(Postponed command, Review review, ReviewContext context)
    {
        var plan = InUtc(review.Plan with { StartsAt = command.StartsAt, OpinionsBy = command.OpinionsBy });
        Fault[] faults = [.. Faults(review.Draft!.Kind, plan), .. Time(plan, context), .. Reason(context)];
        if (Check(review, context, review.Version, faults, ReviewStatus.Convened, ReviewStatus.InSession) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        return CheckNotice(plan, review, context) is { } notice ? notice : Facts(review, context, new Postponed(plan.StartsAt, plan.OpinionsBy), Told(review, review.Concerned));
    }

    private static Decision<ReviewFact> Cancel(Cancelled command, Review review, ReviewContext context)
    {
        if (Check(review, context, review.Version, Reason(context), ReviewStatus.Drafted, ReviewStatus.Convened) is { } refusal) return refusal;
        return CheckDay(review, context) is { } early ? early : Facts(review, context, command, Told(review, review.Concerned));
    }

    private static Decision<ReviewFact> Remind(Review review, ReviewContext context)
    {
        if (Check(review, context, review.Version, [], ReviewStatus.Convened, ReviewStatus.InSession) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        if (review.Plan.IsPast(context.Moment)) return Refusal.Of("opinions-closed");
        var owing = EntryOpinions.Owing(review).ToArray();
        if (context.Act.Actor.Role == Role.System)
        {
            // Once is enough; the office may do so again.
            owing = [.. owing.Where(d => review.Agenda.Any(e => e.Outcome is null && EntryOpinions.Silent(e, review.Plan).Contains(d) && !EntryOpinions.IsReminded(e, d, review)))];
            if (owing.Length == 0) return Nothing;
        }

        return owing.Length == 0 ? Refusal.Of("nobody-owes-opinion") : Facts(review, context, new DepartmentsReminded([.. owing]));
    }

    private static Decision<ReviewFact> Attend(AttendanceGiven command, Review review, ReviewContext context)
    {
        if (!review.Concerned.Contains(command.Department)) return Refusal.Of("department-not-concerned", ("department", command.Department));
        if (OnBehalf(command.Department, context) is var (acting, foreign) && foreign is not null) return foreign;
        var standing = review.Attendance.GetValueOrDefault(command.Department);
        var came = command.Attendance is Attendance.Present or Attendance.Absent;
        if (came && context.Act.Actor.Role != Role.Office) return Refusal.Of("attendance-office-only");
        if (came) acting = context with { Act = context.Act with { OnBehalfOf = null } };
        Fault[] faults = [.. Delegate(command)];
        ReviewStatus[] states = came ? [ReviewStatus.InSession, ReviewStatus.Concluded, ReviewStatus.MinutesDrafted] : [ReviewStatus.Convened, ReviewStatus.InSession];
        if (Check(review, context, standing?.Version ?? 0, faults, states) is { } refusal) return refusal;
        if (context.Day < review.On[ReviewStatus.Drafted]) return Refusal.Of("before-last-entry", ("day", context.Day), ("last", review.On[ReviewStatus.Drafted]));
        return (standing?.Attendance, standing?.Delegate) == (command.Attendance, command.Delegate) ? Nothing : Facts(review, acting, command);
    }

    private static IEnumerable<Fault> Delegate(AttendanceGiven command)
    {
        if (command.Attendance == Attendance.Delegated && command.Delegate is null) yield return Fault.Of("/delegate", "delegate-missing");
        if (command.Delegate is null) yield break;
        if (command.Attendance is not (Attendance.Delegated or Attendance.Present)) yield return Fault.Of("/delegate", "delegate-unneeded");
        if (!PersonId.IsOne(command.Delegate)) yield return Fault.Of("/delegate", "bad-person-id");
    }

    // Whoever enters a department's word from paper does it for that department, whether the request says so once more or not.
    private static (ReviewContext Acting, Refusal? Foreign) OnBehalf(string department, ReviewContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return (context, null);
        if (context.Act.OnBehalfOf is { } other && other != department) return (context, Refusal.Of("on-behalf-of-path", ("department", department)));
        return (context with { Act = context.Act with { OnBehalfOf = department } }, null);
    }

    // A joint conference is a city leader's: departments are told whose.
    private static Refusal? CheckChaired(ReviewPlan plan, Review review) =>
        review.Draft!.Kind == ReviewKind.JointConference && plan.Chair is null ? Refusal.Of("chair-required") : null;

    // Ahead of its day by the working days of notice, or for a reason by less.
    private static Refusal? CheckNotice(ReviewPlan plan, Review review, ReviewContext context)
    {
        var day = plan.HeldOn!.Value;
        if (day < context.Day || (context.Day == context.Moment.Today && plan.IsPast(context.Moment))) return Refusal.Of("review-time-past", ("day", day));
        return CheckAhead(plan, review, context);
    }

    private static Refusal? CheckAhead(ReviewPlan plan, Review review, ReviewContext context)
    {
        var (wanted, days) = (context.Rules.NoticeOf(review), Math.Max(context.Calendar.Count(context.Day, plan.HeldOn!.Value), 0));
        return days >= wanted || context.Act.Gives(Act.Reason) ? null : Refusal.Of("short-notice", ("days", days), ("wanted", wanted));
    }

    private static IEnumerable<Fault> Faults(ReviewKind kind, ReviewPlan plan)
    {
        var written = kind == ReviewKind.WrittenConsultation;
        if (written && plan.StartsAt is not null) yield return Fault.Of("/startsAt", "written-has-no-start");
        if (!written && plan.StartsAt is null) yield return Fault.Of("/startsAt", "start-missing");
        if (written && plan.OpinionsBy is null) yield return Fault.Of("/opinionsBy", "opinions-by-missing");
        if (!written && plan.OpinionsBy is not null) yield return Fault.Of("/opinionsBy", "opinions-by-unneeded");
        foreach (var fault in StepForm.Name("/place", plan.Place)) yield return fault;
        if (plan.Chair is { } chair && !PersonId.IsOne(chair)) yield return Fault.Of("/chair", "bad-person-id");
        if (plan.Recorder is { } recorder && !PersonId.IsOne(recorder)) yield return Fault.Of("/recorder", "bad-person-id");
    }

    private static IEnumerable<Fault> Time(ReviewPlan plan, ReviewContext context)
    {
        var (first, last) = (context.Day, context.Day.AddYears(MostYears));
        if (plan.HeldOn is { } day && (day < first || day > last)) yield return Fault.Of(plan.StartsAt is null ? "/opinionsBy" : "/startsAt", "review-day-out-of-range", ("first", first), ("last", last));
    }

    private static Fault[] Title(string? title) => title is { Length: <= LongestTitle } ? StepForm.Name("/title", title) : [Fault.Of("/title", "bad-name", ("max", LongestTitle))];

    private static Fault[] Reason(ReviewContext context) => context.Act.Gives(Act.Reason) ? [] : [Fault.Of("/reason", "reason-required")];

    // The place is a text beside the fact, so that it can be redacted.
    private static ReviewContext Placed(ReviewPlan plan, ReviewContext context) =>
        plan.Place is { } place ? context with { Act = context.Act with { Texts = (context.Act.Texts ?? Act.NoTexts).SetItem(ReviewFact.Place, place) } } : context;

    private static ReviewPlan InUtc(ReviewPlan plan) => plan with { StartsAt = plan.StartsAt?.ToUniversalTime() };
}
