using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects.Plans;
using Agency.Services;

namespace Agency.Projects;

/// <summary>What follows from corrections of the record (domain 5.8): the whole history is checked again under them.</summary>
internal static class CorrectionDecider
{
    // The kind of a fact, its item, and what the service itself put into it are not for correcting.
    private static readonly ImmutableHashSet<string> _fixed = ["item", "terms", "awaitsConfirmation", "addition", "carried", "answers", "work", "number", "sequence", "supersedes", "application", "flow", "flowVersion"];

    /// <summary>The most corrections that one act can have.</summary>
    public const int MostCorrections = 200;

    public static Decision<ProjectFact> Decide(ImmutableArray<Correction> corrections, ProjectState state, CorrectionContext context)
    {
        var project = context.Project;
        if (project.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (project.Act.OccurredOn is not null) return Refusal.Of("correction-dated");
        if (!project.Act.Gives(Act.Reason)) return Refusal.Of("reason-required");
        if (project.CheckVersion(state.Version) is { } stale) return stale;
        if (corrections.IsEmpty) return Refusal.Of("invalid-correction", [Fault.Of("/corrections", "none-named")]);
        if (corrections.Length > MostCorrections) return Refusal.Of("too-many-corrections", ("max", MostCorrections));
        if (StepForm.Texts(project.Act) is { Length: > 0 } texts) return Refusal.Of("invalid-correction", texts);

        var entries = new List<Entry<ProjectFact>>();
        foreach (var (index, correction) in corrections.Index())
        {
            if (Check(correction, $"/corrections/{index}", state, project) is { } refusal) return refusal;
            entries.Add(project.Entry(correction, state.Version + entries.Count + 1));
        }

        entries = WithTerms(entries, state, project);
        var was = new Replay(state.Entries, context, known: null);
        var now = new Replay([.. state.Entries, .. entries], context, was.Broken.Select(b => b.Entry.Version).ToHashSet());
        if (now.Broken is [var first, ..])
            return Refusal.Of("correction-breaks", ("sequence", first.Entry.Version), ("fact", ProjectFact.Codec.NameOf(first.Entry.Fact)), ("day", first.Entry.OccurredOn), ("rule", first.Refusal.Code));

        return Milestones.With(WithSilence(entries, now.Silences(state), state, project), state, project);
    }

    // What an acceptance fixed it fixes anew, of its day as corrected, by the plan as it stood when it was recorded (domain 4.2).
    private static List<Entry<ProjectFact>> WithTerms(List<Entry<ProjectFact>> corrections, ProjectState state, ProjectContext project)
    {
        var corrected = ProjectState.None.With([.. Corrections.Effective([.. state.Entries, .. corrections]).Where(e => e.Fact is not Step)]);
        return [.. corrections.Select(c => c with { Fact = (Correction)c.Fact with { Terms = TermsOf((Correction)c.Fact) } })];

        Terms? TermsOf(Correction correction) => Corrections.Corrected(state.Entries[(int)correction.Sequence - 1], correction) switch
        {
            { Fact: Correction nested } => TermsOf(nested),
            { Fact: Acceptance acceptance } entry => Fixed(acceptance, entry),
            _ => null,
        };

        Terms? Fixed(Acceptance acceptance, Entry<ProjectFact> entry)
        {
            var inputs = corrected.PlanBefore(entry.Version);
            return project.Plans.TryResolve(inputs, out var plan) is null && plan!.Find(acceptance.Item) is { } item
                ? StepDecider.TermsOf(item.Definition, corrected.Registration!.DepartmentOf(item, project.Departments), inputs, entry.OccurredOn)
                : null;
        }
    }

    // The system's acceptances that follow no longer are superseded, in the same commit, by those that do.
    private static List<Entry<ProjectFact>> WithSilence(List<Entry<ProjectFact>> corrections, IEnumerable<(DeemedAcceptance Fact, DateOnly OccurredOn)> silences, ProjectState state, ProjectContext project)
    {
        var missing = silences.ToList();
        var superseded = state.With(corrections).Items.Values.SelectMany(i => i.Steps)
            .Where(s => s.Fact is DeemedAcceptance fact && missing.RemoveAll(m => m.Fact.Item == fact.Item && m.Fact.AcceptedOn == fact.AcceptedOn && m.OccurredOn == s.OccurredOn) == 0)
            .Select(s => s.Version).ToImmutableArray();
        List<Entry<ProjectFact>> entries = [.. corrections];
        if (!superseded.IsEmpty) entries[^1] = entries[^1] with { Fact = (Correction)entries[^1].Fact with { Supersedes = superseded } };
        foreach (var silence in missing) entries.Add(project.SystemEntry(silence.Fact, state.Version + entries.Count + 1, silence.OccurredOn));
        return entries;
    }

    private static Refusal? Check(Correction correction, string at, ProjectState state, ProjectContext project)
    {
        if (correction.Sequence < 1 || correction.Sequence > state.Version) return Refusal.Of("invalid-correction", [Fault.Of($"{at}/sequence", "unknown-sequence", ("sequence", correction.Sequence))]);
        var target = state.Entries[(int)correction.Sequence - 1];
        if (target.Actor.Role == Role.System || target.Fact is ProjectRegistered or AliasGiven or AliasReleased or TextRedacted or ServiceFact) return Refusal.Of("not-correctable", ("sequence", correction.Sequence));
        if (correction is { Void: false, OccurredOn: null, Values: null }) return Refusal.Of("invalid-correction", [Fault.Of(at, "none-named")]);
        if (correction.OccurredOn is { } day && project.CheckDay(day) is { } impossible) return impossible;

        // A correction is of the day it is recorded on; the day that it corrects is one of its values.
        if (target.Fact is Correction && correction.OccurredOn is not null) return Refusal.Of("correction-dated");
        if (correction.Values is not { } values) return null;
        try
        {
            var members = JsonNode.Parse(values)?.AsObject() ?? throw new JsonException("Null is no object.");
            if (members.Select(m => m.Key).FirstOrDefault(_fixed.Contains) is { } name) return Refusal.Of("invalid-correction", [Fault.Of($"{at}/values/{name}", "member-fixed", ("member", name))]);
            var fact = Corrections.Merged(target.Fact, members);
            return fact switch
            {
                Step step => StepForm.Check(step, project.Act),

                // As a correction of that fact it must be possible, too.
                Correction nested => Check(nested, at, state, project),
                _ => Unfit(target.Fact, fact, correction.Sequence, state, project) is { Length: > 0 } faults ? Refusal.Of("invalid-correction", [.. faults.Select(f => f with { At = $"{at}/values{f.At}" })]) : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return Refusal.Of("invalid-correction", [Fault.Of($"{at}/values", "values-unreadable", ("sequence", correction.Sequence))]);
        }
    }

    // What a fact of the project or its plan cannot say, by JSON pointer within the values.
    private static Fault[] Unfit(ProjectFact was, ProjectFact fact, long sequence, ProjectState state, ProjectContext project) => (was, fact) switch
    {
        // Other codes are reserved and released beside the record, and what an application was made of its submissions say.
        (DetailsChanged before, DetailsChanged now) when !now.Details.Aliases.SequenceEqual(before.Details.Aliases) => [Fault.Of("/details/aliases", "member-fixed", ("member", "aliases"))],
        (DetailsChanged, DetailsChanged now) => [.. DetailsRules.Check(now.Details, state.Registration!.Code, project).Select(f => f with { At = $"/details{f.At}" })],
        (StageApplied before, StageApplied now) when now.Stage != before.Stage => [Fault.Of("/stage", "member-fixed", ("member", "stage"))],
        (StageApplied before, StageApplied now) when !now.Items.SequenceEqual(before.Items) => [Fault.Of("/items", "member-fixed", ("member", "items"))],
        (StageSupplementRequested before, StageSupplementRequested now) when !now.Items.SequenceEqual(before.Items) => [Fault.Of("/items", "member-fixed", ("member", "items"))],
        (StageApplied, StageApplied now) => StepForm.Materials("/materials", now.Materials),
        (_, LimitLowered now) when now.LimitDays < 0 || now.LimitDays >= LimitBefore(now.Item, sequence, state, project) =>
            [Fault.Of("/limitDays", "limit-not-lower", ("item", now.Item), ("limit", LimitBefore(now.Item, sequence, state, project)))],
        (_, ProjectPaused now) => StepForm.Number(now.DocumentNumber),
        (_, ProjectContinued now) => StepForm.Number(now.DocumentNumber),
        (_, ProjectTerminated now) => StepForm.Number(now.DocumentNumber),
        (_, WorkDivided now) => StepForm.Name("/name", now.Name),
        _ => [],
    };

    private static int LimitBefore(string item, long sequence, ProjectState state, ProjectContext project)
    {
        var inputs = state.PlanBefore(sequence);
        return project.Plans.Of(inputs).Find(item) is { } planned ? inputs.LimitOn(planned.Definition, DateOnly.MaxValue) : 0;
    }
}

/// <summary>What a correction is checked with.</summary>
/// <param name="Calendars">The working calendar of a version: what was decided by counting stands by the calendar that it was counted by (domain 6.6).</param>
internal sealed record CorrectionContext(ProjectContext Project, Func<int, Calendar.WorkingCalendar> Calendars);
