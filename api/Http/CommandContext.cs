using System.Buffers.Text;
using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.Api.Hosting;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Http.Metadata;

namespace Agency.Api.Http;

/// <summary>What a body may say about the act itself; the request records of commands derive from it.</summary>
public abstract record ActBody
{
    /// <summary>The day it happened on paper, from the office alone; left out: today.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>Why it is entered late.</summary>
    public string? LateReason { get; init; }

    /// <summary>For whom the office enters it from paper: code of the department, or id of the person who chairs the session.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The body's free texts by name, beside <see cref="LateReason"/>; those that are null are left out.</summary>
    public virtual IEnumerable<(string Name, string? Text)> Texts() => [];
}

/// <summary>The body of a step: an act on paper that may bear a number.</summary>
public record StepBody : ActBody
{
    /// <summary>The number 文号 of the document.</summary>
    public string? DocumentNumber { get; init; }
}

/// <summary>Everything about a command that stands outside its body: who gives it, under which key, on which version. Bound as a
/// handler's parameter; <see cref="Act"/> adds what the body says.</summary>
public sealed partial class CommandContext : IEndpointParameterMetadataProvider
{
    private readonly HttpContext _http;
    private readonly string? _key;
    private readonly long? _ifVersion;

    private CommandContext(HttpContext http, Actor actor, string? key, long? ifVersion) => (_http, Actor, _key, _ifVersion) = (http, actor, key, ifVersion);

    /// <summary>Who gives the command.</summary>
    public Actor Actor { get; }

    public static ValueTask<CommandContext> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new CommandContext(context, ActingPerson.Of(context).Actor, Key(context.Request), EntityTags.IfMatch(context.Request)));

    /// <summary>The act for the grain.</summary>
    /// <param name="body">What the body says about the act.</param>
    /// <param name="creationId">The id that the client chose for what is made; part of the key's scope.</param>
    /// <param name="personal">Whether the body holds a person's name or phone: no hash of it is kept then, from which a phone could be guessed after its
    /// erasure, and a repeat with another body gets the first answer, too.</param>
    /// <returns>Under a key its command id is the same each time, so that ids derived from it are, too; else it is new.</returns>
    public Act Act(ActBody? body = null, string? creationId = null, bool personal = false)
    {
        var key = _key is null ? null : new CommandKey(Scope(_key, creationId), personal ? ReadOnlyMemory<byte>.Empty : (_http.Features.Get<RequestBody>() ?? new(default)).Hash());
        var id = key?.Key ?? Guid.CreateVersion7(_http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()).ToString();
        if (_http.RequestServices.GetRequiredService<ServiceOptions>().Mode == ServiceMode.Cluster) key ??= new(id, default, Passing: true);
        return new(Actor, id, body?.OccurredOn, body?.OnBehalfOf, Texts(body), _ifVersion, key);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(CommandEndpoint.Instance);

    private static ImmutableSortedDictionary<string, string?>? Texts(ActBody? body)
    {
        if (body is null) return null;
        var texts = body.Texts().Append((Name: EventSourcing.Act.LateReason, Text: body.LateReason)).Where(t => t.Text is not null);
        return texts.ToImmutableSortedDictionary(t => t.Name, t => t.Text, StringComparer.Ordinal) is { IsEmpty: false } some ? some : null;
    }

    private static string? Key(HttpRequest request) => request.Headers["Idempotency-Key"] switch
    {
        [] => null,
        [{ } key] when Visible().IsMatch(key) => key,
        _ => throw RequestRefusedException.At("Idempotency-Key", Refusal.Of(ProblemCodes.BadHeader, ("header", "Idempotency-Key"))),
    };

    // A JSON array, so that no two scopes have the same bytes.
    private string Scope(string key, string? creationId)
    {
        string?[] scope = [Actor.Id, Actor.Role.ToString(), _http.Request.Method, _http.Request.Path.Value, creationId, key];
        return Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(scope)));
    }

    [GeneratedRegex(@"^[\x21-\x7e]{1,128}\z")]
    private static partial Regex Visible();
}

/// <summary>Marks an endpoint that carries out a command.</summary>
internal sealed class CommandEndpoint
{
    public static CommandEndpoint Instance { get; } = new();
}
