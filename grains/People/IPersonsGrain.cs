using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.People;

/// <summary>The directory of persons: names and how to reach them, by their opaque ids; it can be changed and erased (domain 3). Any
/// activation answers the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.persons"), GrainInterfaceType("agency.persons")]
public interface IPersonsGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>A person, masked for whoever has no need of it; null if the directory has none of this id.</summary>
    [Alias("get"), ReadOnly]
    Task<PersonView?> Get(string id, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Writes a person down, in place of what is there; the office's, the administrator's, or the person's own. The same again is already so.</summary>
    /// <returns>The person; refusals <c>person-not-found</c> to whom it is not, <c>invalid-person</c>, <c>person-erased</c> for one who was erased unless
    /// version 0 is expected, so that no late repeat brings it back.</returns>
    [Alias("put")]
    Task<Answer<PersonView>> Put(string id, PersonDetails details, Act act);

    /// <summary>Erases a person from the directory and its files; the id stays wherever it is, and its calendar feeds end; the administrator's. No late
    /// repeat writes it down again. Refusals <c>role-not-allowed</c>, <c>person-not-found</c>.</summary>
    [Alias("erase")]
    Task<Refusal?> Erase(string id, Actor actor);
}

/// <summary>A person as the actor may see it.</summary>
/// <param name="Version">How often it has been written; an erasure counts, too, and it goes on after it.</param>
/// <param name="Masked">Whether phone and mail address are masked.</param>
[GenerateSerializer, Immutable, Alias("agency.person-view")]
public sealed record PersonView([property: Id(0)] string Id, [property: Id(1)] long Version, [property: Id(2)] PersonDetails Details, [property: Id(3)] bool Masked)
{
    /// <summary>The same as whoever has no need of it sees it.</summary>
    public PersonView ToMasked() => Masked ? this : this with { Details = Details.Masked(), Masked = true };
}
