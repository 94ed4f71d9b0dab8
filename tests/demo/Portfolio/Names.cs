using System.Globalization;
using System.Text.RegularExpressions;

namespace Agency.Demo.Portfolio;

/// <summary>Names of projects and of those who build them.</summary>
internal static partial class Names
{
    private const string First = "嘉华盛瑞恒鑫天蜀川润泰宏中汇金远东锦安博新隆科达众";
    private const string Second = "陵通源鼎和诚业康腾丰驰峰程晟合宇信联创辉达利纳泽";

    /// <summary>A project's name, its choices drawn: {一|二} is one of them.</summary>
    public static string Of(string pattern, Place place, Lot lot)
    {
        var drawn = 0;
        var named = pattern
            .Replace("{district}", place.Name, StringComparison.Ordinal)
            .Replace("{site}", lot.One("site", place.Sites), StringComparison.Ordinal)
            .Replace("{park}", lot.One("park", place.Parks), StringComparison.Ordinal)
            .Replace("{n}", lot.Between("n", 1, 30).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var name = Choice().Replace(named, m => lot.One($"choice {drawn++}", m.Groups[1].Value.Split('|')));
        return name.StartsWith('年') ? lot.One("park", place.Parks) + name : name.StartsWith(place.Name, StringComparison.Ordinal) ? name : place.Name + name;
    }

    /// <summary>Who builds: an authority or public company of the district, or an enterprise; whoever is called the same is the same.</summary>
    public static Owner Owner(string pattern, Place place, Lot portfolio, Lot own)
    {
        if (pattern.StartsWith("{district}", StringComparison.Ordinal))
        {
            var named = "南充市" + pattern.Replace("{district}", place.Name, StringComparison.Ordinal);
            if (place.Name.EndsWith('市') || place.Name.EndsWith('县')) named = named["南充市".Length..];
            return new(named, CreditCodes.Of(named.EndsWith('局') ? "11" : "91", place.District, portfolio.Of(named)));
        }

        var seat = own.Weighted("seat", [("南充", 5), ("四川", 4), ("成都", 2), ("重庆", 2), ("浙江", 1), ("广东", 1)]);
        var name = $"{seat}{First[own.Between("first", 0, First.Length - 1)]}{Second[own.Between("second", 0, Second.Length - 1)]}{pattern}{(own.Happens("group", 0.1) ? "集团" : "")}有限公司";
        return new(name, CreditCodes.Of("91", "511300", portfolio.Of(name)));
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Choice();
}
