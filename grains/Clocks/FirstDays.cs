using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Clocks;

/// <summary>The first days at whose end something stood, each by the plan of that day (domain 6.7, 7): in whatever order the steps and the
/// changes of the plan were recorded.</summary>
/// <param name="State">What the items have been through.</param>
/// <param name="Timeline">The plans over the days.</param>
internal sealed record FirstDays(ProjectState State, PlanTimeline Timeline)
{
    private readonly Dictionary<int, DateOnly?> _permitted = [];

    public static FirstDays Of(ProjectState state, PlanBook plans) => new(state, PlanTimeline.Of(state, plans.Of(state.Plan!), plans));

    /// <summary>That of an item's being ready, but never after its own first submission; null if it never was.</summary>
    public DateOnly? ReadyOn(string code)
    {
        DateOnly? submitted = State.Item(code).Rounds is [var first, ..] ? first.SubmittedOn : null;
        var ready = Find(State.RegisteredOn, (plan, from) => plan.Find(code) is { Applicability: Applicability.Applies } item ? AllApproved(item.Prerequisites.Where(p => !p.Tolerant).Select(p => p.Code), from) : null);
        return submitted is null || ready < submitted ? ready : submitted;
    }

    /// <summary>That of a stage's being reached; a revocation later changes nothing. Null if it never was.</summary>
    public DateOnly? ReachedOn(string stage) => Find(DateOnly.MinValue, (plan, from) =>
        plan.Source.Flow.Stages.FirstOrDefault(s => s.Code == stage) is { } asked && Milestones.Of(asked, Milestones.InStage(plan, stage)) is { } milestone ? Reached(milestone, from) : null);

    /// <summary>That of S3's being reached in a work; null if it never was.</summary>
    public DateOnly? PermittedOn(int work)
    {
        if (!_permitted.TryGetValue(work, out var day))
            _permitted[work] = day = Find(DateOnly.MinValue, (plan, from) => Milestones.Permit(plan, work) is { } permit ? Reached(permit, from) : null);
        return day;
    }

    /// <summary>Since when the project has been complete; null while it is not.</summary>
    public DateOnly? CompleteSince()
    {
        DateOnly? since = null;
        foreach (var (from, _, plan) in Timeline.Segments.Reverse())
        {
            if (Milestones.Complete(plan.Items, State) is not { } day || day >= since) break;
            since = day > from ? day : from;
            if (day > from) break;
        }

        return since;
    }

    // The first day from start on at whose end something held, by the plan of that day.
    private DateOnly? Find(DateOnly start, Func<FlowPlan, DateOnly, DateOnly?> holds)
    {
        for (var i = 0; i < Timeline.Segments.Length; i++)
        {
            var (from, _, plan) = Timeline.Segments[i];
            if (holds(plan, from > start ? from : start) is { } day && (i + 1 == Timeline.Segments.Length || day < Timeline.Segments[i + 1].From)) return day;
        }

        return null;
    }

    private DateOnly? Reached(MilestoneItems milestone, DateOnly from) => milestone.Any
        ? milestone.Items.Min(i => State.Item(i.Code).ApprovedFrom(from))
        : AllApproved(milestone.Items.Select(i => i.Code), from);

    // The first day from a day on at whose end all of them stood approved.
    private DateOnly? AllApproved(IEnumerable<string> items, DateOnly from)
    {
        for (var day = from; ;)
        {
            var before = day;
            foreach (var item in items)
            {
                if (State.Item(item).ApprovedFrom(day) is not { } approved) return null;
                day = approved;
            }

            if (day == before) return day;
        }
    }
}
