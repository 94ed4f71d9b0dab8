using System.ComponentModel.DataAnnotations;

namespace Agency.Silo.Notifications;

/// <summary>The gateway for short messages: the request that sends one. <c>{phone}</c>, <c>{text}</c> and <c>{id}</c> stand for what is sent. Section
/// <c>Agency:Sms</c>; without an address no short message is sent.</summary>
public sealed class SmsOptions : IValidatableObject
{
    public const string Section = "Agency:Sms";

    internal const string Json = "application/json";
    internal const string Form = "application/x-www-form-urlencoded";

    /// <summary>Where the request goes; null: there is no gateway.</summary>
    public string? Url { get; set; }

    /// <summary>The default is POST.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Headers by name, such as the one that says who asks.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Of the body, by which is decided how what is filled in is written. The default is <c>application/json</c>.</summary>
    public string ContentType { get; set; } = Json;

    /// <summary>Null: none.</summary>
    public string? Body { get; set; }

    /// <summary>The status of an answer that says that it was taken. The default is 200.</summary>
    [Range(200, 299, ErrorMessage = "The status of an accepted short message (Agency:Sms:ExpectedStatus) must be a number from 200 to 299.")]
    public int ExpectedStatus { get; set; } = 200;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null) yield break;
        if (!Uri.TryCreate(Url.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            yield return new("The gateway for short messages (Agency:Sms:Url) must be an http or https address.");
        if (Method is not ("GET" or "POST" or "PUT")) yield return new("The method of the gateway for short messages (Agency:Sms:Method) must be GET, POST or PUT.");
        if (ContentType is not (Json or Form)) yield return new($"The content type of the gateway for short messages (Agency:Sms:ContentType) must be {Json} or {Form}.");
        var request = Url + Body;
        if (!request.Contains("{phone}", StringComparison.Ordinal) || !request.Contains("{text}", StringComparison.Ordinal))
            yield return new("The gateway for short messages needs {phone} and {text} in Agency:Sms:Body or Agency:Sms:Url.");
    }
}
