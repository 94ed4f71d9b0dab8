using System.Collections.Immutable;
using Agency.EventSourcing;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Agency.Notifications;

/// <remarks>Calls interleave with the sending: each leaves what it knows of a delivery right before it awaits. A delivery that is busy is touched by
/// nobody else.</remarks>
[GrainType("agency.deliveries"), Reentrant]
internal sealed partial class DeliveriesGrain(IRowStore store, IEnumerable<IChannel> channels, DeliveryOptions options, IClockGuard guard, TimeProvider clock, ILogger<DeliveriesGrain> logger)
    : Grain, IDeliveriesGrain
{
    // One turn of the timer sends no more than this for each sender, so that none goes on for ever.
    private const int TurnOfSender = 100;
    private static readonly TimeSpan _storeRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _clockRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestTimer = TimeSpan.FromHours(1);

    private readonly DeliveryQueue _queue = new();

    // Attempts whose outcome the store has not taken: to be written down, and never to be made again.
    private readonly Dictionary<string, (DeliveryRow Row, string Tag)> _unmarked = [];

    private DeliveryRows _rows = null!;
    private IChannel? _channel;
    private IGrainTimer _timer = null!;
    private bool _listed;
    private int _adding;

    private string Target => this.GetPrimaryKeyString();

    private DateTimeOffset Now => clock.GetUtcNow();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_rows, _channel) = (new(store, Target), channels.FirstOrDefault(c => c.Name == Target.Split('-')[0]));

        // When each is due its row says once it is its turn.
        foreach (var place in await _rows.Places(cancellationToken)) _queue.Put(place, DateTimeOffset.MinValue);
        _timer = this.RegisterGrainTimer(Send, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
        Arm();
    }

    public async Task Add(ImmutableArray<Delivery> messages)
    {
        _adding++;
        try
        {
            if (!_listed) await _rows.List();
            _listed = true;
            foreach (var message in messages)
            {
                if (await _rows.Add(message, Now) is var (place, at)) _queue.Put(place, at);
            }
        }
        finally
        {
            _adding--;
            Arm();
        }
    }

    public Task<DeliveryPage> List(DeliveryQuery query, CancellationToken cancellationToken) => _rows.Find(query, cancellationToken);

    public async Task<Answer<DeliveryView>> Retry(string id, Act act)
    {
        if (await _rows.PlaceOf(id) is not { } place) return NotFound(id);
        while (!_queue.Take(place))
        {
            // What is being sent at this instant need not be sent again.
            if (await _rows.Get(place) is ({ State: DeliveryState.Pending } sending, _)) return new(null, 0, sending.View());
            await _queue.Released(place);
        }

        try
        {
            if (await _rows.Get(place) is not var (row, tag)) return NotFound(id);
            if (row.RetriedBy == act.CommandId) return new(null, 0, row.View());
            if (row.State == DeliveryState.Sent) return new(Refusal.Of("delivery-sent", ("delivery", id)), 0, null);
            var again = row.Again(act.CommandId, Now);
            if (!await _rows.Replace(place, again, tag)) throw new InconsistentStateException($"Delivery {id} was changed elsewhere.");
            return new(null, 0, again.View());
        }
        finally
        {
            // Its row says when it is due.
            _queue.Release(place, DateTimeOffset.MinValue);
            Arm();
        }
    }

    public Task<int> Wake()
    {
        Arm();
        return Task.FromResult(_queue.Count);
    }

    public async Task<int> Purge()
    {
        if (!guard.Look().Agrees) return 0;
        var purged = await _rows.Purge(Now.AddDays(-options.KeptDays));
        if (_adding > 0) return purged;
        _listed = false;
        await _rows.Unlist();
        return purged;
    }

    private async Task Send(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.AtOnce).Select(_ => SendDue(cancellationToken)));
        }
        finally
        {
            Arm();
        }
    }

    private async Task SendDue(CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < TurnOfSender && !cancellationToken.IsCancellationRequested && guard.Look().Agrees && _queue.TakeDue(Now) is { } place; sent++)
        {
            DateTimeOffset? next = Now + _storeRetry;
            try
            {
                next = await Settle(place, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The silo stops: whoever has the target next goes on.
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogUnsettled(e, Target);
            }
            finally
            {
                _queue.Release(place, next);
            }
        }
    }

    /// <summary>Sends what is due, and writes down what came of it; when it is due next, or null if it is settled.</summary>
    private async Task<DateTimeOffset?> Settle(string place, CancellationToken cancellationToken)
    {
        if (!_unmarked.TryGetValue(place, out var mark))
        {
            if (await _rows.Get(place) is not var (row, tag) || row.NextAt is not { } due)
            {
                await _rows.Settled(place);
                return null;
            }

            if (due > Now) return due;
            mark = (row.After(await Attempt(row, cancellationToken), Now, options), tag);
            _unmarked[place] = mark;
        }

        var left = await _rows.Replace(place, mark.Row, mark.Tag) ? mark.Row : (await _rows.Get(place))?.Row;
        _unmarked.Remove(place);
        if (left?.NextAt is null) await _rows.Settled(place);
        return left?.NextAt;
    }

    private async Task<Sending> Attempt(DeliveryRow row, CancellationToken cancellationToken)
    {
        if (_channel is null) return Sending.Later("channelOff");
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await _channel.Send(Target, row.ToDelivery(), either.Token);
        }
        catch (Exception) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Sending.Later("timeout");
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException and not StoreUnavailableException)
        {
            // Its name alone: the message may hold an address.
            LogFailed(Target, row.Id, e.GetType().Name);
            return Sending.Later("failed");
        }
    }

    private void Arm()
    {
        if (_queue.First is not { } first) return;

        // By a clock that cannot be believed nothing is due: it is looked at again.
        var wait = guard.Look().Agrees ? first - Now : _clockRetry;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestTimer ? _longestTimer : wait, Timeout.InfiniteTimeSpan);
    }

    private static Answer<DeliveryView> NotFound(string id) => new(Refusal.Of("delivery-not-found", ("delivery", id)), 0, null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What came of a delivery to {Target} could not be written down; it will be tried again.")]
    private partial void LogUnsettled(Exception exception, string target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} to {Target} failed with {Error}; it will be tried again.")]
    private partial void LogFailed(string target, string delivery, string error);
}
