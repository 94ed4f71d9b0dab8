using Agency.Api.Http;
using Agency.Clocks;
using Agency.Ledgers;

namespace Agency.Api.Ledgers;

/// <summary>A ledger as clients see it (api.md).</summary>
/// <param name="Item">The item whose ledger it is; null: the project's.</param>
/// <param name="From">The day before the first one charged: an item's ready day, a project's first submission.</param>
/// <param name="To">The last day charged.</param>
/// <param name="Days">Every calendar day in between that is charged or off.</param>
/// <param name="Totals">Charged days by holder.</param>
/// <param name="WorkingDays">Of a project: the working days of its span, the sum of the totals.</param>
/// <param name="BackFilled">How much of what it follows from was recorded late 补录.</param>
public sealed record LedgerAnswer(
    string? Item,
    DateOnly? From,
    DateOnly? To,
    IReadOnlyList<LedgerAnswerDay> Days,
    HolderTotals Totals,
    int? WorkingDays,
    BackFilledShare BackFilled)
{
    internal static LedgerAnswer Of(LedgerView ledger, LedgerReasons reasons, RequestLanguage language) => new(
        ledger.Item,
        ledger.From,
        ledger.To,
        [.. ledger.Days.Select(d => new LedgerAnswerDay(d.Date, d.Holder, d.Items, d.Counted, reasons.Of(d, language)))],
        ledger.Totals,
        ledger.WorkingDays,
        ledger.BackFilled);
}

/// <summary>One day of a ledger.</summary>
/// <param name="Items">The items by which the holder holds it.</param>
/// <param name="Counted">Whether it counts as a used day.</param>
/// <param name="Reason">Why it is off, or who has to do what; null where the clock counts on an ordinary working day.</param>
public sealed record LedgerAnswerDay(DateOnly Date, Holder Holder, IReadOnlyList<string> Items, bool Counted, string? Reason);
