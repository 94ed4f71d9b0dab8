using Agency.EventSourcing;

namespace Agency.People;

/// <summary>Who may change the directory of persons, and to what.</summary>
internal static class PersonDecider
{
    /// <summary>Why a person may not be written down so; null if it may.</summary>
    public static Refusal? Put(string id, PersonDetails details, Actor actor)
    {
        if (!PersonId.IsOne(id) || (actor.OwnOnly && actor.Id != id)) return NotFound(id);
        return details.Check().ToArray() is { Length: > 0 } faults ? Refusal.Of("invalid-person", faults) : null;
    }

    /// <summary>Why a person may not be erased; null if it may.</summary>
    public static Refusal? Erase(string id, Actor actor)
    {
        if (actor.Role != Role.Administrator) return Refusal.Of("role-not-allowed");
        return PersonId.IsOne(id) ? null : NotFound(id);
    }

    /// <summary>The refusal for one who is not there, or not the actor's.</summary>
    public static Refusal NotFound(string id) => Refusal.Of("person-not-found", ("person", id));
}
