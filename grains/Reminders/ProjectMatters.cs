using Agency.Calendar;
using Agency.Clocks;
using Agency.Problems;
using Agency.Projects;
using Agency.Services;

namespace Agency.Reminders;

/// <summary>What stands of a project on a working calendar, as its summary alone tells.</summary>
internal static class ProjectMatters
{
    // Of a project that has come to its end these are still to be done.
    private static readonly MatterKind[] _afterwards = [MatterKind.Delivery, MatterKind.Validity, MatterKind.Case];

    public static IEnumerable<Matter> Of(ProjectSummary project, WorkingCalendar calendar, ServiceRules rules)
    {
        if (project.RegisteredOn is null || project.State is ProjectStatus.Paused) yield break;
        var active = project.State == ProjectStatus.Active;
        foreach (var input in project.Matters)
        {
            if ((active || _afterwards.Contains(input.Kind)) && input.DayOn(calendar, project, rules) is { } day) yield return new(input.Kind, input.Code, day, input.Department);
        }

        if (!active) yield break;
        foreach (var clock in project.Clocks)
        {
            if (clock is not { Scope: ClockScope.Item, Since: { } since }) continue;
            var due = clock.At(since, calendar, LightRule.Default).Due!.Value;
            yield return new(MatterKind.ItemYellow, clock.Code, clock.YellowOn(calendar, LightRule.Default)!.Value, clock.Department, Until: due);
            yield return new(MatterKind.Item, clock.Code, due, clock.Department);
        }

        foreach (var problem in project.OpenProblems)
        {
            var solver = problem.PersonInCharge ?? (problem.Level == ProblemLevel.Manager ? project.Manager : null);
            yield return new(MatterKind.Problem, problem.Id, problem.DueBy(rules, calendar), Person: solver);
            if (problem.Rose) yield return new(MatterKind.ProblemRisen, problem.Id, problem.Since, Person: solver);
        }

        if (project is { LastRecordedOn: { } last, InConstruction: false }) yield return new(MatterKind.Progress, "", last);
    }

    /// <summary>The first day on which something of the project is to be recorded that follows from a rule: silence that has become acceptance, but no earlier than five
    /// working days after its receipt was recorded (domain 5.2), or the rise of a problem past due (domain 10). Null: only a fact brings one.</summary>
    public static DateOnly? RecordOn(ProjectSummary project, WorkingCalendar calendar, ServiceRules rules)
    {
        if (project.State == ProjectStatus.Terminated) return null;
        DateOnly? first = null;
        foreach (var input in project.Matters)
        {
            if (input is not { Kind: MatterKind.Answer, RecordedOn: { } recorded } || input.DayOn(calendar, project, rules) is not { } due) continue;
            Take(ItemClock.SilenceOn(due, recorded, calendar));
        }

        foreach (var problem in project.OpenProblems.Where(p => p.Level < ProblemLevel.CityLeadership)) Take(problem.DueBy(rules, calendar).AddDays(1));
        return first;

        void Take(DateOnly day) => first = day < (first ?? DateOnly.MaxValue) ? day : first;
    }
}
