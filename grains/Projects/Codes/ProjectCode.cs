using System.Text.RegularExpressions;

namespace Agency.Projects.Codes;

/// <summary>Project code 投资项目统一代码, kept as written. Either form is accepted: the new one (GB/T 40058-2021)
/// <c>YYMM-RRRRRR-DD-TT-NNNNNN</c>: year and month, region, guiding central department, project type, five random digits and a check
/// digit, whose rule is not public; the old one <c>YYYY-RRRRRR-II-TT-NNNNNN</c>: year, region, industry, type (01 审批, 02 核准, 03 备案),
/// serial. A code of the year 2020 can be read as both.</summary>
[GenerateSerializer, Immutable, Alias("agency.project-code")]
public readonly partial record struct ProjectCode
{
    private ProjectCode(string value) => Value = value;

    /// <summary>The code as it was written.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>Whether it reads as the new form.</summary>
    public bool IsNewForm => NewForm().IsMatch(Value);

    /// <summary>Whether it reads as the old form.</summary>
    public bool IsOldForm => OldForm().IsMatch(Value);

    public static bool TryParse(string? text, out ProjectCode code)
    {
        var parsed = text is not null && (NewForm().IsMatch(text) || OldForm().IsMatch(text));
        code = parsed ? new(text!) : default;
        return parsed;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9]{2}(0[1-9]|1[0-2])-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}\z")]
    private static partial Regex NewForm();

    [GeneratedRegex(@"\A20[0-9]{2}-[0-9]{6}-[0-9]{2}-0[1-3]-[0-9]{6}\z")]
    private static partial Regex OldForm();
}
