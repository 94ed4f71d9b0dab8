using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Clocks;

/// <summary>Whom each item's days are charged to (domain 7): what every clock, ledger and union of a project is made of.</summary>
/// <param name="Days">What the items have been through, and the plans over the days.</param>
/// <param name="End">The last day to be charged.</param>
internal sealed record ItemCharges(FirstDays Days, DateOnly End)
{
    private ProjectState State => Days.State;

    /// <summary>The item's charges from the day after it became ready, in order of time.</summary>
    /// <param name="readyOn">Its <see cref="FirstDays.ReadyOn"/>.</param>
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
            foreach (var (applies, until) in Days.Timeline.Applying(item.Code))
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

    // Until the works are finished what waits for them is charged to construction.
    private (DateOnly From, DateOnly To)? Built(PlannedItem item)
    {
        if (item.Definition.Stage != FlowStage.Completion) return null;
        var work = WorkExpansion.WorkOf(item.Code);
        return Days.PermittedOn(work) is { } permitted ? (permitted, State.FinishedWorks.TryGetValue(work, out var finished) ? finished : End) : null;
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
