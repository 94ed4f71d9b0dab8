using Agency.People;

namespace Agency.Notifications;

/// <summary>Whom something can be told.</summary>
public enum RecipientKind
{
    /// <summary>A person, by its opaque id.</summary>
    Person,

    /// <summary>A department 部门, by its code: whoever acts for it.</summary>
    Department,

    /// <summary>The head of a department 部门负责人, by the department's code.</summary>
    Head,

    /// <summary>The project office.</summary>
    Office,

    /// <summary>An owner 建设单位, by its credit code.</summary>
    Owner,
}

/// <summary>One who is told something; each has one inbox.</summary>
/// <param name="Id">Null for the office.</param>
[GenerateSerializer, Immutable, Alias("agency.recipient")]
public readonly record struct Recipient([property: Id(0)] RecipientKind Kind, [property: Id(1)] string? Id)
{
    public static Recipient Office { get; } = new(RecipientKind.Office, null);

    public static Recipient Person(string id) => new(RecipientKind.Person, id);

    public static Recipient Department(string code) => new(RecipientKind.Department, code);

    public static Recipient Head(string department) => new(RecipientKind.Head, department);

    public static Recipient Owner(string creditCode) => new(RecipientKind.Owner, creditCode);

    /// <summary>The inboxes that an actor reads.</summary>
    public static IEnumerable<Recipient> Of(Actor actor)
    {
        yield return Person(actor.Id);
        if (actor.Role == Role.Office) yield return Office;
        if (actor is { Role: Role.Department, Department: { } department })
        {
            yield return Department(department);
            yield return Head(department);
        }

        if (actor is { Role: Role.Owner, CreditCode: { } owner }) yield return Owner(owner);
    }

    /// <summary>As keys have it: <c>person-p7</c>, <c>department-511300-ZJJ</c>, <c>head-511300-ZJJ</c>, <c>owner-91511302MA62900AX9</c>, <c>office</c>.</summary>
    public override string ToString() => Kind switch
    {
        RecipientKind.Person => $"person-{Id}",
        RecipientKind.Department => $"department-{Id}",
        RecipientKind.Head => $"head-{Id}",
        RecipientKind.Owner => $"owner-{Id}",
        _ => "office",
    };

    /// <summary>What <see cref="ToString"/> has written.</summary>
    /// <exception cref="FormatException">It is no recipient.</exception>
    public static Recipient Parse(string text)
    {
        if (text == "office") return Office;
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        var id = hyphen > 0 && hyphen < text.Length - 1 ? text[(hyphen + 1)..] : throw new FormatException($"'{text}' is no recipient.");
        return text[..hyphen] switch
        {
            "person" => Person(id),
            "department" => Department(id),
            "head" => Head(id),
            "owner" => Owner(id),
            _ => throw new FormatException($"'{text}' is no recipient."),
        };
    }
}
