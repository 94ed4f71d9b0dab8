using Agency.EventSourcing;
using Agency.Feeds;
using Orleans.Concurrency;

namespace Agency.People;

[GrainType("agency.persons"), StatelessWorker]
internal sealed class PersonsGrain(IRowStore rows) : Grain, IPersonsGrain
{
    private readonly PersonDirectory _directory = new(rows);

    public async Task<PersonView?> Get(string id, Actor actor, CancellationToken cancellationToken) =>
        (await _directory.Get(id, cancellationToken))?.View(id, actor);

    public async Task<Answer<PersonView>> Put(string id, PersonDetails details, Act act)
    {
        if (PersonDecider.Put(id, details, act.Actor) is { } refusal) return new(refusal, 0, null);
        return await _directory.Put(id, details, act.IfVersion) is { } person
            ? new(null, person.Version, person.View(id, act.Actor))
            : new(act.IfVersion is null ? Refusal.Of("person-erased", ("person", id)) : Refusal.Of(Refusals.VersionMismatch), 0, null);
    }

    public async Task<Refusal?> Erase(string id, Actor actor)
    {
        if (PersonDecider.Erase(id, actor) is { } refusal) return refusal;
        await new FeedRows(rows).DeleteOf(id);
        return await _directory.Erase(id) || Repeat.IsOne ? null : PersonDecider.NotFound(id);
    }
}
