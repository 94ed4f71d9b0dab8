using System.Collections.Immutable;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>The texts that a shard's projects share, each held once; codes also by a short number.</summary>
internal sealed class Strings
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _codes = [];

    // Projects of one flow and district involve the same departments.
    private readonly Dictionary<string, ImmutableArray<string>> _sets = new(StringComparer.Ordinal);

    public string CodeOf(ushort number) => _codes[number];

    /// <summary>For the number of each code whether it is one of some.</summary>
    public bool[] Among(IEnumerable<string> codes)
    {
        var among = new bool[_codes.Count];
        foreach (var code in codes)
        {
            if (_numbers.TryGetValue(code, out var number)) among[number] = true;
        }

        return among;
    }

    public ushort NumberOf(string code)
    {
        if (_numbers.TryGetValue(code, out var number)) return number;
        code = Shared(code);
        _numbers.Add(code, number = checked((ushort)_codes.Count));
        _codes.Add(code);
        return number;
    }

    /// <summary>The summary with shared texts, and without what the shard keeps in another form.</summary>
    public ProjectSummary Shared(ProjectSummary summary) => summary with
    {
        OwnerName = Maybe(summary.OwnerName),
        OwnerCreditCode = Maybe(summary.OwnerCreditCode),
        District = Maybe(summary.District),
        Flow = Maybe(summary.Flow),
        Cluster = Maybe(summary.Cluster),
        LeadDepartment = Maybe(summary.LeadDepartment),
        CurrentStage = Maybe(summary.CurrentStage),
        Manager = Maybe(summary.Manager),
        Clerks = [.. summary.Clerks.Select(Shared)],
        FormerClerks = [.. summary.FormerClerks.Select(Shared)],
        Departments = [.. summary.Departments.Select(Shared)],
        Involved = Shared(summary.Involved),
        Clocks = [.. summary.Clocks.Select(c => c with { Code = Shared(c.Code), Department = Maybe(c.Department) })],
        Matters = [.. summary.Matters.Select(m => m with { Code = Shared(m.Code), Department = Maybe(m.Department) })],
        Ended = [],
    };

    private ImmutableArray<string> Shared(ImmutableArray<string> codes)
    {
        var key = string.Join(' ', codes);
        if (!_sets.TryGetValue(key, out var set)) _sets.Add(key, set = [.. codes.Select(Shared)]);
        return set;
    }

    private string? Maybe(string? text) => text is null ? null : Shared(text);

    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var shared)) return shared;
        _texts.Add(text);
        return text;
    }
}
