using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Notifications;

[GrainType("agency.inbox")]
internal sealed class InboxGrain(IRowStore rows, CityData city, ICalendarSource calendar, TimeProvider clock) : Grain, IInboxGrain, IIncomingGrainCallFilter
{
    private Inbox _inbox = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var channels = GrainFactory.GetGrain<IDispatchGrain>(IDispatchGrain.Key);
        _inbox = new(Recipient.Parse(this.GetPrimaryKeyString()), rows, channels.Dispatch, city.Reminders, calendar, clock);
        return _inbox.Load(cancellationToken);
    }

    /// <summary>What is empty holds no memory; and after a failure, what is held here is no longer to be trusted.</summary>
    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        if (_inbox.IsEmpty) DeactivateOnIdle();
    }

    public Task<int> Tell(ImmutableArray<Notice> notices) => _inbox.Tell(notices);

    public Task<InboxPage> List(InboxQuery query, CancellationToken cancellationToken) => Task.FromResult(_inbox.List(query));

    public Task<Answer<Notification>> Read(string id, Act act) => _inbox.Read(id, act);

    public Task<int> Digest(DateOnly day) => _inbox.Digest(day);

    public Task<int> Purge(DateOnly before) => _inbox.Purge(before);
}
