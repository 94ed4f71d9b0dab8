using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>What the session comes to.</summary>
internal static partial class ReviewDecider
{
    private static Decision<ReviewFact> Open(Opened command, Review review, ReviewContext context)
    {
        if (review.Draft!.Kind == ReviewKind.WrittenConsultation) return Refusal.Of("written-not-opened");
        if (Check(review, context, review.Version, [], ReviewStatus.Convened) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        return review.Plan.HeldOn is { } day && context.Day < day ? Refusal.Of("review-not-yet", ("day", day)) : Facts(review, context, command);
    }

    private static Decision<ReviewFact> ConcludeEntry(EntryConcluded command, Review review, ReviewContext context)
    {
        if (review.Find(command.Entry) is not { } entry) return EntryNotFound(command.Entry);
        var adopted = command.Outcome is Outcome.Adopted or Outcome.AdoptedWithConditions;
        if (Check(review, context, entry.Version, Faults(command, adopted, context), Held(review)) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        if (entry.Outcome is not null) return Refusal.Of("entry-concluded", ("entry", entry.Id));
        if (review.Plan.IsInTime(context.Moment.Now, context.Day) && EntryOpinions.Silent(entry, review.Plan).Any())
            return Refusal.Of("opinions-outstanding", ("entry", entry.Id), ("day", review.Plan.HeldOn!.Value));

        var promised = adopted ? context.Promised : [];
        if (promised.FirstOrDefault(p => p.Draft.DueDate < context.Day) is { } past) return Refusal.Of("promise-past", ("item", past.Draft.Item!), ("by", past.Draft.DueDate));
        if (command.Resolutions.Length + promised.Length > ResolutionDraft.Most) return Refusal.Of("too-many-entries", ("max", ResolutionDraft.Most));

        var given = command.Resolutions.Select(r => r.Project is { } code ? r with { Project = context.Projects[code] } : r);
        var texts = (context.Act.Texts ?? Act.NoTexts).SetItems(promised.Select((p, i) => KeyValuePair.Create(ResolutionDraft.TextName(command.Resolutions.Length + i, "action"), (string?)p.Action)));
        var conclusion = command with { Resolutions = [.. given, .. promised.Select(p => p.Draft)] };

        // Whoever kept silent is put on record before the chair concludes.
        var deemed = EntryOpinions.Deemed(entry, review, context.Moment, context.City, context.Calendar, context.Departments)
            .Select((d, i) => context.SystemEntry(new OpinionDeemed(entry.Id, d), review.Version + 1 + i)).ToImmutableArray();
        return deemed.Add((context with { Act = context.Act with { Texts = texts } }).Entry(conclusion, review.Version + 1 + deemed.Length));
    }

    private static Decision<ReviewFact> ReopenEntry(EntryReopened command, Review review, ReviewContext context)
    {
        if (review.Find(command.Entry) is not { } entry) return EntryNotFound(command.Entry);
        if (Check(review, context, entry.Version, [], Held(review)) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        return entry.Outcome is null ? Refusal.Of("entry-not-concluded", ("entries", entry.Id)) : Facts(review, context, command);
    }

    private static Decision<ReviewFact> Conclude(Concluded command, Review review, ReviewContext context)
    {
        if (Check(review, context, review.Version, [], Held(review)) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        if (review.Agenda.IsEmpty) return Refusal.Of("agenda-empty");
        var open = review.Agenda.Where(e => e.Outcome is null).Select(e => e.Id).ToArray();
        return open.Length > 0 ? Refusal.Of("entry-not-concluded", ("entries", string.Join(' ', open))) : Facts(review, context, command, new MinutesDrafted());
    }

    private static Decision<ReviewFact> Issue(Issued command, Review review, ReviewContext context)
    {
        if (Check(review, context, review.Version, [], ReviewStatus.MinutesDrafted) is { } refusal) return refusal;
        if (CheckDay(review, context) is { } early) return early;
        var issued = Facts(review, context, command);
        return review.With(issued[0]).IsToBeArchived ? issued.Add(context.SystemEntry(new Archived(), review.Version + 2)) : issued;
    }

    // The states in which it is held: nobody opens a written consultation.
    private static ReviewStatus Held(Review review) => review.Draft!.Kind == ReviewKind.WrittenConsultation ? ReviewStatus.Convened : ReviewStatus.InSession;

    private static IEnumerable<Fault> Faults(EntryConcluded command, bool adopted, ReviewContext context)
    {
        if (!adopted && !command.Resolutions.IsEmpty) yield return Fault.Of("/resolutions", "resolutions-need-adoption");
        if (command.Resolutions.Length > ResolutionDraft.Most) yield return Fault.Of("/resolutions", "too-many-entries", ("max", ResolutionDraft.Most));
        var (first, last) = (context.Day, context.Day.AddYears(MostYears));
        foreach (var (i, draft) in command.Resolutions.Index())
        {
            var at = $"/resolutions/{i}";
            foreach (var fault in Departments($"{at}/lead", [draft.Lead], context)) yield return fault with { At = $"{at}/lead" };
            foreach (var fault in Departments($"{at}/assisting", draft.Assisting, context)) yield return fault;
            if (draft.Assisting.IndexOf(draft.Lead) is >= 0 and var twice) yield return Fault.Of($"{at}/assisting/{twice}", "named-twice", ("name", draft.Lead));
            if (draft.Assisting.Length > AgendaSubject.MostDepartments) yield return Fault.Of($"{at}/assisting", "too-many-entries", ("max", AgendaSubject.MostDepartments));
            if (draft.Project is { } project && !context.Projects.ContainsKey(project)) yield return Fault.Of($"{at}/project", "unknown-project", ("code", project));
            if (draft.DueDate < first || draft.DueDate > last) yield return Fault.Of($"{at}/dueDate", "review-day-out-of-range", ("first", first), ("last", last));
            if (!context.Act.Gives(ResolutionDraft.TextName(i, "action"))) yield return Fault.Of($"{at}/action", "bad-text", ("max", Approvals.StepForm.LongestText));
        }
    }
}
