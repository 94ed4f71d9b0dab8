using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Deliveries;

/// <summary>What is sent out of the service by mail and short message, and what came of it; and the same for webhooks.</summary>
internal static class DeliveriesApi
{
    // The channels that have one target, and what they are called here.
    private static readonly (string Target, string Name)[] _channels = [("mail", "Mail"), ("sms", "Sms")];

    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        foreach (var (target, name) in _channels)
        {
            var group = routes.MapGroup($"/channels/{target}/deliveries").WithTags("Webhooks");
            group.MapGet("/", async (DeliveryState? state, [AsParameters] ListQuery list, IGrainFactory grains, CancellationToken cancellationToken) =>
                    TypedResults.Ok(await grains.Deliveries(target, state, list, cancellationToken)))
                .WithName($"List{name}Deliveries")
                .WithSummary("What was sent in the last 180 days, or is to be, the newest first.");
            group.MapPost("/{delivery}/retry", (string delivery, CommandContext command, IGrainFactory grains) => grains.Retry(target, delivery, command.Act()))
                .WithName($"Retry{name}Delivery")
                .WithSummary("Sends a dead letter again, with its id, or at once what waits for its next attempt.");
        }
    }

    /// <summary>A page of what is sent to a target.</summary>
    public static async Task<Page<DeliveryAnswer>> Deliveries(this IGrainFactory grains, string target, DeliveryState? state, ListQuery list, CancellationToken cancellationToken)
    {
        list.SortBy();
        var page = await grains.GetGrain<IDeliveriesGrain>(target).List(new(state, list.After<string>(), list.Size), cancellationToken);
        return new([.. page.Items.Select(DeliveryAnswer.Of)], page.Next is { } next ? list.CursorAfter(next) : null, page.Total);
    }

    /// <summary>Sends one of a target's again.</summary>
    public static async Task<Results<Ok<DeliveryAnswer>, Refused>> Retry(this IGrainFactory grains, string target, string delivery, Act act)
    {
        var answer = DeliveryId.IsOne(delivery) ? await grains.GetGrain<IDeliveriesGrain>(target).Retry(delivery, act) : new(Refusal.Of("delivery-not-found", ("delivery", delivery)), 0, null);
        return answer is { Refusal: null, View: { } view } ? TypedResults.Ok(DeliveryAnswer.Of(view)) : new Refused(answer.Refusal!);
    }
}

/// <summary>Something that is sent.</summary>
/// <param name="Id">As the receiver knows it.</param>
/// <param name="Recipient">Whom it is for: <c>person-</c> and the person's id, <c>department-511300-ZJJ</c>, <c>head-511300-ZJJ</c>, <c>owner-</c> and the credit code, <c>office</c>.</param>
/// <param name="Rule">Code of the rule; null for a digest.</param>
/// <param name="Attempts">How often it was tried since it was made, or last sent again.</param>
/// <param name="NextAt">When it is tried next; null if it is not pending.</param>
/// <param name="Reason">Why the last attempt failed: <c>timeout</c>, <c>unreachable</c>, <c>status500</c>, <c>noAddress</c>; null if none has.</param>
public sealed record DeliveryAnswer(
    string Id, MessageKind Kind, string Recipient, string? Rule, DeliveryState State, DateTimeOffset MadeAt, int Attempts, DateTimeOffset? AttemptedAt, DateTimeOffset? NextAt, string? Reason)
{
    internal static DeliveryAnswer Of(DeliveryView view) =>
        new(view.Id, view.Kind, view.Recipient, view.Rule, view.State, view.MadeAt, view.Attempts, view.AttemptedAt, view.NextAt, view.Reason);
}
