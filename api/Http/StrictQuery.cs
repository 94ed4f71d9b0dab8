using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Agency.Api.Http;

/// <summary>Refuses query parameters that the endpoint does not have, single ones that come twice, and days, instants and names in
/// another form than the promised one, which the framework would take.</summary>
internal sealed partial class StrictQuery
{
    private readonly FrozenDictionary<string, Type> _parameters;

    private StrictQuery(EndpointBuilder endpoint)
    {
        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern;
        _parameters = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .SelectMany(p => Expand(p.ParameterInfo))
            .Where(p => IsValue(p.Type) && route?.GetParameter(p.Name) is null)
            .ToFrozenDictionary(p => p.Name, p => p.Type, StringComparer.Ordinal);
    }

    /// <summary>Lets every endpoint of <paramref name="endpoints"/> know its parameters.</summary>
    public static void Require(IEndpointConventionBuilder endpoints) => endpoints.Finally(endpoint => endpoint.Metadata.Add(new StrictQuery(endpoint)));

    /// <summary>The middleware, to stand after routing.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StrictQuery>() is { } strict)
        {
            var query = context.Request.Query;
            foreach (var (name, values) in query) strict.Check(name, values);
            if (strict._parameters.Values.Any(type => EnumOf(type) is not null)) context.Request.Query = new QueryCollection(query.ToDictionary(q => q.Key, q => strict.Named(q.Key, q.Value)));
        }

        return next(context);
    }

    private void Check(string name, StringValues values)
    {
        if (!_parameters.TryGetValue(name, out var type)) throw Wrong(ProblemCodes.UnknownParameter, name, "");
        if (type.GetElementType() is null && values.Count != 1) throw Wrong(ProblemCodes.BadParameter, name, values.ToString());
        if (values.FirstOrDefault(value => !IsWellFormed(type.GetElementType() ?? type, value ?? "")) is { } wrong) throw Wrong(ProblemCodes.BadParameter, name, wrong);
    }

    // The framework reads an enum's value by its name in the code alone.
    private StringValues Named(string name, StringValues values) =>
        EnumOf(_parameters[name]) is { } names ? values.Select(value => Enum.GetNames(names)[EnumNames.All(names).IndexOf(value ?? "")]).ToArray() : values;

    private static Type? EnumOf(Type type) => (type.GetElementType() ?? type) is { IsEnum: true } names ? names : null;

    private static bool IsWellFormed(Type type, string value) =>
        type == typeof(string)
        || (value.Length > 0
            && (type == typeof(DateOnly) ? DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                : type == typeof(DateTimeOffset) ? Instant().IsMatch(value)
                : !type.IsEnum || EnumNames.All(type).Contains(value)));

    // A parameter of [AsParameters] stands for the properties of its type.
    private static IEnumerable<(string Name, Type Type)> Expand(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<AsParametersAttribute>() is null
            ? [(NameOf(parameter, parameter.Name ?? ""), ValueType(parameter.ParameterType))]
            : parameter.ParameterType.GetProperties().Select(property => (NameOf(property, property.Name), ValueType(property.PropertyType)));

    private static string NameOf(ICustomAttributeProvider member, string name) =>
        member.GetCustomAttributes(inherit: true).OfType<FromQueryAttribute>().FirstOrDefault()?.Name ?? name;

    private static Type ValueType(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsValue(Type type) =>
        type == typeof(string) || type.IsEnum || type.IsArray || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>));

    private static RequestRefusedException Wrong(string code, string name, string value) =>
        RequestRefusedException.At(name, Refusal.Of(code, ("parameter", name), ("value", value)));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Instant();
}
