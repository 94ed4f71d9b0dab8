using System.Collections.Immutable;
using System.Text.Json;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Grains.Notifications;

/// <summary>An inbox over rows and channels that fail when the test says so; the channels take a message once by its id, and a repeat must be the
/// same. The clock begins at 09:00 on Monday 2026-03-02 in Shanghai.</summary>
internal sealed class TestInbox
{
    public static readonly Recipient Whose = Recipient.Person("p7");

    public TestInbox()
    {
        Rows = new(Store, () => Fails());
        Inbox = Made();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    public InMemoryRowStore Store { get; } = new();

    public UnreliableRows Rows { get; }

    public Inbox Inbox { get; private set; }

    /// <summary>Whether what is done next fails; asked before and after each write and each message.</summary>
    public Func<bool> Fails { get; set; } = () => false;

    /// <summary>What the channels have, by id.</summary>
    public OrderedDictionary<string, Delivery> Sent { get; } = [];

    public DateOnly Today => ShanghaiTime.DayOf(Clock.GetUtcNow());

    /// <summary>The ids of what was sent in digests, digest by digest.</summary>
    public IEnumerable<(DateOnly Day, string Id)> Digested => Sent.Values.Select(d => d.Message).OfType<DigestMessage>().SelectMany(m => m.Notices.Select(n => (m.Day, n.Id)));

    public static Notice Notice(int number, bool urgent = false, DateOnly? day = null) => new(
        $"{number:x32}",
        urgent ? "itemRed" : "itemYellow",
        NoticeSubject.Project,
        $"2026-511302-47-01-{number % 3:D6}",
        "A04",
        day ?? new(2026, 3, 2),
        ImmutableSortedDictionary<string, string>.Empty.Add("due", "2026-03-12"));

    /// <summary>Another activation, on what is stored.</summary>
    public async Task Restart()
    {
        Inbox = Made();
        await Inbox.Load();
    }

    /// <summary>Another activation beside the one there is.</summary>
    public async Task<Inbox> Other()
    {
        var other = Made();
        await other.Load();
        return other;
    }

    public async Task<ImmutableArray<Notification>> All()
    {
        await Restart();
        return Inbox.List(new(null, null, null, null, int.MaxValue - 1)).Items;
    }

    private Inbox Made() => new(Whose, Rows, Dispatch, Cities.Shipped.Reminders, new OneCalendar(), Clock);

    private Task Dispatch(ImmutableArray<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            if (Fails()) throw new TimeoutException("No channel answers.");
            if (!Sent.TryAdd(delivery.Id, delivery)) Assert.Equal(Text(Sent[delivery.Id].Message), Text(delivery.Message));
        }

        return Fails() ? throw new TimeoutException("The answer was lost.") : Task.CompletedTask;
    }

    private static string Text(Message message) => JsonSerializer.Serialize(message, FactJson.Options);

    private sealed class OneCalendar : ICalendarSource
    {
        public WorkingCalendar Current => Shipped.Calendar;

        public ValueTask<WorkingCalendar?> Get(int version, CancellationToken cancellationToken = default) => new(Shipped.Calendar);
    }
}

/// <summary>Rows whose writes fail when told to: before they are made, or after, when nobody learns that they were.</summary>
internal sealed class UnreliableRows(IRowStore rows, Func<bool> fails) : IRowStore
{
    public Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) => rows.Get(key, cancellationToken);

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Write(() => rows.Create(key, bytes, cancellationToken));

    public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) => Write(() => rows.Replace(key, bytes, tag, cancellationToken));

    public Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Write(() => rows.Put(key, bytes, cancellationToken));

    public Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default) => Write(() => rows.Delete(key, tag, cancellationToken));

    public Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) =>
        Write(() => rows.Erase(key, tag, leaving, cancellationToken));

    public Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default) =>
        rows.List(partition, after, before, limit, cancellationToken);

    private async Task<T> Write<T>(Func<Task<T>> write)
    {
        if (fails()) throw new StoreUnavailableException("Not written.");
        var written = await write();
        return fails() ? throw new StoreUnavailableException("Written, and not answered.") : written;
    }
}
