using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Projects;

/// <summary>To whom the project is there at all.</summary>
internal sealed partial class ProjectGrain
{
    // What is not the actor's looks as if it did not exist, whatever is asked; and a repeat of what was once its own, too.
    private async Task<Answer<TView>> Command<TView>(Act act, Func<ProjectState, ProjectContext, Decision<ProjectFact>> decide, Func<ProjectState, (TView View, long Version)> view)
        where TView : class
    {
        var standsInFor = await StandsInFor(act.Actor);
        if (IsHiddenFrom(act.Actor, State, standsInFor)) return new(Refusal.Of("project-not-found"), 0, null);
        return await Execute(act, (state, moment) => IsHiddenFrom(act.Actor, state, standsInFor) ? Refusal.Of("project-not-found") : decide(state, Context(act, moment, standsInFor)), view);
    }

    private async Task<bool> IsHiddenFrom(Actor actor) => actor.OwnOnly && IsHiddenFrom(actor, State, await StandsInFor(actor));

    private bool IsHiddenFrom(Actor actor, ProjectState state, ImmutableHashSet<string> standsInFor) =>
        actor.OwnOnly && !(Plan(state) is { } plan && Parties.Of(state, plan, departments).Include(actor, standsInFor));

    private async Task<ProjectViews?> Seen(Actor actor) => await IsHiddenFrom(actor) ? null : Views(State);

    private async Task<ProjectViews?> Seen(AsKnown asKnown, Actor actor)
    {
        if (await IsHiddenFrom(actor)) return null;
        var calendar = asKnown.CalendarVersion is { } version ? await calendars.Get(version) ?? throw new ArgumentOutOfRangeException(nameof(asKnown)) : calendars.Current;
        return asKnown.Views(State, _plans, departments, calendar, Moment());
    }
}
