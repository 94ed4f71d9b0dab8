using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Projects;

/// <summary>Steps that are mostly, but by no means always, the next ones; each in the words of both models.</summary>
internal static class RandomSteps
{
    private static readonly string[] _procedures = ["TZ", "ZJPS", "GS"];

    public static (Step Step, SlowStep Slow) Next(Random random, ItemDefinition item, ItemState state, DateOnly day)
    {
        var kind = random.Next(4) == 0 ? (SlowKind)random.Next((int)SlowKind.Revoke + 1) : Likely(random, state.Round);
        return Of(random, kind, item, state, new SlowStep(kind, day) { Item = item.Code });
    }

    private static SlowKind Likely(Random random, Round? round) => round?.Status switch
    {
        RoundStatus.Submitted => random.Next(6) switch { 0 => SlowKind.RequestSupplement, 1 => SlowKind.Refuse, 2 => SlowKind.Decide, _ => SlowKind.Accept },
        RoundStatus.SupplementRequested => random.Next(4) == 0 ? SlowKind.Refuse : SlowKind.Supplement,
        RoundStatus.Accepted => random.Next(8) switch { 0 => SlowKind.Suspend, 1 => SlowKind.Extend, 2 => SlowKind.HandIn, 3 => SlowKind.Withdraw, _ => SlowKind.Decide },
        RoundStatus.Suspended => random.Next(4) == 0 ? SlowKind.Suspend : SlowKind.Resume,
        RoundStatus.Approved => random.Next(8) switch { 0 => SlowKind.Revoke, < 4 => SlowKind.Deliver, _ => SlowKind.Confirm },
        _ => SlowKind.Submit,
    };

    private static (Step Step, SlowStep Slow) Of(Random random, SlowKind kind, ItemDefinition item, ItemState state, SlowStep slow)
    {
        switch (kind)
        {
            case SlowKind.Submit:
                return (new Submission(item.Code, []), slow);
            case SlowKind.RequestSupplement:
                var due = slow.OccurredOn.AddDays(random.Next(1, 12));
                return (new SupplementRequest(item.Code, ["m"], due), slow with { DueOn = due });
            case SlowKind.Supplement:
                return (new Supplement(item.Code, []), slow);
            case SlowKind.Accept:
                var tolerated = random.Next(3) == 0 ? [new ToleratedMaterial(random.Next(4) == 0 ? "essential" : "extra", slow.OccurredOn.AddDays(random.Next(10)))] : ImmutableArray<ToleratedMaterial>.Empty;
                return (new Acceptance(item.Code, tolerated), slow with { Tolerated = [.. tolerated.Select(t => new SlowTolerated(t.Material, t.DueOn))] });
            case SlowKind.HandIn:
                return (new HandIn(item.Code, [new("extra")]), slow with { Materials = ["extra"] });
            case SlowKind.Refuse:
                var refusal = (SlowRefusal)random.Next(3);
                var authority = random.Next(3) == 0 ? null : "a";
                return (new ApplicationRefusal(item.Code, (RefusalKind)refusal, authority), slow with { Refusal = refusal, CompetentAuthority = authority });
            case SlowKind.Suspend:
                var (procedure, announced) = (_procedures[random.Next(_procedures.Length)], random.Next(0, 25));
                return (new Suspension(item.Code, procedure, announced), slow with { Procedure = procedure, AnnouncedDays = announced });
            case SlowKind.Resume:
                var named = random.Next(2) == 0 ? null : state.Round?.RunningProcedures.FirstOrDefault()?.Procedure ?? "TZ";
                return (new Resumption(item.Code, named), slow with { Procedure = named });
            case SlowKind.Extend:
                var days = random.Next(0, 12);
                return (new Extension(item.Code, days), slow with { Days = days, GrantedBy = "h" });
            case SlowKind.Decide:
                var approved = random.Next(5) != 0;
                return (new ItemDecision(item.Code, approved ? DecisionOutcome.Approved : DecisionOutcome.Denied, null, [new("proof")]), slow with { Approved = approved });
            case SlowKind.Confirm:
                return (new Confirmation(item.Code), slow);
            case SlowKind.Deliver:
                return (new Delivery(item.Code, "counter"), slow);
            case SlowKind.Revoke:
                return (new Revocation(item.Code), slow);
            default:
                return (new Withdrawal(item.Code), slow with { Kind = SlowKind.Withdraw });
        }
    }
}
