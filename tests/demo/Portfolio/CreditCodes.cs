namespace Agency.Demo.Portfolio;

/// <summary>Unified social credit codes 统一社会信用代码 as GB 32100-2015 makes them, of bodies that there are none of.</summary>
internal static class CreditCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] _organWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The code of a body.</summary>
    /// <param name="kind">Who registers it, and what it is: 11 an authority, 12 an institution, 91 an enterprise.</param>
    /// <param name="region">Code of the district or city where it is registered.</param>
    public static string Of(string kind, string region, Lot lot)
    {
        var organ = string.Concat(Enumerable.Range(0, _organWeights.Length).Select(i => kind == "91" && i < 2 ? "MA"[i] : (char)('0' + lot.Between($"organ {i}", 0, 9))));
        var body = kind + region + organ + OrganCheck(organ);
        return body + Check(body);
    }

    // Of the organisation code in it (GB 11714).
    private static char OrganCheck(string organ) => (11 - (organ.Select((c, i) => (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10) * _organWeights[i]).Sum() % 11)) switch
    {
        10 => 'X',
        11 => '0',
        var digit => (char)('0' + digit),
    };

    // Weights are the powers of 3 modulo 31.
    private static char Check(string body)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in body)
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }
}
