using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Agency.EventSourcing;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Agency.Api.Http.Problems;

/// <summary>Why a request was not carried out (RFC 9457).</summary>
/// <param name="Type">Stable URI of the kind of problem: <c>urn:agency:problem:</c> and the code.</param>
/// <param name="Title">The kind of problem, in the language of Accept-Language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong here and what to do, in the language of Accept-Language.</param>
/// <param name="Code">Stable code of the kind of problem.</param>
/// <param name="TraceId">By what the operator finds this request in the log.</param>
/// <param name="Errors">What is wrong where: by JSON pointer into the body, or by the parameter's name.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null)
{
    public const string MediaType = "application/problem+json";

    public static string TypeOf(string code) => $"urn:agency:problem:{code}";

    /// <summary>Answers with the problem that <paramref name="refusal"/> is.</summary>
    /// <param name="where">What is wrong where; a refusal of its own for each place.</param>
    /// <param name="retryAfter">After how many seconds it is worth trying again; null: as the table says.</param>
    internal static Task Write(HttpContext context, Refusal refusal, IReadOnlyList<(string Where, Refusal Why)> where, int? retryAfter = null)
    {
        var language = RequestLanguage.Of(context.Request);
        var sentence = ProblemTable.For(refusal, language);
        var errors = where.GroupBy(w => w.Where, w => ProblemTable.For(w.Why, language).Detail).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g]);
        var problem = new Problem(TypeOf(refusal.Code), sentence.Title, sentence.Status, sentence.Detail, refusal.Code, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, errors.Count == 0 ? null : errors);

        var headers = context.Response.Headers;
        (headers.ContentLanguage, headers.Vary, headers.CacheControl) = (language.Tag, "Accept-Language, Authorization", "no-store");
        if ((retryAfter ?? sentence.RetryAfter) is { } seconds) headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = sentence.Status;
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return context.Response.WriteAsJsonAsync(problem, json, MediaType, context.RequestAborted);
    }
}
