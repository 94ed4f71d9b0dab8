using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Agency.Reminders;

/// <summary>What the sentences of reminders can hold in braces.</summary>
internal static partial class ReminderValues
{
    private static readonly ImmutableHashSet<string> _ofProjects = ["project", "code", "day", "due"];
    private static readonly ImmutableHashSet<string> _ofSessions = ["session", "code", "day", "due", "time"];
    private static readonly ImmutableHashSet<string> _ofResolutions = ["session", "code", "day", "due"];

    /// <summary>Whether the matter is an item's: its code is that of the item.</summary>
    public static bool IsOfItem(MatterKind kind) => kind is MatterKind.Answer or MatterKind.ItemYellow or MatterKind.Item or MatterKind.Procedure
        or MatterKind.Delivery or MatterKind.Validity or MatterKind.Supplement or MatterKind.Material;

    /// <summary>The names of the values that come with a matter; of a rule about none, those that an act may give.</summary>
    public static ImmutableHashSet<string> Names(MatterKind? about) => about switch
    {
        null => _ofSessions.Union(_ofProjects).Add("item"),
        MatterKind.Session or MatterKind.Opinion or MatterKind.Minutes => _ofSessions,
        MatterKind.Receipt or MatterKind.Resolution => _ofResolutions,
        { } kind => IsOfItem(kind) ? _ofProjects.Add("item") : _ofProjects,
    };

    /// <summary>The names in a sentence.</summary>
    public static IEnumerable<string> In(string sentence) => Placeholder().Matches(sentence).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
