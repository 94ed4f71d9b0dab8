using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.Portfolio;
using Agency.Problems;
using Agency.Projects;

namespace Agency.Reviews.Papers;

/// <summary>All that a paper is made from.</summary>
/// <param name="Review">The session.</param>
/// <param name="Last">The last session of its kind before it that has concluded; null: there is none.</param>
/// <param name="Projects">The projects on the agenda, by code.</param>
/// <param name="Portfolio">How all projects stand.</param>
/// <param name="Open">The open resolutions of all sessions, by due date.</param>
/// <param name="Names">Names of the persons whom the session names, by id.</param>
/// <param name="AsOf">When the paper is made.</param>
/// <param name="Calendar">To count by.</param>
internal sealed record PaperFacts(
    ReviewView Review,
    ReviewView? Last,
    ImmutableSortedDictionary<string, PaperProject> Projects,
    PortfolioOverview Portfolio,
    ImmutableArray<ResolutionView> Open,
    ImmutableSortedDictionary<string, string> Names,
    DateTimeOffset AsOf,
    WorkingCalendar Calendar)
{
    public Paper Paper(PaperKind kind, params IEnumerable<PaperSection> sections) =>
        new(kind, Review.Id, Review.Title, Review.MinutesNumber, AsOf, Calendar.Version, Review.Version, [.. sections]);

    /// <summary>What a project is called in a sentence; of one that is gone, its code.</summary>
    public string NameOf(string? project) => project is null ? "" : Projects.GetValueOrDefault(project)?.View.Name ?? project;

    /// <summary>What a person is called; of whom the directory does not know, the id.</summary>
    public string PersonOf(string? id) => id is null ? "" : Names.GetValueOrDefault(id, id);
}

/// <summary>A project on the agenda.</summary>
internal sealed record PaperProject(ProjectView View, ImmutableArray<ProblemView> Problems)
{
    public IEnumerable<ProblemView> OpenProblems => Problems.Where(p => p.State == ProblemStatus.Open);
}

/// <summary>The sections that papers share.</summary>
internal static class PaperSections
{
    /// <summary>进展通报: how all projects stand, and those on the agenda.</summary>
    public static PaperSection Progress(PaperFacts facts)
    {
        var states = facts.Portfolio.By.GetValueOrDefault(Dimension.Light, []);
        return new("progress",
        [
            PaperPoint.Of(Sentence.Of("allProjects", ("total", facts.Portfolio.Total), ("red", Sum(Light.Red)), ("yellow", Sum(Light.Yellow)))),
            .. facts.Projects.Values.Select(p => PaperPoint.Of(Standing(p.View))),
        ]);

        int Sum(Light light) => states.Where(g => g.Key == EventSourcing.FactJson.Name(light)).Sum(g => g.Projects);
    }

    /// <summary>存在问题: the open problems of the projects on the agenda, and what of them is red.</summary>
    public static PaperSection Problems(PaperFacts facts) => new("problems",
    [
        .. facts.Projects.Values.Where(p => p.View.Light == Light.Red).Select(p => PaperPoint.Of(Sentence.Of("projectRed", ("project", p.View.Name), ("used", p.View.Clock.UsedDays), ("limit", p.View.Clock.LimitDays)))),
        .. facts.Projects.Values.SelectMany(p => p.OpenProblems.Select(problem => PaperPoint.Of(Problem(p.View.Name, problem)))),
    ]);

    /// <summary>对策建议: what is being done about them, and what is proposed.</summary>
    public static PaperSection Countermeasures(PaperFacts facts) => new("countermeasures",
    [
        .. facts.Projects.Values.SelectMany(p => p.OpenProblems.SelectMany(problem => problem.Countermeasures.Where(c => c.Text is not null).Select(c => PaperPoint.Of(Sentence.Of("measureTaken", ("project", p.View.Name), ("text", c.Text)))))),
        .. facts.Review.Agenda.Where(e => e.Wanted is not null).Select(e => PaperPoint.Of(Sentence.Of(e.Subject.Project is null ? "measureWanted" : "measureWantedOf", ("project", facts.NameOf(e.Subject.Project)), ("text", e.Wanted)))),
    ]);

    /// <summary>督促落实: what each unit is to do, by when.</summary>
    public static PaperSection Urging(IEnumerable<ResolutionView> resolutions) => new("urging",
    [
        .. resolutions.GroupBy(r => r.Lead, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(unit => PaperPoint.Of(Sentence.Of("unit", ("department", unit.Key), ("count", unit.Count())), unit.OrderBy(r => r.DueDate).ThenBy(r => r.Id, StringComparer.Ordinal).Select(Due))),
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
    public static Sentence Question(AgendaEntryView entry, PaperFacts facts) => entry.Subject.Project is { } project
        ? Sentence.Of("questionOf", ("project", facts.NameOf(project)), ("text", entry.Question))
        : Sentence.Of("question", ("text", entry.Question));

    private static Sentence Standing(ProjectView p) => p.CurrentStage is { } stage
        ? Sentence.Of("standing", ("project", p.Name), ("code", p.Code), ("stage", p.Stages.First(s => s.Code == stage).Name), ("used", p.Clock.UsedDays), ("limit", p.Clock.LimitDays), ("light", p.Light))
        : Sentence.Of("standingDone", ("project", p.Name), ("code", p.Code), ("used", p.Clock.UsedDays), ("limit", p.Clock.LimitDays));

    private static Sentence Problem(string project, ProblemView p) => p.DueOn is { } due
        ? Sentence.Of("problemDue", ("project", project), ("category", p.Category), ("text", p.Description), ("level", p.Level), ("since", p.LevelSince), ("dueOn", due))
        : Sentence.Of("problem", ("project", project), ("category", p.Category), ("text", p.Description), ("level", p.Level), ("since", p.LevelSince));
}
