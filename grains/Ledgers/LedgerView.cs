using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;

namespace Agency.Ledgers;

/// <summary>The days of an item or a project, each charged to one holder 逐日计时明细 (domain 7).</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="From">The day before the first one charged: an item's ready day, a project's first submission; null while there is none.</param>
/// <param name="To">The last day charged.</param>
/// <param name="Days">Every calendar day in between, in order; those of an item that nobody holds are left out (it did not apply, or was decided).</param>
/// <param name="Totals">Charged days by holder. Of a project and of an item in working days: its working days; of an item in natural days: all.</param>
/// <param name="WorkingDays">Of a project: the working days of its span, which are the sum of the totals; null for an item.</param>
/// <param name="BackFilled">How much of what it follows from was recorded late.</param>
[GenerateSerializer, Immutable, Alias("agency.ledger-view")]
public sealed record LedgerView(
    [property: Id(0)] long Version,
    [property: Id(1)] string? Item,
    [property: Id(2)] DateOnly? From,
    [property: Id(3)] DateOnly? To,
    [property: Id(4)] ImmutableArray<LedgerDay> Days,
    [property: Id(5)] HolderTotals Totals,
    [property: Id(6)] int? WorkingDays,
    [property: Id(7)] BackFilledShare BackFilled);

/// <summary>One day of a ledger.</summary>
/// <param name="Kind">What the day is in the working calendar.</param>
/// <param name="Items">The items by which the holder holds it.</param>
/// <param name="Counted">Whether it is one of the used days of the clock that the ledger opens: the item's, or the approval days.</param>
/// <param name="Causes">Why that holder, each once.</param>
[GenerateSerializer, Immutable, Alias("agency.ledger-day")]
public sealed record LedgerDay(
    [property: Id(0)] DateOnly Date,
    [property: Id(1)] DayKind Kind,
    [property: Id(2)] Holder Holder,
    [property: Id(3)] ImmutableArray<string> Items,
    [property: Id(4)] bool Counted,
    [property: Id(5)] ImmutableArray<LedgerCause> Causes);

/// <summary>Why a day is charged to its holder.</summary>
/// <param name="Procedure">While suspended: the procedure's code.</param>
/// <param name="Department">While suspended: the code of the department that ordered it.</param>
[GenerateSerializer, Immutable, Alias("agency.ledger-cause")]
public readonly record struct LedgerCause([property: Id(0)] Cause Cause, [property: Id(1)] string? Procedure = null, [property: Id(2)] string? Department = null);

/// <summary>Charged days by holder; what is <see cref="Holder.NonWorking"/> is none of them.</summary>
[GenerateSerializer, Immutable, Alias("agency.holder-totals")]
public sealed record HolderTotals(
    [property: Id(0)] int Department,
    [property: Id(1)] int Window,
    [property: Id(2)] int Procedure,
    [property: Id(3)] int Outside,
    [property: Id(4)] int Construction,
    [property: Id(5)] int Owner,
    [property: Id(6)] int Nobody);

/// <summary>补录: entries recorded more than one working day after they happened.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Of">Of so many: all that stand, but for the system's own and corrections.</param>
[GenerateSerializer, Immutable, Alias("agency.back-filled-share")]
public readonly record struct BackFilledShare([property: Id(0)] int Entries, [property: Id(1)] int Of);
