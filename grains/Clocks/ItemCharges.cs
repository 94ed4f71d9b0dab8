using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Clocks;

/// <summary>Whom each item's days are charged to (domain 7): what every clock, ledger and union of a project is made of.</summary>
/// <param name="State">What the items have been through.</param>
/// <param name="Timeline">The plans over the days.</param>
/// <param name="End">The last day to be charged.</param>
internal sealed record ItemCharges(ProjectState State, PlanTimeline Timeline, DateOnly End)
{
    private readonly Dictionary<int, DateOnly?> _permitted = [];

    /// <summary>The item's charges from the day after it became ready, in order of time.</summary>
    /// <param name="readyOn">Its <see cref="ReadyOn"/>.</param>
    public ImmutableArray<Charge> Of(PlannedItem item, DateOnly? readyOn)
    {
        if (readyOn is not { } ready) return [];
        var (rounds, charges, built) = (State.Item(item.Code).Rounds, new Charges(State.Standstill, End), Built(item));
        Waiting(ready, Before(0), Cause.Ready);
        foreach (var (i, round) in rounds.Index())
        {
            charges.Add(round);
            var (since, cause) = round.Status switch
            {
                RoundStatus.Refused => (round.EndedOn, Cause.Refused),
                RoundStatus.Denied => (round.EndedOn, Cause.Denied),
                RoundStatus.Withdrawn => (round.EndedOn, Cause.Withdrawn),
                RoundStatus.Revoked => (round.RevokedOn, Cause.Revoked),
                _ => (null, Cause.Ready),
            };
            if (since is { } from) Waiting(from, Before(i + 1), cause);
        }

        return charges.Done();

        DateOnly Before(int round) => round < rounds.Length ? rounds[round].SubmittedOn : End;

        void Waiting(DateOnly from, DateOnly to, Cause cause)
        {
            foreach (var (applies, until) in Timeline.Applying(item.Code, !rounds.IsEmpty))
            {
                var (begin, end) = (applies > from ? applies : from, until < to ? until : to);
                if (begin >= end) continue;
                if (cause != Cause.Ready || built is not { } works)
                {
                    charges.Add(begin, end, Holder.Owner, cause);
                    continue;
                }

                charges.Add(begin, Earlier(end, works.From), Holder.Owner, cause);
                charges.Add(Later(begin, works.From), Earlier(end, works.To), Holder.Construction, Cause.Building);
                charges.Add(Later(begin, works.To), end, Holder.Owner, cause);
            }
        }
    }

    /// <summary>The first day at whose end the item was ready, but never after its own first submission; null if it never was.</summary>
    public DateOnly? ReadyOn(string code)
    {
        DateOnly? submitted = State.Item(code).Rounds is [var first, ..] ? first.SubmittedOn : null;
        var ready = FirstDay(State.RegisteredOn, (plan, from) => plan.Find(code) is { Applicability: Applicability.Applies } item ? AllApproved(item.Prerequisites.Where(p => !p.Tolerant).Select(p => p.Code), from) : null);
        return submitted is null || ready < submitted ? ready : submitted;
    }

    /// <summary>The first day at whose end S3's milestone was reached in a work, by the plan of that day; null if it never was.</summary>
    public DateOnly? PermittedOn(int work)
    {
        if (!_permitted.TryGetValue(work, out var day))
            _permitted[work] = day = FirstDay(DateOnly.MinValue, (plan, from) => Milestones.Permit(plan, work) is { } permit ? Reached(permit, from) : null);
        return day;
    }

    // Until the works are finished what waits for them is charged to construction.
    private (DateOnly From, DateOnly To)? Built(PlannedItem item)
    {
        if (item.Definition.Stage != FlowStage.Completion) return null;
        var work = WorkExpansion.WorkOf(item.Code);
        return PermittedOn(work) is { } permitted ? (permitted, State.FinishedWorks.TryGetValue(work, out var finished) ? finished : End) : null;
    }

    // The first day from start on at whose end something held, by the plan of that day.
    private DateOnly? FirstDay(DateOnly start, Func<FlowPlan, DateOnly, DateOnly?> holds)
    {
        for (var i = 0; i < Timeline.Segments.Length; i++)
        {
            var (from, plan) = Timeline.Segments[i];
            if (holds(plan, i == 0 ? start : from) is { } day && (i + 1 == Timeline.Segments.Length || day < Timeline.Segments[i + 1].From)) return day;
        }

        return null;
    }

    private DateOnly? Reached(MilestoneItems milestone, DateOnly from)
    {
        if (milestone.Any) return milestone.Items.Min(i => State.Item(i.Code).ApprovedFrom(from));
        return AllApproved(milestone.Items.Select(i => i.Code), from);
    }

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

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
