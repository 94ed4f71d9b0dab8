using Agency.EventSourcing;
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
        if (!PersonId.IsOne(id) || !PersonDetails.IsOpenTo(act.Actor, id)) return Refused(NotFound(id));
        if (details.Check().ToArray() is { Length: > 0 } faults) return Refused(Refusal.Of("invalid-person", faults));
        return await _directory.Put(id, details, act.IfVersion) is { } person ? new(null, person.Version, person.View(id, act.Actor)) : Refused(Refusal.Of(Refusals.VersionMismatch));
    }

    public async Task<Refusal?> Erase(string id, Actor actor)
    {
        if (actor.Role != Role.Administrator) return Refusal.Of("role-not-allowed");
        return PersonId.IsOne(id) && await _directory.Erase(id) ? null : NotFound(id);
    }

    private static Refusal NotFound(string id) => Refusal.Of("person-not-found", ("person", id));

    private static Answer<PersonView> Refused(Refusal refusal) => new(refusal, 0, null);
}
