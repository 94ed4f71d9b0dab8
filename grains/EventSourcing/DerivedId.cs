using System.Security.Cryptography;
using System.Text;

namespace Agency.EventSourcing;

/// <summary>Ids that follow from what they are made of: a repeat meets the same thing.</summary>
internal static class DerivedId
{
    /// <summary>The id of what a command makes: a letter and 16 hexadecimal digits.</summary>
    public static string OfCommand(char kind, string commandId) => $"{kind}{Digits(commandId, 8)}";

    /// <summary>The id of what some parts make together: 32 hexadecimal digits.</summary>
    public static string Of(params ReadOnlySpan<string?> parts) => Digits(string.Join('\n', parts), 16);

    private static string Digits(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
