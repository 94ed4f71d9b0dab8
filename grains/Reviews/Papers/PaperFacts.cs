using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Clocks;
using Agency.Portfolio;
using Agency.Problems;
using Agency.Projects;

namespace Agency.Reviews.Papers;

/// <summary>All that a paper is made from.</summary>
/// <param name="Review">The session.</param>
/// <param name="Last">The last session of its kind before it that has concluded; null: there is none.</param>
/// <param name="Projects">The projects on the agenda, by code.</param>
/// <param name="Portfolio">How all projects stand; null: nothing is said of it.</param>
/// <param name="Open">The open resolutions of all sessions, by due date.</param>
/// <param name="OpenLeft">How many more are open.</param>
/// <param name="Persons">Names of the persons whom the session names, by id.</param>
/// <param name="AsOf">When the paper is made; for minutes, when the last of their facts was recorded.</param>
/// <param name="CalendarVersion">The calendar by which days are counted.</param>
internal sealed record PaperFacts(
    ReviewView Review,
    ReviewView? Last,
    ImmutableSortedDictionary<string, PaperProject> Projects,
    PortfolioOverview? Portfolio,
    ImmutableArray<ResolutionView> Open,
    int OpenLeft,
    ImmutableSortedDictionary<string, string> Persons,
    DateTimeOffset AsOf,
    int CalendarVersion)
{
    public Paper Paper(PaperKind kind, params IEnumerable<PaperSection> sections) =>
        new(kind, Review.Id, Review.Title, Review.MinutesNumber, AsOf, CalendarVersion, Review.Version, [.. sections])
        {
            Names = Projects.Select(p => KeyValuePair.Create(Papers.Paper.NameKey("project", p.Key), p.Value.View.Name))
                .Concat(Persons.Select(p => KeyValuePair.Create(Papers.Paper.NameKey("person", p.Key), p.Value)))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
}

/// <summary>A project on the agenda.</summary>
/// <param name="Items">Its items; none where it is not red.</param>
internal sealed record PaperProject(ProjectView View, ImmutableArray<ProblemView> Problems, ImmutableArray<ItemView> Items)
{
    public IEnumerable<ProblemView> OpenProblems => Problems.Where(p => p.State == ProblemStatus.Open);
}

/// <summary>The sections that papers share.</summary>
internal static class PaperSections
{
    /// <summary>进展通报: how all projects stand, and those on the agenda.</summary>
    public static PaperSection Progress(PaperFacts facts)
    {
        var states = facts.Portfolio?.By.GetValueOrDefault(Dimension.Light, []) ?? [];
        return new("progress",
        [
            PaperPoint.Of(Sentence.Of("allProjects", ("total", facts.Portfolio?.Total ?? 0), ("red", Sum(Light.Red)), ("yellow", Sum(Light.Yellow)))),
            .. facts.Projects.Values.Select(p => PaperPoint.Of(Standing(p.View))),
        ]);

        int Sum(Light light) => states.Where(g => g.Key == EventSourcing.FactJson.Name(light)).Sum(g => g.Projects);
    }

    /// <summary>存在问题: the open problems of the projects on the agenda, and what of them is red.</summary>
    public static PaperSection Problems(PaperFacts facts) => new("problems",
    [
        .. facts.Projects.Values.Where(p => p.View.Light == Light.Red).SelectMany(p => Red(p).DefaultIfEmpty(Sentence.Of("red", ("project", p.View.Code)))).Select(s => PaperPoint.Of(s)),
        .. facts.Projects.Values.SelectMany(p => p.OpenProblems.Select(problem => PaperPoint.Of(Problem(p.View.Code, problem)))),
    ]);

    /// <summary>对策建议: what is being done about them, and what is proposed.</summary>
    public static PaperSection Countermeasures(PaperFacts facts) => new("countermeasures",
    [
        .. facts.Projects.Values.SelectMany(p => p.OpenProblems.SelectMany(problem => problem.Countermeasures.Where(c => c.Text is not null).Select(c => PaperPoint.Of(Sentence.Of("measureTaken", ("project", p.View.Code), ("text", c.Text)))))),
        .. facts.Review.Agenda.Where(e => e.Wanted is not null).Select(e => PaperPoint.Of(Sentence.Of(e.Subject.Project is null ? "measureWanted" : "measureWantedOf", ("project", e.Subject.Project), ("text", e.Wanted)))),
    ]);

    /// <summary>督促落实: what each unit is to do, by when.</summary>
    /// <param name="left">How many more there are.</param>
    public static PaperSection Urging(IEnumerable<ResolutionView> resolutions, int left = 0) => new("urging",
    [
        .. resolutions.GroupBy(r => r.Lead, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(unit => PaperPoint.Of(Sentence.Of("unit", ("department", unit.Key), ("count", unit.Count())), unit.OrderBy(r => r.DueDate).ThenBy(r => r.Id, StringComparer.Ordinal).Select(Due))),
        .. left > 0 ? [PaperPoint.Of(Sentence.Of("urgingLeft", ("count", left)))] : (PaperPoint[])[],
    ]);

    /// <summary>What a resolution asks for, and how late it is.</summary>
    public static Sentence Due(ResolutionView r) =>
        r.OverdueDays > 0 ? Sentence.Of("overdue", ("action", r.Action), ("dueDate", r.DueDate), ("days", r.OverdueDays))
        : r.Assisting.IsEmpty ? Sentence.Of("due", ("action", r.Action), ("dueDate", r.DueDate))
        : Sentence.Of("dueAssisted", ("action", r.Action), ("dueDate", r.DueDate), ("departments", r.Assisting));

    /// <summary>What was promised by the last session, and what was kept; null where there was none.</summary>
    public static PaperSection? Promises(PaperFacts facts)
    {
        if (facts.Last is not { Resolutions: { IsEmpty: false } promised } last) return null;
        var taken = promised.Where(r => r.State != ResolutionStatus.Withdrawn).OrderBy(r => r.DueDate).ThenBy(r => r.Id, StringComparer.Ordinal).ToArray();
        var (kept, late, overdue) = (taken.Count(IsKept), taken.Count(r => r.ClosedOn > r.DueDate), taken.Where(r => r.OverdueDays > 0).ToArray());
        return new("lastSession",
        [
            PaperPoint.Of(Sentence.Of("promised", ("title", last.Title), ("total", taken.Length), ("kept", kept), ("late", late), ("overdue", overdue.Length), ("open", taken.Length - kept - late - overdue.Length))),
            .. overdue.Select(r => PaperPoint.Of(Sentence.Of("notKept", ("department", r.Lead), ("action", r.Action), ("dueDate", r.DueDate), ("days", r.OverdueDays)))),
        ]);

        static bool IsKept(ResolutionView r) => r.ClosedOn is { } day && day <= r.DueDate;
    }

    /// <summary>What departments say to an entry.</summary>
    public static IEnumerable<Sentence> Stances(AgendaEntryView entry)
    {
        foreach (var opinion in entry.Opinions.Where(o => o.Counts).OrderBy(o => o.Department, StringComparer.Ordinal))
        {
            yield return opinion.Deemed ? Sentence.Of("deemed", ("department", opinion.Department))
                : opinion.Ground is { } ground ? Sentence.Of("stanceBecause", ("department", opinion.Department), ("stance", opinion.Stance), ("text", ground))
                : Sentence.Of("stance", ("department", opinion.Department), ("stance", opinion.Stance));
        }

        if (!entry.Silent.IsEmpty) yield return Sentence.Of("silent", ("departments", entry.Silent));
    }

    /// <summary>An entry's question, of its project.</summary>
    public static Sentence Question(AgendaEntryView entry) => entry.Subject.Project is { } project
        ? Sentence.Of("questionOf", ("project", project), ("text", entry.Question))
        : Sentence.Of("question", ("text", entry.Question));

    // The clocks that are red, the widest first: a project can be red by one item while all its stages are in time.
    private static IEnumerable<Sentence> Red(PaperProject p) =>
    [
        .. IsRed(p.View.Clock) ? [Sentence.Of("redWhole", ("project", p.View.Code), ("used", p.View.Clock.UsedDays), ("limit", Limit(p.View.Clock)))] : (Sentence[])[],
        .. p.View.Stages.Where(s => IsRed(s.Clock)).Select(s => Sentence.Of("redStage", ("project", p.View.Code), ("stage", s.Name), ("used", s.Clock.UsedDays), ("limit", Limit(s.Clock)))),
        .. p.Items.Where(i => i.CountsInTotal && IsRed(i.Clock)).Select(i => Sentence.Of("redItem", ("project", p.View.Code), ("department", i.Department), ("item", i.Name), ("used", i.Clock.UsedDays), ("limit", Limit(i.Clock)), ("unit", i.Clock.Unit))),
    ];

    // What has ended stays red, and holds nothing up any more.
    private static bool IsRed(Clock clock) => clock is { Light: Light.Red, State: ClockState.Running or ClockState.Stopped };

    private static int Limit(Clock clock) => clock.LimitDays + clock.ExtensionDays;

    private static Sentence Standing(ProjectView p) => p.CurrentStage is { } stage
        ? Sentence.Of("standing", ("project", p.Code), ("code", p.Code), ("stage", p.Stages.First(s => s.Code == stage).Name), ("used", p.Clock.UsedDays), ("limit", p.Clock.LimitDays), ("light", p.Light))
        : Sentence.Of("standingDone", ("project", p.Code), ("code", p.Code), ("used", p.Clock.UsedDays), ("limit", p.Clock.LimitDays));

    private static Sentence Problem(string project, ProblemView p) => p.DueOn is { } due
        ? Sentence.Of("problemDue", ("project", project), ("category", p.Category), ("text", p.Description), ("level", p.Level), ("since", p.LevelSince), ("dueOn", due))
        : Sentence.Of("problem", ("project", project), ("category", p.Category), ("text", p.Description), ("level", p.Level), ("since", p.LevelSince));
}
