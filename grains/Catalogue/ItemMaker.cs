using System.Text.RegularExpressions;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>Makes item definitions of drafts, noting what is wrong with them.</summary>
internal sealed partial class ItemMaker(IEnumerable<string> organs, IEnumerable<string> stages, List<Fault> problems)
{
    /// <summary>No limit or extension is longer.</summary>
    private const int MaxDays = 1000;

    private const int MaxText = 2000;

    private readonly HashSet<string> _stages = stages.ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> Organs { get; } = organs.ToHashSet(StringComparer.Ordinal);

    /// <summary>Codes stand in addresses and stored keys, so they have letters, digits, hyphens and underscores alone.</summary>
    public static bool IsCode(string? code) => code is not null && CodeForm().IsMatch(code);

    /// <summary>The definition that <paramref name="draft"/> gives, what it leaves out taken from <paramref name="catalogue"/>; null if it cannot be made.</summary>
    public ItemDefinition? Make(ItemDraft draft, ItemDefinition? catalogue, string pointer)
    {
        var before = problems.Count;
        var item = new ItemDefinition(
            draft.Item,
            draft.Name ?? catalogue?.Name ?? "",
            draft.NameEn ?? catalogue?.NameEn,
            draft.Category ?? catalogue?.Category,
            draft.Stage ?? catalogue?.Stage ?? "",
            draft.Organ ?? catalogue?.Organ ?? "",
            draft.With ?? catalogue?.With ?? [],
            draft.LimitDays ?? catalogue?.LimitDays ?? 0,
            draft.LimitUnit ?? catalogue?.LimitUnit ?? DayUnit.WorkingDays,
            draft.StatutoryDays ?? catalogue?.StatutoryDays,
            StatutoryUnit(draft, catalogue),
            draft.StatutoryStart ?? catalogue?.StatutoryStart ?? StatutoryStart.Acceptance,
            draft.MaxExtensionDays ?? catalogue?.MaxExtensionDays ?? 0,
            draft.CountsInTotal ?? catalogue?.CountsInTotal ?? true,
            draft.Milestone ?? catalogue?.Milestone ?? false,
            draft.DeemedAcceptance ?? catalogue?.DeemedAcceptance ?? false,
            draft.Materials ?? catalogue?.Materials ?? [],
            draft.Result ?? catalogue?.Result,
            draft.LegalBasis ?? catalogue?.LegalBasis);

        Text(draft.Name ?? catalogue?.Name, $"{pointer}/name", "name");
        if (Said(draft.Stage ?? catalogue?.Stage, $"{pointer}/stage", "stage")) Known(_stages, item.Stage, $"{pointer}/stage", "unknown-stage");
        if (Said(draft.Organ ?? catalogue?.Organ, $"{pointer}/organ", "organ")) Known(Organs, item.Organ, $"{pointer}/organ", "unknown-organ");
        if (Said(draft.LimitDays ?? catalogue?.LimitDays, $"{pointer}/limitDays", "limitDays")) Range(item.LimitDays, 0, MaxDays, $"{pointer}/limitDays");
        Range(item.StatutoryDays ?? 0, 0, MaxDays, $"{pointer}/statutoryDays");
        Range(item.MaxExtensionDays, 0, MaxDays, $"{pointer}/maxExtensionDays");
        for (var i = 0; i < item.With.Length; i++) Known(Organs, item.With[i], $"{pointer}/with/{i}", "unknown-organ");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < item.Materials.Length; i++)
        {
            if (Text(item.Materials[i]?.Name, $"{pointer}/materials/{i}/name", "name") && !names.Add(item.Materials[i].Name))
                Problem($"{pointer}/materials/{i}/name", "named-twice", ("name", item.Materials[i].Name));
        }

        return problems.Count == before ? item : null;
    }

    public void Problem(string pointer, string code, params ReadOnlySpan<(string Name, object Value)> arguments) =>
        problems.Add(Fault.Of(pointer, code, arguments));

    public bool Known(IReadOnlySet<string> codes, string? code, string pointer, string problem)
    {
        if (code is not null && codes.Contains(code)) return true;
        Problem(pointer, problem, ("code", code ?? ""));
        return false;
    }

    public void Range(int value, int least, int most, string pointer)
    {
        if (value < least || value > most) Problem(pointer, "bad-number", ("min", least), ("max", most));
    }

    public bool Text(string? text, string pointer, string member)
    {
        if (!Said(string.IsNullOrWhiteSpace(text) ? null : text, pointer, member)) return false;
        if (text!.Length <= MaxText) return true;
        Problem(pointer, "bad-text", ("max", MaxText));
        return false;
    }

    private bool Said(object? value, string pointer, string member)
    {
        if (value is null) Problem(pointer, "missing-member", ("member", member));
        return value is not null;
    }

    // A statutory limit without a unit counts working days, as a committed one does (行政许可法 art. 82).
    private static DayUnit? StatutoryUnit(ItemDraft draft, ItemDefinition? catalogue) =>
        (draft.StatutoryDays ?? catalogue?.StatutoryDays) is null ? null : draft.StatutoryUnit ?? catalogue?.StatutoryUnit ?? DayUnit.WorkingDays;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex CodeForm();
}
