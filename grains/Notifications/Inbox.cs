using System.Collections.Immutable;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Reminders;
using Orleans.Storage;

namespace Agency.Notifications;

/// <summary>One inbox: its rows, held in memory. Everything is done one after the other, but <see cref="List"/>, which may come between; after
/// an exception it is to be loaded anew.</summary>
/// <param name="dispatch">Hands messages to the channels.</param>
internal sealed class Inbox(Recipient recipient, IRowStore store, Func<ImmutableArray<Delivery>, Task> dispatch, ReminderRules rules, ICalendarSource calendar, TimeProvider clock)
{
    private const int Attempts = 3;

    // Writes under way at once: what one store takes into one transaction, without filling its queue.
    private const int AtOnce = 64;

    // A delivery is a row of a store in the end, and so are a digest's ids (IRowStore.MaxBytes).
    private const int DeliverySize = 500;
    private const int DigestSize = 10_000;

    private readonly InboxRows _rows = new(store, recipient);

    private Dictionary<string, HeldNotification> _held = [];
    private (MadeDigest Made, string Tag)? _digest;
    private ImmutableArray<Notification>? _newestFirst;

    public bool IsEmpty => _held.Count == 0;

    public async Task Load(CancellationToken cancellationToken = default)
    {
        (_held, _digest) = await _rows.Load(cancellationToken);
        _newestFirst = null;
    }

    public async Task<int> Tell(ImmutableArray<Notice> notices)
    {
        var now = clock.GetUtcNow();
        var today = ShanghaiTime.DayOf(now);
        Told[] fresh =
        [
            .. notices.Where(n => n.Day >= today.AddDays(-IInboxGrain.KeptDays) && !_held.ContainsKey(n.Id)).DistinctBy(n => n.Id)
                .Select(n => new Told(new(n, now, n.Day < today), rules.Find(n.Rule)?.Urgent == true)),
        ];
        if (fresh.Length == 0) return 0;

        // Before they are stored: told again after a crash they are sent again, under the same ids.
        var urgent = fresh.Where(t => t.Sent).Select(t => t.Notification.Notice).Select(n => new Delivery($"notice-{n.Id}", new NoticeMessage(recipient, n), NotBefore(now, [n])));
        if (urgent.ToImmutableArray() is { IsEmpty: false } deliveries) await dispatch(deliveries);

        // Before the rows that they lead to: an index row too many is found to be one.
        var first = fresh.Min(t => t.Notification.Notice.Day);
        if (IsEmpty || first < Oldest) await _rows.MarkDay(first);
        if (fresh.Any(t => t.IsPending)) await _rows.MarkUndigested();

        var created = 0;
        foreach (var some in fresh.Chunk(AtOnce))
        {
            var made = (await Task.WhenAll(some.Select(_rows.Create))).OfType<HeldNotification>().ToArray();
            foreach (var held in made) Keep(held);
            created += made.Length;
        }

        // Another activation has told some of them.
        if (created < fresh.Length) await Load();
        return created;
    }

    public InboxPage List(InboxQuery query)
    {
        var all = _newestFirst ??= [.. _held.Values.Select(h => h.Notification).OrderBy(InboxPlace.Of, InboxPlace.NewestFirst)];
        ImmutableArray<Notification> fitting =
        [
            .. all.Where(n => (query.Unread is not { } unread || unread == n.ReadAt is null)
                && (query.Rule ?? n.Notice.Rule) == n.Notice.Rule
                && (query.SubjectId ?? n.Notice.SubjectId) == n.Notice.SubjectId),
        ];
        var rest = query.After is { } after ? fitting.Where(n => InboxPlace.NewestFirst.Compare(InboxPlace.Of(n), after) > 0) : fitting;
        ImmutableArray<Notification> page = [.. rest.Take(query.Limit + 1)];
        return new([.. page.Take(query.Limit)], page.Length > query.Limit, fitting.Length, all.Count(n => n.ReadAt is null));
    }

