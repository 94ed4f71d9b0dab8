using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>What departments say to the entries that concern them.</summary>
internal static partial class ReviewDecider
{
    private static Decision<ReviewFact> GiveOpinion(OpinionGiven command, Review review, ReviewContext context)
    {
        if (review.Find(command.Entry) is not { } entry) return EntryNotFound(command.Entry);
        if (!entry.Subject.Departments.Contains(command.Department)) return Refusal.Of("department-not-concerned", ("department", command.Department));
        if (OnBehalf(command.Department, context) is var (acting, foreign) && foreign is not null) return foreign;
        var last = entry.Opinions.LastOrDefault(o => o.Department == command.Department && !o.Deemed);

        // What is said late is kept, to the end: until the minutes are issued.
        if (Check(review, context, last?.Version ?? 0, Ground(command, context), ReviewStatus.Convened, ReviewStatus.InSession, ReviewStatus.Concluded, ReviewStatus.MinutesDrafted) is { } refusal) return refusal;
        if (context.Day < review.On[ReviewStatus.Drafted]) return Refusal.Of("before-last-entry", ("day", context.Day), ("last", review.On[ReviewStatus.Drafted]));
        return last is not null && IsSame(last) ? Nothing : Facts(review, acting, command);

        // The same again is already so, unless it is to another question, or now in time and was not.
        bool IsSame(Opinion standing) =>
            standing.Version > entry.AskedAt
            && (standing.Stance, standing.Ground) == (command.Stance, context.Act.Text(ReviewFact.Ground))
            && (EntryOpinions.IsInTime(entry, standing, review.Plan) || !(entry.ConcludedUnder ?? review.Plan).IsInTime(context.Moment.Now, context.Day));
    }

    private static IEnumerable<Fault> Ground(OpinionGiven command, ReviewContext context)
    {
        if (context.Act.Gives(ReviewFact.Ground)) yield break;
        if (command.Stance == Stance.Object) yield return Fault.Of("/ground", "legal-ground-missing");
        else if (command.Stance != Stance.Agree) yield return Fault.Of("/ground", "ground-missing");
    }
}
