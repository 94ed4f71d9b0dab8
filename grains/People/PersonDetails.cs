using System.Text.RegularExpressions;
using Agency.EventSourcing;

namespace Agency.People;

/// <summary>What the directory of persons holds of one, and nothing else does: no fact, no log (domain 3).</summary>
/// <param name="Phone">As dialled; null: none is known.</param>
[GenerateSerializer, Immutable, Alias("agency.person-details")]
public sealed partial record PersonDetails([property: Id(0)] string Name, [property: Id(1)] string? Phone, [property: Id(2)] string? Mail)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 50;

    /// <summary>All that is wrong, by JSON pointer.</summary>
    public IEnumerable<Fault> Check()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl)) yield return Fault.Of("/name", "bad-name", ("max", LongestName));
        if (Phone is not null && !ValidPhone().IsMatch(Phone)) yield return Fault.Of("/phone", "bad-phone");
        if (Mail is not null && !ValidMail().IsMatch(Mail)) yield return Fault.Of("/mail", "bad-mail");
    }

    /// <summary>Whether the actor needs all of person <paramref name="id"/>: the office, the administrator, the person itself and the service, which writes to it, do.</summary>
    public static bool IsOpenTo(Actor actor, string id) => actor.Role is Role.Office or Role.Administrator or Role.System || actor.Id == id;

    // Fewer digits would leave too few to guess between what is shown.
    private const int FewestDigitsShown = 11;

    /// <summary>The name as it is, phone and mail address so that they cannot be used: 138****1234, a***@example.cn.</summary>
    public PersonDetails Masked() => this with
    {
        Phone = Phone is null ? null : Phone.Count(char.IsAsciiDigit) >= FewestDigitsShown ? $"{Phone[..3]}****{Phone[^4..]}" : "****",
        Mail = Mail is null ? null : $"{Mail[..1]}***{Mail[Mail.IndexOf('@', StringComparison.Ordinal)..]}",
    };

    // Whatever writes it down by mistake writes no name.
    public override string ToString() => nameof(PersonDetails);

    [GeneratedRegex(@"^\+?\(?[0-9][0-9 ()-]{3,22}[0-9]\z")]
    private static partial Regex ValidPhone();

    [GeneratedRegex(@"^[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,190}\z")]
    private static partial Regex ValidMail();
}
