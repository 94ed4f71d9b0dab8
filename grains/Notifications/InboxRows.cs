using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>A notification and what has been done with it.</summary>
/// <param name="Sent">Whether it was handed to the channels by itself, being urgent.</param>
/// <param name="Digest">The day in whose digest it was handed to the channels.</param>
internal sealed record Told(Notification Notification, bool Sent, DateOnly? Digest = null)
{
    /// <summary>Whether the next digest is to have it.</summary>
    [JsonIgnore]
    public bool IsPending => !Sent && Digest is null && Notification.ReadAt is null;
}

/// <summary>A notification as it is stored.</summary>
internal sealed record HeldNotification(Told Told, string Tag)
{
    public Notification Notification => Told.Notification;

    public Notice Notice => Notification.Notice;
}

/// <summary>The last digest of an inbox: stored before it is handed over, so that made again it is the same.</summary>
internal sealed record MadeDigest(DateOnly Day, ImmutableArray<string> Ids);

/// <summary>The rows of an inbox: one for each notification, one for the last digest; and its rows in the indexes of all inboxes.</summary>
internal sealed class InboxRows(IRowStore rows, Recipient recipient)
{
    /// <summary>Partition of the index of inboxes that may have something for the next digest: keys are recipients.</summary>
    public const string Undigested = "undigested";

    /// <summary>Partition of the index of inboxes that have something, by a day before which none of it was due: keys as <see cref="DayKey"/>.</summary>
    public const string ByDay = "inboxes";

    // No id of a notice has this form.
    private const string DigestKey = "digest";

    private readonly string _partition = $"inbox-{recipient}";

    public static string DayKey(DateOnly day, Recipient recipient) => $"{day:yyyy-MM-dd}_{recipient}";

    public static string RecipientOf(string dayKey) => dayKey["yyyy-MM-dd_".Length..];

    public async Task<(Dictionary<string, HeldNotification> Held, (MadeDigest Made, string Tag)? Digest)> Load(CancellationToken cancellationToken)
    {
        var (held, digest) = (new Dictionary<string, HeldNotification>(StringComparer.Ordinal), default((MadeDigest, string)?));
        await foreach (var row in rows.All(_partition, cancellationToken: cancellationToken))
        {
            if (row.Key == DigestKey) digest = (Read<MadeDigest>(row), row.Tag);
            else held[row.Key] = new(Read<Told>(row), row.Tag);
        }

        return (held, digest);
    }

    /// <summary>Null: there is one already.</summary>
    public async Task<HeldNotification?> Create(Told told) => await rows.Create(Key(told), Bytes(told)) is { } tag ? new(told, tag) : null;

    /// <summary>Null: it has been changed since, or is gone.</summary>
    public async Task<HeldNotification?> Replace(HeldNotification held, Told told) => await rows.Replace(Key(told), Bytes(told), held.Tag) is { } tag ? new(told, tag) : null;

    public Task Delete(HeldNotification held) => rows.Delete(Key(held.Told));

    /// <summary>Null: another one has been stored since <paramref name="last"/>.</summary>
    public Task<string?> Store(MadeDigest digest, string? last) =>
        last is null ? rows.Create(new(_partition, DigestKey), Bytes(digest)) : rows.Replace(new(_partition, DigestKey), Bytes(digest), last);

    public Task DeleteDigest(string tag) => rows.Delete(new(_partition, DigestKey), tag);

    /// <summary>Each time with another tag: who saw an earlier one does not take it away.</summary>
    public Task MarkUndigested() => rows.Put(new(Undigested, $"{recipient}"), Array.Empty<byte>());

    public async Task<string?> UndigestedTag() => (await rows.Get(new(Undigested, $"{recipient}")))?.Tag;

    public Task UnmarkUndigested(string tag) => rows.Delete(new(Undigested, $"{recipient}"), tag);

    public Task MarkDay(DateOnly day) => rows.Create(new(ByDay, DayKey(day, recipient)), Array.Empty<byte>());

    private RowKey Key(Told told) => new(_partition, told.Notification.Notice.Id);

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, FactJson.Options);

    private static T Read<T>(Row row) => JsonSerializer.Deserialize<T>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty row of an inbox.");
}
