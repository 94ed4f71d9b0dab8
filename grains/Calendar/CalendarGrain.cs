using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Calendar;

[GrainType("agency.calendar")]
internal sealed class CalendarGrain(IEventStore store, TimeProvider clock, ShippedCalendar shipped, ICalendarSilos silos, ILogger<CalendarGrain> logger)
    : StreamGrain<CalendarFact, CalendarState>(store, clock, logger), ICalendarGrain
{
    protected override StreamId Stream => CalendarFact.StreamOf(this.GetPrimaryKeyString());

    protected override StreamFold<CalendarFact, CalendarState> Fold => CalendarState.Fold;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        var act = new Act(Actor.System, "shipped-calendar");
        await Execute(act, (state, moment) => CalendarDecider.TakeShipped(state, shipped, act, moment), state => (state, state.Newest));
    }

    public async Task<Answer<CalendarChange>> Put(int year, YearArrangement arrangement, Act act)
    {
        var answer = await Execute(
            act,
            (state, moment) => CalendarDecider.Put(state, year, arrangement, act, moment),
            state => (new CalendarChange(state.Year(year, state.Newest)!, Behind: []), state.ChangedIn(year, state.Newest)));
        if (answer.View is not { } change) return answer;

        var behind = await silos.Announce(State.Snapshot(State.Newest)!, CalendarChange.Patience);
        return answer with { View = change with { Behind = behind } };
    }

    public Task<CalendarYear?> Get(int year, int? version) => Task.FromResult(State.Year(year, version ?? State.Newest));

    public Task<ImmutableArray<CalendarVersion>> Versions() => Task.FromResult(State.Versions.Select(v => v.Info).ToImmutableArray());

    public Task<CalendarSnapshot?> Newest(int have) => Task.FromResult(have < State.Newest ? State.Snapshot(State.Newest) : null);

    public Task<CalendarSnapshot?> Snapshot(int version) => Task.FromResult(State.Snapshot(version));
}
