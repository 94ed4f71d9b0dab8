using Agency.Catalogue;
using Agency.Clocks;
using Agency.Projects.Plans;

namespace Agency.Ledgers;

/// <summary>Whom a project's days are charged to (domain 7): each to the first of these that holds it.</summary>
internal enum Claim
{
    Paused,
    Counted,
    Window,
    Procedure,
    Outside,
    Construction,
    Owner,
    None,
}

/// <summary>The days of a project from after its first submission on, each charged to one holder.</summary>
internal sealed class ProjectLedger
{
    private readonly ProjectClocks _clocks;

    public ProjectLedger(ProjectClocks clocks)
    {
        _clocks = clocks;
        From = clocks.State.Items.Values.SelectMany(i => i.Rounds).Min(r => (DateOnly?)r.SubmittedOn);
    }

    /// <summary>The day of the first submission, itself not charged; null before it.</summary>
    public DateOnly? From { get; }

    /// <summary>The last day charged: of the last decision once it is complete, of the termination, or today.</summary>
    public DateOnly To => _clocks.End;

    /// <summary>Calendar days 跨度用时 from the first submission to the last day.</summary>
    public int? SpanDays => To.DayNumber - From?.DayNumber;

    /// <summary>The days in order, each the d with From &lt; d ≤ To; only the working days among them are charged.</summary>
    public List<(DateOnly From, DateOnly To, Claim Claim)> Charges()
    {
        List<(DateOnly From, DateOnly To, Claim Claim)> charges = [];
        if (From is not { } from) return charges;
        Span<int> claims = stackalloc int[(int)Claim.None + 1];
        claims[(int)Claim.None] = 1;
        foreach (var boundary in Boundaries())
        {
            var (day, claim, begins) = (DateOnly.FromDayNumber((int)(boundary >> 8)), (int)(boundary >> 1) & 0x7f, (boundary & 1) == 1);
            Until(day, claims);
            claims[claim] += begins ? 1 : -1;
        }

        Until(To, claims);
        return charges;

        void Until(DateOnly day, ReadOnlySpan<int> claims)
        {
            if (day > To) day = To;
            if (day <= from) return;
            var claim = (Claim)claims.IndexOfAnyExcept(0);
            if (charges.Count > 0 && charges[^1].Claim == claim) charges[^1] = charges[^1] with { To = day };
            else charges.Add((from, day, claim));
            from = day;
        }
    }

    /// <summary>Whether the days to come are construction's if nothing more happens. A day belongs to whoever holds it when it begins: what holds after today tomorrow tells.</summary>
    public static bool IsInConstruction(ProjectClocks clocks) =>
        clocks.Items.Any(i => i.Definition.Stage == FlowStage.Completion && clocks.PermittedOn(WorkExpansion.WorkOf(i.Code)) is not null)
        && new ProjectLedger(clocks.On(clocks.Today.AddDays(1))).Charges() is [.., { Claim: Claim.Construction }];

    /// <summary>The working days of charges by holder; their sum is the working days of the span.</summary>
    public int[] Totals(List<(DateOnly From, DateOnly To, Claim Claim)> charges)
    {
        var totals = new int[(int)Holder.Nobody + 1];
        foreach (var (from, to, claim) in charges) totals[(int)HolderOf(claim)] += _clocks.Calendar.Count(from, to);
        return totals;
    }

    /// <summary>Who holds the days of a claim.</summary>
    public static Holder HolderOf(Claim claim) => claim switch
    {
        Claim.Counted => Holder.Department,
        Claim.Window => Holder.Window,
        Claim.Procedure => Holder.Procedure,
        Claim.Outside => Holder.Outside,
        Claim.Construction => Holder.Construction,
        Claim.None => Holder.Nobody,
        _ => Holder.Owner,
    };

    /// <summary>What an item's charge claims of the project's days.</summary>
    public static Claim ClaimOf(Charge charge, PlannedItem item) => charge.Holder switch
    {
        Holder.Department => item.Definition.CountsInTotal ? Claim.Counted : Claim.Outside,
        Holder.Window => Claim.Window,
        Holder.Procedure => Claim.Procedure,
        Holder.Construction => Claim.Construction,
        _ => Claim.Owner,
    };

    // Day, claim, and whether it begins after that day or ends with it; in order of time.
    private List<long> Boundaries()
    {
        List<long> boundaries = [];
        foreach (var item in _clocks.Items)
        {
            foreach (var charge in _clocks.ChargesOf(item.Code)) Add(charge.From, charge.To, ClaimOf(charge, item));
        }

        foreach (var pause in _clocks.State.Standstill.Pauses) Add(pause.From, pause.To ?? To, Claim.Paused);
        boundaries.Sort();
        return boundaries;

        void Add(DateOnly from, DateOnly to, Claim claim)
        {
            boundaries.Add(((long)from.DayNumber << 8) | ((long)claim << 1) | 1);
            boundaries.Add(((long)to.DayNumber << 8) | ((long)claim << 1));
        }
    }
}
