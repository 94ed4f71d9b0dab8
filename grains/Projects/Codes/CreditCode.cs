namespace Agency.Projects.Codes;

/// <summary>Unified social credit code 统一社会信用代码 (GB 32100-2015): 17 characters and a check character.</summary>
[GenerateSerializer, Immutable, Alias("agency.credit-code")]
public readonly record struct CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    private CreditCode(string value) => Value = value;

    [Id(0)]
    public string Value { get; }

    public static bool TryParse(string? text, out CreditCode code)
    {
        var parsed = text is { Length: Length } && CheckOf(text.AsSpan(0, Length - 1)) == text[^1];
        code = parsed ? new(text!) : default;
        return parsed;
    }

    public override string ToString() => Value;

    // Weights are the powers of 3 modulo 31; null if a character is none of the alphabet.
    private static char? CheckOf(ReadOnlySpan<char> characters)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in characters)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0) return null;
            sum = (sum + (value * weight)) % Alphabet.Length;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - sum) % Alphabet.Length];
    }
}
