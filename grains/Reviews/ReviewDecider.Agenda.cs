using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Services;

namespace Agency.Reviews;

/// <summary>What a session is about.</summary>
internal static partial class ReviewDecider
{
    // The most entries that a session ever has, removed ones among them.
    private const int MostEntries = 200;

    private static Decision<ReviewFact> AddEntry(EntryAdded command, Review review, ReviewContext context)
    {
        var subject = Known(command.Subject, context);
        if (Check(review, context, review.Version, Faults(subject, context), ReviewStatus.Drafted, ReviewStatus.Convened, ReviewStatus.InSession) is { } refusal) return refusal;
        if (review.EntriesMade == MostEntries) return Refusal.Of("too-many-entries", ("max", MostEntries));
        return CheckTold(review, context, subject.Departments) is { } notice
            ? notice
            : Facts(review, context, new EntryAdded($"E{review.EntriesMade + 1}", subject), Told(review, subject.Departments));
    }

    private static Decision<ReviewFact> ChangeEntry(EntryChanged command, Review review, ReviewContext context)
    {
        if (review.Find(command.Entry) is not { } entry) return EntryNotFound(command.Entry);
        var subject = Known(command.Subject, context);
        if (CheckOpen(entry, review, context, Faults(subject, context, hasQuestion: entry.Question is null)) is { } refusal) return refusal;
        var sameTexts = context.Act.Text(ReviewFact.Question) == entry.Question && context.Act.Text(ReviewFact.Wanted) == entry.Wanted;
        if (sameTexts && subject.IsAs(entry.Subject)) return Nothing;
        var told = entry.Subject.Departments.Union(subject.Departments).ToArray();
        return CheckTold(review, context, told) is { } notice ? notice : Facts(review, context, new EntryChanged(entry.Id, subject, !(sameTexts && subject.AsksAs(entry.Subject))), Told(review, told));
    }

    private static Decision<ReviewFact> RemoveEntry(EntryRemoved command, Review review, ReviewContext context)
    {
        if (review.Find(command.Entry) is not { } entry) return EntryNotFound(command.Entry);
        if (CheckOpen(entry, review, context, review.IsUnderWay ? Reason(context) : []) is { } refusal) return refusal;
        return Facts(review, context, command, Told(review, entry.Subject.Departments));
    }

    private static Refusal? CheckOpen(AgendaEntry entry, Review review, ReviewContext context, IEnumerable<Fault> faults) =>
        Check(review, context, entry.Version, faults, ReviewStatus.Drafted, ReviewStatus.Convened, ReviewStatus.InSession)
        ?? (entry.Outcome is null ? null : Refusal.Of("entry-concluded", ("entry", entry.Id)));

    // Once departments have been called together, what is put to them is put as far ahead as the session itself, or for a reason.
    private static Refusal? CheckTold(Review review, ReviewContext context, IReadOnlyCollection<string> departments) =>
        !review.IsUnderWay || departments.Count == 0 ? null : CheckDay(review, context) ?? CheckAhead(review.Plan, review, context);

    private static Refusal EntryNotFound(string entry) => Refusal.Of("entry-not-found", ("entry", entry));

    // A project by its own code, what its problem and resolution are about, and the item's department where none is named.
    private static AgendaSubject Known(AgendaSubject subject, ReviewContext context) => subject with
    {
        Project = context.Known.Project ?? subject.Project,
        ProblemItem = subject.Problem is null ? null : context.Known.ProblemItem,
        ResolutionItem = subject.Resolution is null ? null : context.Known.ResolutionItem,
        Departments = subject.Departments.IsEmpty && context.Known.Department is { } department && IsConcernable(department, context) ? [department] : subject.Departments,
    };

    /// <param name="hasQuestion">Whether it is asked without saying it here: a question that was redacted is not asked for again.</param>
    private static IEnumerable<Fault> Faults(AgendaSubject subject, ReviewContext context, bool hasQuestion = false)
    {
        var known = context.Known;
        if (subject.Project is { } project && known.Project is null) yield return Fault.Of("/project", "unknown-project", ("code", project));
        if (subject.Project is null && (subject.Item ?? subject.Problem) is not null) yield return Fault.Of("/project", "project-unnamed");
        if (subject is { Project: null, Scenario: not null }) yield return Fault.Of("/project", "project-unnamed");
        if (known.Project is not null && subject.Item is { } item && !known.HasItem) yield return Fault.Of("/item", "unknown-item", ("code", item));
        if (known.Project is not null && subject.Problem is { } problem && !known.HasProblem) yield return Fault.Of("/problem", "unknown-problem", ("problem", problem));
        if (subject.Resolution is { } resolution && !known.HasResolution) yield return Fault.Of("/resolution", "unknown-resolution", ("resolution", resolution));
        if (subject.DeferredFrom is { } from && !known.HasDeferred) yield return Fault.Of("/deferredFrom", "unknown-deferred-entry", ("entry", from));
        foreach (var fault in Departments("/departments", subject.Departments, context)) yield return fault;
        if (subject.Departments.Length > AgendaSubject.MostDepartments) yield return Fault.Of("/departments", "too-many-entries", ("max", AgendaSubject.MostDepartments));
        if (subject.Materials.Length > AgendaSubject.MostMaterials) yield return Fault.Of("/materials", "too-many-entries", ("max", AgendaSubject.MostMaterials));
        foreach (var fault in StepForm.Materials("/materials", subject.Materials)) yield return fault;
        if (!hasQuestion && context.Act.Text(ReviewFact.Question) is null) yield return Fault.Of("/question", "bad-text", ("max", StepForm.LongestText));
        if (subject.Scenario is { } scenario)
        {
            foreach (var fault in StepForm.Name("/scenario/name", scenario.Name)) yield return fault;
            foreach (var (index, decision) in scenario.Decisions.Index())
            {
                foreach (var fault in ServiceAuthority.DueDay($"/scenario/decisions/{index}/by", decision.By, DateOnly.MinValue, context.Day.AddYears(FollowUp.MostYears))) yield return fault;
            }

            foreach (var fault in Fault.Twice("/scenario/decisions", [.. scenario.Decisions.Select(d => d.Item)])) yield return fault;
        }

        foreach (var fault in Impossible(known.Scenario)) yield return fault;
    }

    private static IEnumerable<Fault> Impossible(Refusal? why) => why switch
    {
        null => [],
        { Faults.IsEmpty: true } => [new("/scenario", why.Code, why.Arguments)],
        _ => why.Faults.Select(f => f with { At = f.At.Replace("/scenarios/0", "/scenario", StringComparison.Ordinal) }),
    };

    private static IEnumerable<Fault> Departments(string at, ImmutableArray<string> codes, ReviewContext context) =>
        codes.Index().Where(d => !IsConcernable(d.Item, context)).Select(d => Fault.Of($"{at}/{d.Index}", "unknown-department", ("code", d.Item))).Concat(Fault.Twice(at, codes));

    // The owner is no department that could be called or charged.
    private static bool IsConcernable(string department, ReviewContext context) => context.Departments.Find(department) is { Kind: not OrganKind.Owner };
}
