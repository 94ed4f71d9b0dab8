using System.Collections.Immutable;
using Agency.Api.Deliveries;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Webhooks;

/// <summary>Webhooks: other systems that are told what happens here, each message signed.</summary>
internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/webhooks").WithTags("Webhooks");
        group.MapPost("/", Register).WithName("RegisterWebhook").WithSummary("Registers a webhook; its secret is told in this answer alone.");
        group.MapGet("/", List).WithName("ListWebhooks").WithSummary("The webhooks, by id.");
        group.MapDelete("/{id}", Delete).WithName("DeleteWebhook").WithSummary("Deletes a webhook with its secret; nothing more is sent to it.");
        group.MapGet("/{id}/deliveries", Deliveries).WithName("ListWebhookDeliveries").WithSummary("What was sent to a webhook in the last 180 days, or is to be, the newest first.");
        group.MapPost("/{id}/deliveries/{delivery}/retry", Retry).WithName("RetryWebhookDelivery").WithSummary("Sends a dead letter again, with its id, or at once what waits for its next attempt.");
    }

    private static async Task<Results<TaggedCreated<RegisteredWebhook>, Refused>> Register(WebhookBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Webhooks().Register(body.ToDraft(), command.Act())).ToCreation(w => $"{Conventions.BasePath}/webhooks/{w.Id}", RegisteredWebhook.Of);

    private static async Task<Ok<Page<WebhookAnswer>>> List([AsParameters] ListQuery list, IGrainFactory grains) =>
        TypedResults.Ok(list.PageOf([.. (await grains.Webhooks().List()).Select(WebhookAnswer.Of)], w => w.Id));

    private static async Task<Results<NoContent, Refused>> Delete(string id, IGrainFactory grains) => await grains.Webhooks().Delete(id) ? TypedResults.NoContent() : NotFound(id);

    private static async Task<Results<Ok<Page<DeliveryAnswer>>, Refused>> Deliveries(
        string id, DeliveryState? state, [AsParameters] ListQuery list, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Webhooks().Find(id) is { } webhook ? TypedResults.Ok(await grains.Deliveries(webhook.Target, state, list, cancellationToken)) : NotFound(id);

    private static async Task<Results<Ok<DeliveryAnswer>, Refused>> Retry(string id, string delivery, CommandContext command, IGrainFactory grains) =>
        await grains.Webhooks().Find(id) is { } webhook ? await grains.Retry(webhook.Target, delivery, command.Act()) : NotFound(id);

    private static IWebhooksGrain Webhooks(this IGrainFactory grains) => grains.GetGrain<IWebhooksGrain>(IWebhooksGrain.Key);

    private static Refused NotFound(string id) => new(Refusal.Of("webhook-not-found", ("webhook", id)));
}

/// <summary>A webhook to be registered.</summary>
/// <param name="Url">An https address that is public; a name that leads to this computer or a private network is refused.</param>
/// <param name="Kinds">What it is told; left out: notices.</param>
/// <param name="Rules">Codes of the rules by which notices and invitations are told; left out: all.</param>
/// <param name="Secret"><c>whsec_</c> and 24 to 64 bytes in base64; left out: one is made.</param>
public sealed record WebhookBody(string Url, ImmutableArray<MessageKind>? Kinds = null, ImmutableArray<string>? Rules = null, string? Secret = null)
{
    internal WebhookDraft ToDraft() => new(Url, Kinds, Rules, Secret);
}

/// <summary>A webhook.</summary>
/// <param name="Rules">Null: all.</param>
/// <param name="DisabledAt">Since when nothing is sent to it, because its receiver answered 410; null: it is told.</param>
public sealed record WebhookAnswer(string Id, string Url, ImmutableArray<MessageKind> Kinds, ImmutableArray<string>? Rules, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    internal static WebhookAnswer Of(Webhook webhook) => new(webhook.Id, webhook.Url, webhook.Kinds, webhook.Rules, webhook.CreatedAt, webhook.DisabledAt);
}

/// <summary>A webhook that was registered.</summary>
/// <param name="Rules">Null: all.</param>
/// <param name="Secret">What its messages are signed with. It is told here alone.</param>
public sealed record RegisteredWebhook(string Id, string Url, ImmutableArray<MessageKind> Kinds, ImmutableArray<string>? Rules, DateTimeOffset CreatedAt, string Secret)
{
    internal static RegisteredWebhook Of(Webhook webhook) => new(webhook.Id, webhook.Url, webhook.Kinds, webhook.Rules, webhook.CreatedAt, webhook.Secret);
}
