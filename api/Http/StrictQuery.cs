using System.Globalization;
using System.Text.RegularExpressions;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Http;

/// <summary>Refuses query parameters that the endpoint does not have, single ones that come twice, and days and instants in another
/// form than the promised one, which the framework would take.</summary>
internal sealed partial class StrictQuery
{
    private readonly Dictionary<string, Type> _parameters;

    private StrictQuery(EndpointBuilder endpoint)
    {
        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern;
        _parameters = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => (p.HasTryParse || ValueType(p) == typeof(string) || ValueType(p).IsArray) && route?.GetParameter(p.Name) is null)
            .ToDictionary(QueryName, ValueType, StringComparer.Ordinal);
    }

    /// <summary>Lets every endpoint of <paramref name="endpoints"/> know its parameters.</summary>
    public static void Require(IEndpointConventionBuilder endpoints) =>
        endpoints.Finally(endpoint => endpoint.Metadata.Add(new StrictQuery(endpoint)));

    /// <summary>The middleware, to stand after routing.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StrictQuery>() is { } strict)
        {
            foreach (var (name, values) in context.Request.Query) strict.Check(name, values);
        }

        return next(context);
    }

    private void Check(string name, IReadOnlyList<string?> values)
    {
        if (!_parameters.TryGetValue(name, out var type)) throw Wrong(ProblemCodes.UnknownParameter, name, "");
        if (type.IsArray) return;
        if (values is not [{ } value]) throw Wrong(ProblemCodes.BadParameter, name, string.Join(", ", values));
        var wrong = type == typeof(DateOnly) ? !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            : type == typeof(DateTimeOffset) ? !Instant().IsMatch(value)
            : type != typeof(string) && value.Length == 0;
        if (wrong) throw Wrong(ProblemCodes.BadParameter, name, value);
    }

    private static Type ValueType(IParameterBindingMetadata parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;

    private static string QueryName(IParameterBindingMetadata parameter) =>
        (parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<FromQueryAttribute>().FirstOrDefault()?.Name) ?? parameter.Name;

    private static RequestRefusedException Wrong(string code, string name, string value) =>
        RequestRefusedException.At(name, Refusal.Of(code, ("parameter", name), ("value", value)));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Instant();
}
