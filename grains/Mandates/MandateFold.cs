using System.Collections.Immutable;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Services;

namespace Agency.Mandates;

/// <summary>What facts make of a project's mandates.</summary>
internal static class MandateFold
{
    public static ImmutableArray<Mandate> With(ImmutableArray<Mandate> mandates, Entry<ProjectFact> entry)
    {
        if (entry.Fact is MandateRequested fact) return mandates.Add(Requested(fact, entry));
        if (mandates is not [.., { IsOpen: true } open]) return mandates;
        var next = Next(open, entry) with { LastDay = entry.OccurredOn > open.LastDay ? entry.OccurredOn : open.LastDay, Version = entry.Version };
        return mandates.SetItem(mandates.Length - 1, next);
    }

    private static Mandate Requested(MandateRequested fact, Entry<ProjectFact> entry) => new()
    {
        Number = fact.Number,
        Scope = fact.Scope,
        Stages = fact.Stages,
        Items = fact.Items,
        From = fact.From ?? entry.OccurredOn,
        Until = fact.Until,
        RequestedOn = entry.OccurredOn,
        Status = MandateStatus.Requested,
        LastDay = entry.OccurredOn,
        Version = entry.Version,
    };

    private static Mandate Next(Mandate mandate, Entry<ProjectFact> entry) => entry.Fact switch
    {
        MandateAccepted => mandate with { Status = MandateStatus.Accepted, AnsweredOn = entry.OccurredOn },
        MandateRefused => Ended(mandate, MandateStatus.Refused, entry) with { AnsweredOn = entry.OccurredOn },
        MandateAgreed fact => mandate with { Status = MandateStatus.Agreed, AgreedOn = entry.OccurredOn, AgreementNumber = fact.DocumentNumber },
        ClerkAppointed fact => WithClerks(mandate, mandate.Clerks.Add(AgentTerm.Begin(fact.Agent, Function.Clerk, entry))),
        ClerkRemoved fact => WithClerks(mandate, [.. mandate.Clerks.Select(c => c.Agent == fact.Agent ? c.End(entry) : c)]),
        MandateCompleted fact => Ended(mandate, MandateStatus.Completed, entry) with { HandedOver = fact.HandedOver },
        MandateRevoked => Ended(mandate, MandateStatus.Revoked, entry),
        MandateTerminated fact => Ended(mandate, MandateStatus.Terminated, entry) with { Ground = fact.Ground },
        ProjectTerminated => Ended(mandate, MandateStatus.Terminated, entry) with { Ground = TerminationGround.ProjectEnded },
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };

    private static Mandate WithClerks(Mandate mandate, ImmutableArray<AgentTerm> clerks) =>
        mandate with { Clerks = clerks, Status = clerks.Any(c => c.IsOpen) ? MandateStatus.Active : MandateStatus.Agreed };

    private static Mandate Ended(Mandate mandate, MandateStatus status, Entry<ProjectFact> entry) => mandate with
    {
        Status = status,
        EndedOn = entry.OccurredOn > mandate.LastDay ? entry.OccurredOn : mandate.LastDay,
        Clerks = [.. mandate.Clerks.Select(c => c.End(entry))],
    };
}
