using System.Collections.Immutable;
using Agency.Approvals;

namespace Agency.Clocks;

/// <summary>Whom a day is charged to 责任方 (domain 7).</summary>
public enum Holder
{
    /// <summary>Not a working day.</summary>
    NonWorking,

    /// <summary>The owner has to submit, to supplement, to apply again; or the project is paused.</summary>
    Owner,

    /// <summary>Submitted, not yet accepted.</summary>
    Window,

    /// <summary>The clock counts.</summary>
    Department,

    /// <summary>Suspended: time that the law does not count.</summary>
    Procedure,

    /// <summary>Of a project: only items run that its total does not count.</summary>
    Outside,

    /// <summary>It is being built.</summary>
    Construction,

    /// <summary>Of a project: nobody has anything to do.</summary>
    Nobody,
}

/// <summary>Why a day is charged to its holder.</summary>
public enum Cause
{
    /// <summary>Ready and not submitted.</summary>
    Ready,
    SupplementOwed,
    Refused,
    Denied,
    Withdrawn,
    Revoked,
    Paused,
    Submitted,
    Accepted,
    Suspended,
    Building,
}

/// <summary>The days d with From &lt; d ≤ To of an item, charged to one holder; no day at all where it held for less than one.</summary>
/// <param name="Round">The round that they are days of; 0 outside rounds.</param>
internal readonly record struct Charge(DateOnly From, DateOnly To, Holder Holder, Cause Cause, int Round);

/// <summary>Writes down charges: in order of time, up to a last day, paused days to the owner.</summary>
internal readonly struct Charges(Standstill standstill, DateOnly end)
{
    private readonly ImmutableArray<Charge>.Builder _charges = ImmutableArray.CreateBuilder<Charge>();

    /// <summary>The charges of one round alone.</summary>
    public static ImmutableArray<Charge> Of(Round round, Standstill standstill, DateOnly end)
    {
        var charges = new Charges(standstill, end);
        charges.Add(round);
        return charges.Done();
    }

    public ImmutableArray<Charge> Done() => _charges.DrainToImmutable();

    /// <summary>What the round's holders had, up to its end.</summary>
    public void Add(Round round)
    {
        for (var i = 0; i < round.Holds.Length; i++)
        {
            var (since, holder) = round.Holds[i];
            if (since > end) break;
            Add(since, i + 1 < round.Holds.Length ? round.Holds[i + 1].Since : round.EndedOn ?? end, holder, CauseOf(holder), round.Number);
        }
    }

    /// <summary>The days d with <paramref name="from"/> &lt; d ≤ <paramref name="to"/>; nothing where the one is after the other.</summary>
    public void Add(DateOnly from, DateOnly to, Holder holder, Cause cause, int round = 0)
    {
        if (to > end) to = end;
        if (from > to) return;
        foreach (var pause in standstill.Pauses)
        {
            if (pause.From >= to || pause.To <= from) continue;
            if (pause.From > from) _charges.Add(new(from, pause.From, holder, cause, round));
            var until = pause.To < to ? pause.To.Value : to;
            _charges.Add(new(pause.From > from ? pause.From : from, until, Holder.Owner, Cause.Paused, round));
            from = until;
        }

        // A clock that has begun, goes on, or ends, and has not counted a day of that has its due date, too.
        _charges.Add(new(from, to, holder, cause, round));
    }

    private static Cause CauseOf(Holder holder) => holder switch
    {
        Holder.Window => Cause.Submitted,
        Holder.Department => Cause.Accepted,
        Holder.Procedure => Cause.Suspended,
        _ => Cause.SupplementOwed,
    };
}
