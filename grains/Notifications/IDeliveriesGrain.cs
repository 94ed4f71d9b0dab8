using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>What is sent to one target, and what came of it. Key: the target, <c>mail</c>, <c>sms</c> or <c>webhook-w7</c>; so no receiver waits for another.
/// While it sends it answers.</summary>
[Alias("agency.deliveries"), GrainInterfaceType("agency.deliveries")]
public interface IDeliveriesGrain : IGrainWithStringKey
{
    /// <summary>Takes messages in, each once by its id. Durable when it returns; it does not wait for the receiver.</summary>
    [Alias("add")]
    Task Add(ImmutableArray<Delivery> messages);

    /// <summary>What it took in, the newest first.</summary>
    [Alias("list"), ResponseTimeout(LongCall.Patience)]
    Task<DeliveryPage> List(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sends again what is a dead letter, and at once what waits for its next attempt. A repeat of the command finds it done.</summary>
    /// <returns>The delivery; refusals <c>delivery-not-found</c>, <c>delivery-sent</c>.</returns>
    [Alias("retry")]
    Task<Answer<DeliveryView>> Retry(string id, Act act);

    /// <summary>Goes on with what is pending.</summary>
    /// <returns>How many are.</returns>
    [Alias("wake")]
    Task<int> Wake();

    /// <summary>Deletes what has been kept long enough (<see cref="DeliveryOptions.KeptDays"/>).</summary>
    /// <returns>How many.</returns>
    [Alias("purge")]
    Task<int> Purge();
}

/// <summary>Ids of deliveries: 32 hexadecimal digits.</summary>
public static partial class DeliveryId
{
    /// <summary>Whether this can be the id of a delivery.</summary>
    public static bool IsOne(string id) => Form().IsMatch(id);

    [System.Text.RegularExpressions.GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial System.Text.RegularExpressions.Regex Form();
}

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its first or next attempt.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Sent,

    /// <summary>It has been given up; it can be sent again.</summary>
    Dead,
}

/// <summary>A delivery as who looks after the service sees it.</summary>
/// <param name="Id">As the receiver knows it.</param>
/// <param name="Recipient">As <see cref="Notifications.Recipient.ToString"/> writes it; a person by its opaque id.</param>
/// <param name="Rule">Code of the rule; null for a digest.</param>
/// <param name="Attempts">How often it was tried since it was made, or since it was last sent again by hand.</param>
/// <param name="NextAt">When it is tried next; null if it is not pending.</param>
/// <param name="Reason">Why the last attempt failed; null if none has.</param>
[GenerateSerializer, Immutable, Alias("agency.delivery-view")]
public sealed record DeliveryView(
    [property: Id(0)] string Id,
    [property: Id(1)] MessageKind Kind,
    [property: Id(2)] string Recipient,
    [property: Id(3)] string? Rule,
    [property: Id(4)] DeliveryState State,
    [property: Id(5)] DateTimeOffset MadeAt,
    [property: Id(6)] int Attempts,
    [property: Id(7)] DateTimeOffset? AttemptedAt,
    [property: Id(8)] DateTimeOffset? NextAt,
    [property: Id(9)] string? Reason);

/// <summary>Which deliveries.</summary>
/// <param name="State">Null: in any.</param>
/// <param name="After">Place of the last one seen; null: from the newest.</param>
[GenerateSerializer, Immutable, Alias("agency.delivery-query")]
public sealed record DeliveryQuery([property: Id(0)] DeliveryState? State, [property: Id(1)] string? After, [property: Id(2)] int Limit);

/// <summary>A page of deliveries.</summary>
/// <param name="Next">Place of the last one, if there are more.</param>
/// <param name="Total">How many there are on all pages.</param>
[GenerateSerializer, Immutable, Alias("agency.delivery-page")]
public sealed record DeliveryPage([property: Id(0)] ImmutableArray<DeliveryView> Items, [property: Id(1)] string? Next, [property: Id(2)] long Total);
