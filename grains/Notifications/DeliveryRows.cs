using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>The rows of one target: its deliveries, the newest first; where each lies by its id, which fences repeats off; and which are pending.</summary>
internal sealed class DeliveryRows(IRowStore rows, string target)
{
    /// <summary>The partition of the targets that have deliveries.</summary>
    public const string Targets = "deliveries";

    // Behind every place of its instant.
    private const string End = "~";

    private string Deliveries => $"delivery-{target}";

    private string Ids => $"delivery-id-{target}";

    private string Pending => $"delivery-pending-{target}";

    /// <summary>Takes a message in unless it was before; its place and next attempt, or null if it is settled already.</summary>
    public async Task<(string Place, DateTimeOffset At)?> Add(Delivery delivery, DateTimeOffset now)
    {
        var row = DeliveryRow.Of(target, delivery, now);
        var place = Place(row.MadeAt, row.Id);
        if (await rows.Create(new(Ids, row.Id), Encoding.UTF8.GetBytes(place)) is null) place = await PlaceOf(row.Id) ?? place;

        // Before the delivery itself: what is there is known to be pending, whatever ends between the two.
        await rows.Put(new(Pending, place), default);
        if (await rows.Create(new(Deliveries, place), Write(row)) is not null) return (place, row.NotBefore);
        if (await Get(place) is ({ State: DeliveryState.Pending, NextAt: { } at }, _)) return (place, at);
        await Settled(place);
        return null;
    }

    /// <summary>Where a delivery lies; null if there is none.</summary>
    public async Task<string?> PlaceOf(string id) =>
        await rows.Get(new(Ids, id)) is { } row ? Encoding.UTF8.GetString(row.Bytes.Span) : null;

    public async Task<(DeliveryRow Row, string Tag)?> Get(string place) => await rows.Get(new(Deliveries, place)) is { } row ? (Read(row), row.Tag) : null;

    /// <summary>Puts a delivery in place of the one that has the tag; false if it has another.</summary>
    public async Task<bool> Replace(string place, DeliveryRow row, string tag)
    {
        if (row.State == DeliveryState.Pending) await rows.Put(new(Pending, place), default);
        return await rows.Replace(new(Deliveries, place), Write(row), tag) is not null;
    }

    /// <summary>It is pending no more.</summary>
    public Task Settled(string place) => rows.Delete(new(Pending, place));

    /// <summary>The places of what is pending, or was when the service ended.</summary>
    public async Task<IReadOnlyList<string>> Places(CancellationToken cancellationToken)
    {
        var places = new List<string>();
        await foreach (var row in rows.All(Pending, cancellationToken: cancellationToken)) places.Add(row.Key);
        return places;
    }

    public async Task<DeliveryPage> Find(DeliveryQuery query, CancellationToken cancellationToken)
    {
        var (items, place, total, more) = (ImmutableArray.CreateBuilder<DeliveryView>(), "", 0L, false);
        await foreach (var row in rows.All(Deliveries, cancellationToken: cancellationToken))
        {
            var view = Read(row).View();
            if ((query.State ?? view.State) != view.State) continue;
            total++;
            if (string.CompareOrdinal(row.Key, query.After) <= 0) continue;
            more = items.Count == query.Limit;
            if (more) continue;
            items.Add(view);
            place = row.Key;
        }

        return new(items.ToImmutable(), more ? place : null, total);
    }

    /// <summary>Deletes what was taken in before an instant.</summary>
    public async Task<int> Purge(DateTimeOffset before)
    {
        var purged = 0;
        await foreach (var row in rows.All(Deliveries, Place(before, End)))
        {
            // The delivery last, by which the others are found.
            await Settled(row.Key);
            await rows.Delete(new(Ids, Read(row).Id));
            await rows.Delete(new(Deliveries, row.Key));
            purged++;
        }

        return purged;
    }

    /// <summary>Names the target among those that have deliveries.</summary>
    public Task List() => rows.Put(new(Targets, target), default);

    /// <summary>Takes the target off that list, unless it has deliveries or was named again meanwhile.</summary>
    public async Task<bool> Unlist()
    {
        if (await rows.Get(new(Targets, target)) is not { } listed) return true;
        return (await rows.List(Deliveries, limit: 1)).Count == 0 && await rows.Delete(new(Targets, target), listed.Tag);
    }

    // The later, the smaller.
    private static string Place(DateTimeOffset at, string id) => $"{DateTime.MaxValue.Ticks - at.UtcTicks:D19}-{id}";

    private static byte[] Write(DeliveryRow row) => JsonSerializer.SerializeToUtf8Bytes(row, FactJson.Options);

    private static DeliveryRow Read(Row row) => JsonSerializer.Deserialize<DeliveryRow>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty delivery.");
}
