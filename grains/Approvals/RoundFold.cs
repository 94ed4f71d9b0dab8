using System.Collections.Immutable;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>How each step changes an item's rounds. No rule is checked here: what is recorded has happened.</summary>
internal static class RoundFold
{
    /// <summary>The rounds after the step; null if the step is superseded: the system's acceptance, where an answer in time, or another
    /// day of receipt, has taken its place.</summary>
    public static ImmutableArray<Round>? Take(ImmutableArray<Round> rounds, Entry<ProjectFact> entry)
    {
        var day = entry.OccurredOn;
        if (entry.Fact is Submission submission) return rounds.Add(Open(rounds.Length + 1, day, entry.RecordedAt) with { Application = submission.Application });

        if (entry.Fact is DeemedAcceptance system && !(rounds is [.., { Status: RoundStatus.Submitted } open] && open.ReceivedOn == system.AcceptedOn)) return null;
        var round = rounds[^1];
        return rounds.SetItem(rounds.Length - 1, Take(round, entry, day));
    }

    private static Round Open(int number, DateOnly day, DateTimeOffset recordedAt) => new()
    {
        Number = number,
        Status = RoundStatus.Submitted,
        SubmittedOn = day,
        ReceivedOn = day,
        ReceiptRecordedAt = recordedAt,
        Holds = [new(day, Holder.Window)],
    };

    private static Round Take(Round round, Entry<ProjectFact> entry, DateOnly day) => (Step)entry.Fact switch
    {
        SupplementRequest s => Held(round, day, Holder.Owner) with
        {
            Status = RoundStatus.SupplementRequested,
            SupplementRequestedOn = day,
            SupplementDueOn = s.DueOn,
            Missing = s.Missing,
        },
        Supplement => Held(round, day, Holder.Window) with { Status = RoundStatus.Submitted, ReceivedOn = day, ReceiptRecordedAt = entry.RecordedAt },
        Acceptance s => Accepted(round, day, s.Terms) with { Owed = [.. s.Tolerated.Select(t => new Owed(t.Material, t.DueOn, null))] },
        DeemedAcceptance s => Accepted(round, s.AcceptedOn, s.Terms) with { AcceptedBySystem = true },
        HandIn s => round with { Owed = [.. round.Owed.Select(o => s.Materials.Any(m => m.Name == o.Material) ? o with { HandedInOn = day } : o)] },
        ApplicationRefusal s => Ended(round, day, RoundStatus.Refused) with { RefusalKind = s.Kind },
        Suspension s => Held(round, day, Holder.Procedure) with
        {
            Status = RoundStatus.Suspended,
            Procedures = round.Procedures.Add(new(s.Procedure, s.AnnouncedDays, day, null, entry.Version)),
        },
        Resumption s => Resumed(round, day, s.Procedure),
        Extension s => round with { ExtensionDays = s.Days },
        ItemDecision { Outcome: DecisionOutcome.Approved } s => Ended(round, day, RoundStatus.Approved) with
        {
            ValidUntil = s.ValidUntil,
            DecisionNumber = s.DocumentNumber,
            AwaitsConfirmation = s.AwaitsConfirmation,
            ApprovedOn = s.AwaitsConfirmation ? null : day,
        },
        ItemDecision s => Ended(round, day, RoundStatus.Denied) with { DecisionNumber = s.DocumentNumber },
        Confirmation => round with { AwaitsConfirmation = false, ApprovedOn = day },
        Withdrawal => Ended(round, day, RoundStatus.Withdrawn),
        Delivery => round with { DeliveredOn = day },
        Revocation => round with { Status = RoundStatus.Revoked, RevokedOn = day },
        var step => throw new NotSupportedException($"{step.GetType().Name} does not belong to a round."),
    };

    private static Round Accepted(Round round, DateOnly since, Terms? terms) =>
        Held(round, since, Holder.Department) with { Status = RoundStatus.Accepted, AcceptedOn = since, Terms = terms };

    private static Round Resumed(Round round, DateOnly day, string? procedure)
    {
        var resumed = round with { Procedures = [.. round.Procedures.Select(p => p.ResumedOn is null && p.Procedure == procedure ? p with { ResumedOn = day } : p)] };
        return resumed.RunningProcedures.Any() ? resumed : Held(resumed, day, Holder.Department) with { Status = RoundStatus.Accepted };
    }

    private static Round Ended(Round round, DateOnly day, RoundStatus status) => round with { Status = status, EndedOn = day };

    // Of several holders on one day only the last holds the next; so does one that begins earlier than what it replaces.
    private static Round Held(Round round, DateOnly since, Holder holder) =>
        round with { Holds = [.. round.Holds.Where(h => h.Since < since), new(since, holder)] };
}
