using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Tests.Grains.Catalogue;

/// <summary>A simulation that lives through every possible answer set day by day, on dates; for flows of a few questions.</summary>
internal static class SlowSimulation
{
    private static readonly DateOnly _monday = new(2024, 1, 1);

    public static (ImmutableSortedDictionary<string, int> Stages, int Total) Worst(Flow flow)
    {
        var courses = AnswerSets(flow).Select(answers => Cities.Resolve(new(flow, answers))).Select(plan => (Plan: plan, Items: Live(plan))).ToArray();
        return (
            flow.Stages.ToImmutableSortedDictionary(s => s.Code, s => courses.Max(c => Days(c.Items.Where(i => i.Item.Stage == s.Code), Reached(s, c.Items)))),
            courses.Max(c => Days(c.Items, DateOnly.MaxValue)));
    }

    private static IEnumerable<ImmutableDictionary<string, bool>> AnswerSets(Flow flow)
    {
        var questions = flow.Conditions.Select(c => c.Code).ToArray();
        return from number in Enumerable.Range(0, 1 << questions.Length)
               let answers = questions.Index().ToImmutableDictionary(q => q.Item, q => (number >> q.Index & 1) == 1)
               where flow.ExclusiveGroups.All(g =>
                   flow.Items.Count(i => g.Items.Contains(i.Definition.Code) && answers[i.Condition!]) is var yes && (yes == 1 || (yes == 0 && g.Rule == ExclusiveRule.AtMostOne)))
               select answers;
    }

    private static List<Life> Live(FlowPlan plan)
    {
        var lives = plan.Items.Where(i => i.Applicability == Applicability.Applies).Select(i => new Life(i)).ToList();
        for (var day = _monday; lives.Any(l => l.Approved is null); day = day.AddDays(1))
        {
            var working = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            foreach (var life in lives.Where(l => l.Accepted is not null && l.Approved is null))
            {
                if (working) life.WorkingDays.Add(day);
                if (working || life.Item.LimitUnit == DayUnit.NaturalDays) life.Used++;
            }

            // One approval lets others begin, and end, on the same day.
            bool changed;
            do
            {
                changed = false;
                foreach (var life in lives)
                {
                    if (life.Accepted is null && Approved(life.Planned.Prerequisites.Where(p => !p.Tolerant))) (life.Accepted, changed) = (day, true);
                    if (life is { Accepted: not null, Approved: null } && working && life.Used >= life.Item.LimitDays && Approved(life.Planned.Prerequisites)) (life.Approved, changed) = (day, true);
                }
            }
            while (changed);
        }

        return lives;

        bool Approved(IEnumerable<Prerequisite> prerequisites) => prerequisites.All(p => lives.Single(l => l.Planned.Index == p.Index).Approved is not null);
    }

    private static DateOnly Reached(FlowStage stage, List<Life> lives)
    {
        var items = lives.Where(l => l.Item.Stage == stage.Code).ToList();
        var milestones = items.Where(l => l.Item.Milestone && stage.MilestoneRule != MilestoneRule.None).ToList();
        if (milestones.Count == 0) milestones = items;
        else if (stage.MilestoneRule == MilestoneRule.Any) return milestones.Min(l => l.Approved!.Value);
        return milestones.Count == 0 ? DateOnly.MaxValue : milestones.Max(l => l.Approved!.Value);
    }

    private static int Days(IEnumerable<Life> lives, DateOnly until) =>
        lives.Where(l => l.Item.CountsInTotal).SelectMany(l => l.WorkingDays).Where(day => day <= until).Distinct().Count();

    private sealed class Life(PlannedItem planned)
    {
        public PlannedItem Planned { get; } = planned;

        public ItemDefinition Item => Planned.Definition;

        public DateOnly? Accepted { get; set; }

        public DateOnly? Approved { get; set; }

        public int Used { get; set; }

        public List<DateOnly> WorkingDays { get; } = [];
    }
}
