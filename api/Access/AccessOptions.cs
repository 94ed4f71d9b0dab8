using System.ComponentModel.DataAnnotations;

namespace Agency.Api.Access;

/// <summary>Whose tokens say who acts. Section <c>Agency:Access</c>. Without an authority the service issues them itself
/// (<see cref="EmbeddedIssuer"/>).</summary>
public sealed class AccessOptions
{
    /// <summary>Address of the OpenID Connect authority that issues the tokens: its configuration is read below it. Left out: the embedded issuer.</summary>
    [Url(ErrorMessage = "The authority (Agency:Access:Authority) must be an address that begins with https://.")]
    public string? Authority { get; set; }

    /// <summary>For whom its tokens must be. The default is <c>agency</c>.</summary>
    [Required(ErrorMessage = "The audience (Agency:Access:Audience) must not be empty.")]
    public string Audience { get; set; } = "agency";

    /// <summary>Whether the authority may be asked without TLS: for one on the same machine.</summary>
    public bool InsecureAuthority { get; set; }

    /// <summary>Which claims of the authority's tokens say what.</summary>
    public ClaimOptions Claims { get; set; } = new();

    /// <summary>What the authority's roles are called here: <c>office</c>, <c>manager</c>, …; one that is not named is taken by its own name.</summary>
    public Dictionary<string, string> Roles { get; } = [];
}

/// <summary>Names of claims.</summary>
public sealed class ClaimOptions
{
    /// <summary>The person's opaque id.</summary>
    [Required(ErrorMessage = "The claim of the person (Agency:Access:Claims:Person) must not be empty.")]
    public string Person { get; set; } = "sub";

    /// <summary>The role; of several values exactly one must be a role here.</summary>
    [Required(ErrorMessage = "The claim of the role (Agency:Access:Claims:Role) must not be empty.")]
    public string Role { get; set; } = "role";

    /// <summary>Code of the department, for who acts for one.</summary>
    [Required(ErrorMessage = "The claim of the department (Agency:Access:Claims:Department) must not be empty.")]
    public string Department { get; set; } = "department";

    /// <summary>Unified social credit code, for an owner.</summary>
    [Required(ErrorMessage = "The claim of the credit code (Agency:Access:Claims:CreditCode) must not be empty.")]
    public string CreditCode { get; set; } = "credit_code";
}
