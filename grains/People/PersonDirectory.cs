using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.People;

/// <summary>The directory's rows.</summary>
internal sealed class PersonDirectory(IRowStore rows)
{
    private const string Partition = "person";

    // More persons than these are dearer one by one than all at once: there are some hundreds.
    private const int FewReads = 5;

    /// <summary>The person; null if there is none, or it was erased.</summary>
    public async Task<Person?> Get(string id, CancellationToken cancellationToken = default) => (await Row(id, cancellationToken))?.Person;

    /// <summary>Every person by id.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> All(CancellationToken cancellationToken = default)
    {
        var all = new Dictionary<string, Person>(StringComparer.Ordinal);
        await foreach (var row in rows.All(Partition, cancellationToken: cancellationToken))
        {
            if (PersonRow.Read(row).Person is { } person) all[row.Key] = person;
        }

        return all;
    }

    /// <summary>At least those of these ids that there are.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> Of(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        if (ids.Count > FewReads) return await All(cancellationToken);
        var some = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await Get(id, cancellationToken) is { } person) some[id] = person;
        }

        return some;
    }

    /// <summary>Writes a person down at the version that it is expected at; null if it is at another. The same again is already so. One who was
    /// erased is written down anew at the version 0 alone: what comes late has none.</summary>
    public async Task<Person?> Put(string id, PersonDetails details, long? ifVersion = null)
    {
        while (true)
        {
            var standing = await Row(id);
            if (standing?.Person is { } same && same.Details == details) return same;
            if (standing is { Person: null } && ifVersion is null) return null;
            if (ifVersion is { } expected && expected != (standing?.Person?.Version ?? 0)) return null;
            var person = new Person((standing?.Version ?? 0) + 1, details);
            var bytes = PersonRow.Write(person.Version, details);
            var tag = standing is null ? await rows.Create(Key(id), bytes) : await rows.Replace(Key(id), bytes, standing.Tag);
            if (tag is not null) return person;
        }
    }

    /// <summary>Writes a person down unless it is already, or was and has been erased.</summary>
    public Task PutIfNone(string id, PersonDetails details) => rows.Create(Key(id), PersonRow.Write(1, details));

    /// <summary>Leaves a tombstone in a person's place, which keeps a late repeat from writing it down again; false if there is no person.</summary>
    public async Task<bool> Erase(string id)
    {
        while (true)
        {
            if (await Row(id) is not { } row) return false;

            // A tombstone is put down once more: an erasure that failed half-way may have left bytes in the log.
            var tombstone = PersonRow.Write(row.Person is null ? row.Version : row.Version + 1, null);
            if (await rows.Erase(Key(id), row.Tag, tombstone)) return row.Person is not null;
        }
    }

    private async Task<PersonRow?> Row(string id, CancellationToken cancellationToken = default) =>
        PersonId.IsOne(id) && await rows.Get(Key(id), cancellationToken) is { } row ? PersonRow.Read(row) : null;

    private static RowKey Key(string id) => new(Partition, id);
}

/// <summary>A person in the directory.</summary>
internal sealed record Person(long Version, PersonDetails Details)
{
    public PersonView View(string id, Actor actor) => PersonDetails.IsOpenTo(actor, id) ? new(id, Version, Details, Masked: false) : new(id, Version, Details.Masked(), Masked: true);
}

/// <summary>A row of the directory; without a person it is the tombstone of one who was erased.</summary>
internal sealed record PersonRow(long Version, Person? Person, string Tag)
{
    public static byte[] Write(long version, PersonDetails? details) =>
        JsonSerializer.SerializeToUtf8Bytes(new Stored(version, details?.Name, details?.Phone, details?.Mail), FactJson.Options);

    public static PersonRow Read(Row row)
    {
        var stored = JsonSerializer.Deserialize<Stored>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty person.");
        return new(stored.Version, stored.Name is null ? null : new(stored.Version, new(stored.Name, stored.Phone, stored.Mail)), row.Tag);
    }

    // The stored shape. A member, once written, keeps its name and meaning.
    private sealed record Stored(long Version, string? Name, string? Phone, string? Mail);
}
