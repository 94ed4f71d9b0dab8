using System.ComponentModel.DataAnnotations;

namespace Agency.Silo.Notifications;

/// <summary>What webhooks may reach. Section <c>Agency:Webhooks</c>.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    public const string Section = "Agency:Webhooks";

    /// <summary>Whether addresses of this computer and of private networks may be told, too.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Whether http will do, without TLS.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The <c>source</c> of every event, a URI reference: which service tells it. The default is <c>urn:agency</c>.</summary>
    public string Source { get; set; } = "urn:agency";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length == 0 || !Uri.TryCreate(Source, UriKind.RelativeOrAbsolute, out _)) yield return new("The source of events (Agency:Webhooks:Source) must be a URI.");
    }
}
