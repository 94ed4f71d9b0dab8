using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>Makes flow versions of drafts, and drafts of flow versions; pure (domain 4.5).</summary>
public static class FlowMaker
{
    /// <summary>The most approval days of any flow (国办发〔2019〕11号).</summary>
    public const int MaxTotalDays = 120;

    /// <summary>The most bytes of a version as it is stored (some 1,500 items): its commit holds it once as the fact and, where a key
    /// came with the command, once more as the first answer.</summary>
    public const int MaxBytes = (Commit.MaxBytes - (40 * 1024)) / 2;

    /// <summary>The flow that <paramref name="draft"/> describes; null if anything is wrong with it.</summary>
    /// <param name="code">The flow's code.</param>
    /// <param name="version">The number that it would get.</param>
    /// <param name="problems">All that is wrong with it, by place; a circle names its items in order, beginning with the smallest code.</param>
    public static Flow? Make(FlowDraft draft, string code, int version, CityData city, out ImmutableArray<Fault> problems)
    {
        var found = new List<Fault>();
        var flow = new FlowCheck(draft, city, found).Make(code, version);
        if (found.Count == 0 && JsonSerializer.SerializeToUtf8Bytes(flow, FactJson.Options).Length > MaxBytes)
            found.Add(Fault.Of("", "flow-too-large", ("max", MaxBytes)));
        problems = [.. found];
        return problems.IsEmpty ? flow : null;
    }

    /// <summary>What is worth a second look: limits above the statutory ones.</summary>
    public static ImmutableArray<Fault> Warnings(Flow flow)
    {
        var warnings = ImmutableArray.CreateBuilder<Fault>();
        foreach (var (index, entry) in flow.Items.Index())
        {
            var item = entry.Definition;
            if (item.StatutoryDays is { } statutory && Sevenths(item.LimitDays, item.LimitUnit) > Sevenths(statutory, item.StatutoryUnit))
                warnings.Add(Fault.Of($"/items/{index}/limitDays", "limit-above-statutory", ("item", item.Code), ("limit", item.LimitDays), ("statutory", statutory)));
        }

        return warnings.ToImmutable();
    }

    /// <summary>The draft that makes <paramref name="flow"/> again: every item says all of itself.</summary>
    public static FlowDraft Draft(Flow flow) => new(
        flow.Name,
        flow.EffectiveFrom,
        flow.TotalLimitDays,
        [.. flow.Stages.Select(s => new StageDraft(s.Code, s.LimitDays, s.MilestoneRule))],
        [.. flow.Items.Select(i => Draft(i))],
        flow.NameEn,
        flow.PlannedConstructionDays,
        flow.Conditions,
        flow.Edges,
        flow.TolerantEdges,
        flow.ExclusiveGroups);

    /// <summary>The flow without its number, as bytes: two versions of equal content are the same.</summary>
    internal static byte[] Content(Flow flow) => JsonSerializer.SerializeToUtf8Bytes(flow with { Version = 0 }, FactJson.Options);

    // Five working days are seven natural ones.
    private static int Sevenths(int days, DayUnit? unit) => days * (unit == DayUnit.NaturalDays ? 5 : 7);

    /// <summary>The entry that says all of an item.</summary>
    internal static ItemDraft Draft(FlowItem item)
    {
        var d = item.Definition;
        return new(d.Code, item.Condition, item.AppliesIf.IsEmpty ? null : item.AppliesIf, d.Name, d.NameEn, d.Category, d.Stage, d.Organ, d.With, d.LimitDays, d.LimitUnit,
            d.StatutoryDays, d.StatutoryUnit, d.StatutoryStart, d.MaxExtensionDays, d.CountsInTotal, d.Milestone, d.DeemedAcceptance, d.Materials, d.Result, d.LegalBasis);
    }
}
