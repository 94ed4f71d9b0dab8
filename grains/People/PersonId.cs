using System.Text.RegularExpressions;

namespace Agency.People;

/// <summary>Opaque ids of persons: 1 to 64 characters of A-Z a-z 0-9 . _ -</summary>
public static partial class PersonId
{
    /// <summary>Whether this can be a person's id.</summary>
    public static bool IsOne(string id) => Form().IsMatch(id);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Form();
}
