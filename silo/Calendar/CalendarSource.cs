using System.Collections.Concurrent;
using Agency.Calendar;
using Agency.EventSourcing;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Calendar;

/// <summary>This silo's working calendar: read from the store before the silo joins, told of every change, and read again from the
/// record every 5 s for what was not heard.</summary>
internal sealed partial class CalendarSource(IEventStore store, IGrainFactory grains, TimeProvider clock, ILogger<CalendarSource> logger)
    : ICalendarSource, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int KeptVersions = 64;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, WorkingCalendar> _older = new();
    private readonly CancellationTokenSource _stopping = new();
    private WorkingCalendar? _current;
    private Task _reading = Task.CompletedTask;

    /// <exception cref="InvalidOperationException">The cluster starts for the first time and has no calendar yet.</exception>
    public WorkingCalendar Current => Volatile.Read(ref _current) ?? throw new InvalidOperationException("The working calendar is not there yet.");

    private ICalendarGrain Record => grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key);

    public async ValueTask<WorkingCalendar?> Get(int version, CancellationToken cancellationToken = default)
    {
        if (Current is var current && current.Version == version) return current;
        if (_older.TryGetValue(version, out var known)) return known;
        if (await Record.Snapshot(version).WaitAsync(cancellationToken) is not { } snapshot) return null;
        return Keep(snapshot.ToCalendar());
    }

    /// <summary>Counts by this version from now on, unless a newer one is here already.</summary>
    public void Take(CalendarSnapshot newest)
    {
        var calendar = newest.ToCalendar();
        for (var current = Volatile.Read(ref _current); current is null || current.Version < calendar.Version;)
        {
            var found = Interlocked.CompareExchange(ref _current, calendar, current);
            if (found == current)
            {
                if (found is not null) Keep(found);
                LogTaken(calendar.Version);
                return;
            }

            current = found;
        }
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(CalendarSource), ServiceLifecycleStage.ApplicationServices, Load);
        lifecycle.Subscribe(nameof(CalendarSource), ServiceLifecycleStage.Active, Start, Stop);
    }

    public void Dispose() => _stopping.Dispose();

    // Grains can be placed here the moment the silo is active, so the calendar is here before; no grain can be called yet.
    private async Task Load(CancellationToken cancellationToken)
    {
        var state = CalendarState.Initial;
        await foreach (var fact in store.Read(CalendarFact.StreamOf(ICalendarGrain.Key), 0, cancellationToken)) state = state.Evolve(CalendarFact.Codec.Decode(fact));
        if (state.Snapshot(state.Newest) is { } newest) Take(newest);
    }

    // A change that was announced before the silo was active did not come here. On the very first start this makes the record.
    private async Task Start(CancellationToken cancellationToken)
    {
        if (_current is null) await Read(cancellationToken);
        else await TryRead(cancellationToken);
        _reading = ReadAgain(_stopping.Token);
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _reading;
    }

    private async Task ReadAgain(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(_period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await TryRead(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops, and with it the reading.
        }
    }

    private async Task TryRead(CancellationToken cancellationToken)
    {
        try
        {
            await Read(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotRead(e, Current.Version);
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        if (await Record.Newest(_current?.Version ?? 0).WaitAsync(cancellationToken) is { } newest) Take(newest);
    }

    private WorkingCalendar Keep(WorkingCalendar calendar)
    {
        // Few versions are ever asked for; past the bound it is simpler to ask the record again than to know which.
        if (_older.Count >= KeptVersions) _older.Clear();
        return _older.GetOrAdd(calendar.Version, calendar);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Counting by calendar version {Version}.")]
    private partial void LogTaken(int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The calendar could not be read again; counting by version {Version} until it can.")]
    private partial void LogNotRead(Exception exception, int version);
}
