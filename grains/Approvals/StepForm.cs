using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Approvals;

/// <summary>Whether what a step says can be so at all, whatever the item's state.</summary>
internal static class StepForm
{
    /// <summary>The longest name of a material, document number or authority.</summary>
    public const int LongestName = 200;

    /// <summary>The longest free text.</summary>
    public const int LongestText = 4000;

    /// <summary>The refusal with all that is impossible, by JSON pointer; null if nothing is.</summary>
    public static Refusal? Check(Step step, Act act)
    {
        Fault[] faults = [.. Members(step), .. Number(step.DocumentNumber), .. Texts(act)];
        return faults.Length == 0 ? null : Refusal.Of("invalid-step", faults);
    }

    private static IEnumerable<Fault> Members(Step step) => step switch
    {
        Submission s => Materials("/materials", s.Materials),
        Supplement s => Materials("/materials", s.Materials),
        HandIn s => [.. Materials("/materials", s.Materials), .. Some("/materials", s.Materials.Length)],
        ItemDecision s => Materials("/evidence", s.Evidence),
        SupplementRequest s => [.. Names("/missing", s.Missing), .. Some("/missing", s.Missing.Length)],
        Acceptance s => Names("/tolerated", [.. s.Tolerated.Select(t => t.Material)]),
        ApplicationRefusal s => Name("/competentAuthority", s.CompetentAuthority),
        Delivery s => Name("/deliveryMethod", s.DeliveryMethod),
        _ => [],
    };

    /// <summary>What is wrong with materials that come in.</summary>
    public static Fault[] Materials(string at, ImmutableArray<SubmittedMaterial> materials) =>
        [.. Names(at, [.. materials.Select(m => m.Name)]), .. materials.Index().SelectMany(m => Name($"{at}/{m.Index}/hash", m.Item.Hash))];

    /// <summary>What is wrong with a document number.</summary>
    public static Fault[] Number(string? number) => Name("/documentNumber", number);

    private static IEnumerable<Fault> Names(string at, ImmutableArray<string> names) =>
        names.Index().SelectMany(n => names.IndexOf(n.Item) < n.Index ? [Fault.Of($"{at}/{n.Index}", "named-twice", ("name", n.Item))] : Name($"{at}/{n.Index}", n.Item));

    /// <summary>What is wrong with a name; none is none.</summary>
    public static Fault[] Name(string at, string? name) =>
        name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)) ? [Fault.Of(at, "bad-name", ("max", LongestName))] : [];

    private static IEnumerable<Fault> Some(string at, int count) => count == 0 ? [Fault.Of(at, "none-named")] : [];

    /// <summary>What is wrong with the free texts of an act.</summary>
    public static Fault[] Texts(Act act) => [.. (act.Texts ?? Act.NoTexts)
        .Where(t => string.IsNullOrWhiteSpace(t.Value) || t.Value.Length > LongestText)
        .Select(t => Fault.Of($"/{t.Key}", "bad-text", ("max", LongestText)))];
}