    public async Task<Answer<Notification>> Read(string id, Act act)
    {
        var before = _held.GetValueOrDefault(id)?.Notification;
        if (before is { ReadCommand: { } command } && command == act.CommandId) return new(null, VersionOf(before), before, Replayed: true);
        if (before is not null && act.IfVersion is { } version && version != VersionOf(before)) return new(Refusal.Of(Refusals.VersionMismatch), 0, null);
        var read = await Change(id, told => told.Notification.ReadAt is not null
            ? told
            : told with { Notification = told.Notification with { ReadAt = clock.GetUtcNow(), ReadBy = act.Actor.Id, ReadCommand = act.CommandId } });
        return read is null
            ? new(Refusal.Of("notification-not-found", ("notification", id)), 0, null)
            : new(null, VersionOf(read.Notification), read.Notification);
    }

    public async Task<int> Digest(DateOnly day)
    {
        // Looked at before the rows: what another activation tells from here on leaves another tag.
        var mark = await _rows.UndigestedTag();
        await Load();
        await HandOver();
        if (_digest is null || _digest.Value.Made.Day < day)
        {
            ImmutableArray<string> pending = [.. _held.Values.Where(h => h.Told.IsPending).OrderBy(h => h.Notification.At).ThenBy(h => h.Notice.Id, StringComparer.Ordinal).Take(DigestSize).Select(h => h.Notice.Id)];
            if (!pending.IsEmpty)
            {
                var made = new MadeDigest(day, pending);
                _digest = (made, await _rows.Store(made, _digest?.Tag) ?? throw new InconsistentStateException($"Another digest of {recipient} was made meanwhile."));
                await HandOver();
            }
        }

        if (mark is not null && !_held.Values.Any(h => h.Told.IsPending)) await _rows.UnmarkUndigested(mark);
        return _digest?.Made is { } last && last.Day == day ? last.Ids.Length : 0;
    }

    public async Task<int> Purge(DateOnly before)
    {
        var old = _held.Values.Where(h => h.Notice.Day < before).ToArray();
        foreach (var some in old.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(_rows.Delete));
            foreach (var held in some) _held.Remove(held.Notice.Id);
            _newestFirst = null;
        }

        if (!IsEmpty)
        {
            await _rows.MarkDay(Oldest);
        }
        else if (_digest is { } digest && digest.Made.Day < before)
        {
            await _rows.DeleteDigest(digest.Tag);
            _digest = null;
        }

        return old.Length;
    }

    private DateOnly Oldest => _held.Values.Min(h => h.Notice.Day);

    private static long VersionOf(Notification notification) => notification.ReadAt is null ? 1 : 2;

    // What the last digest holds, unless all of it is marked: then it was handed over.
    private async Task HandOver()
    {
        if (_digest is not { Made: var made }) return;
        var held = made.Ids.Select(id => _held.GetValueOrDefault(id)).OfType<HeldNotification>().ToArray();
        if (held.All(h => h.Told.Digest is not null)) return;
        await dispatch(
        [
            .. held.Select(h => h.Notice).Chunk(DeliverySize).Index().Select(part => new Delivery(
                $"digest-{recipient}-{made.Day:yyyy-MM-dd}{(part.Index == 0 ? "" : $"-{part.Index + 1}")}",
                new DigestMessage(recipient, made.Day, [.. part.Item]),
                NotBefore(clock.GetUtcNow(), part.Item))),
        ]);
        foreach (var some in made.Ids.Chunk(AtOnce)) await Task.WhenAll(some.Select(id => Change(id, told => told with { Digest = made.Day })));
    }

    private DateTimeOffset NotBefore(DateTimeOffset now, IEnumerable<Notice> notices) =>
        notices.Select(n => n.NotBefore).OfType<DateTimeOffset>().Append(rules.NextWorking(calendar.Current, now)).Max();

    // Null: there is none of this id.
    private async Task<HeldNotification?> Change(string id, Func<Told, Told> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_held.GetValueOrDefault(id) is not { } held) return null;
            var changed = change(held.Told);
            if (changed == held.Told) return held;
            if (await _rows.Replace(held, changed) is { } written) return Keep(written);

            // Another activation has changed it.
            if (attempt == Attempts) throw new InconsistentStateException($"Notification {id} of {recipient} cannot be changed.");
            await Load();
        }
    }

    private HeldNotification Keep(HeldNotification held)
    {
        _newestFirst = null;
        return _held[held.Notice.Id] = held;
    }
}
