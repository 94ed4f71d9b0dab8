namespace Agency.Api.Http.Problems;

/// <summary>Codes of the refusals that the interface itself gives, before or instead of a grain.</summary>
public static class ProblemCodes
{
    public const string BadCursor = "bad-cursor";
    public const string BadHeader = "bad-header";
    public const string BadParameter = "bad-parameter";
    public const string BadRequest = "bad-request";
    public const string BadSort = "bad-sort";
    public const string BodyTooLarge = "body-too-large";
    public const string ClockMoved = "clock-moved";
    public const string DaysOrTo = "days-or-to";
    public const string DuplicateMember = "duplicate-member";
    public const string InternalError = "internal-error";
    public const string InvalidToken = "invalid-token";
    public const string MalformedBody = "malformed-body";
    public const string MissingBody = "missing-body";
    public const string MissingMember = "missing-member";
    public const string MissingParameter = "missing-parameter";
    public const string Refused = "refused";
    public const string RoleNotAllowed = "role-not-allowed";
    public const string TooManyRequests = "too-many-requests";
    public const string Unauthenticated = "unauthenticated";
    public const string Unavailable = "unavailable";
    public const string UnknownMember = "unknown-member";
    public const string UnknownParameter = "unknown-parameter";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string WrongType = "wrong-type";

    /// <summary>The code of a bare status: what the framework answers without a body.</summary>
    public static string OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status403Forbidden => RoleNotAllowed,
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status406NotAcceptable => "not-acceptable",
        StatusCodes.Status408RequestTimeout => "request-timeout",
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= StatusCodes.Status500InternalServerError => InternalError,
        _ => BadRequest,
    };
}
