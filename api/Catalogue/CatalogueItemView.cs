using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Api.Catalogue;

/// <summary>An item 审批事项 of the catalogue.</summary>
/// <param name="Organ">Code of the organ that handles it.</param>
/// <param name="With">Codes of organs that are heard.</param>
/// <param name="StatutoryDays">The law's limit; null where it has none.</param>
/// <param name="MaxExtensionDays">In the unit of the limit; 0: cannot be extended.</param>
/// <param name="CountsInTotal">Whether its days count as approval days of the project.</param>
/// <param name="Milestone">Whether its approval completes the stage.</param>
/// <param name="DeemedAcceptance">Whether five working days of silence are acceptance.</param>
/// <param name="After">Items that come before it.</param>
/// <param name="NeededBefore">Items that come after it.</param>
public sealed record CatalogueItemView(
    string Code,
    string Name,
    string? NameEn,
    string? Category,
    string Stage,
    string Organ,
    ImmutableArray<string> With,
    int LimitDays,
    DayUnit LimitUnit,
    int? StatutoryDays,
    DayUnit? StatutoryUnit,
    StatutoryStart StatutoryStart,
    int MaxExtensionDays,
    bool CountsInTotal,
    bool Milestone,
    bool DeemedAcceptance,
    ImmutableArray<Material> Materials,
    string? Result,
    string? LegalBasis,
    ImmutableArray<string> After,
    ImmutableArray<string> NeededBefore)
{
    internal static CatalogueItemView Of(CatalogueItem item)
    {
        var d = item.Definition;
        return new(d.Code, d.Name, d.NameEn, d.Category, d.Stage, d.Organ, d.With, d.LimitDays, d.LimitUnit, d.StatutoryDays, d.StatutoryUnit, d.StatutoryStart,
            d.MaxExtensionDays, d.CountsInTotal, d.Milestone, d.DeemedAcceptance, d.Materials, d.Result, d.LegalBasis, item.After, item.NeededBefore);
    }
}
