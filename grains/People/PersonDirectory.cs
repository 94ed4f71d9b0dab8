using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.People;

/// <summary>The directory's rows.</summary>
internal sealed class PersonDirectory(IRowStore rows)
{
    private const string Partition = "person";

    public async Task<Person?> Get(string id, CancellationToken cancellationToken = default) =>
        PersonId.IsOne(id) && await rows.Get(Key(id), cancellationToken) is { } row ? Person.Read(row) : null;

    /// <summary>Every person by id.</summary>
    public async Task<IReadOnlyDictionary<string, Person>> All(CancellationToken cancellationToken = default)
    {
        var all = new Dictionary<string, Person>(StringComparer.Ordinal);
        for (string? after = null; ;)
        {
            var page = await rows.List(Partition, after, cancellationToken: cancellationToken);
            foreach (var row in page) all[row.Key] = Person.Read(row);
            if (page.Count < IRowStore.MaxPage) return all;
            after = page[^1].Key;
        }
    }

    /// <summary>Writes a person down at the version that it is expected at; null if it is at another. The same again is already so.</summary>
    public async Task<Person?> Put(string id, PersonDetails details, long? ifVersion = null)
    {
        while (true)
        {
            var standing = await Get(id);
            if (standing?.Details == details) return standing;
            if (ifVersion is { } expected && expected != (standing?.Version ?? 0)) return null;
            var bytes = Person.Write((standing?.Version ?? 0) + 1, details);
            var tag = standing is null ? await rows.Create(Key(id), bytes) : await rows.Replace(Key(id), bytes, standing.Tag);
            if (tag is not null) return new((standing?.Version ?? 0) + 1, details, tag);
        }
    }

    /// <summary>Writes a person down unless it is already.</summary>
    public Task PutIfNone(string id, PersonDetails details) => rows.Create(Key(id), Person.Write(1, details));

    public Task<bool> Erase(string id) => rows.Erase(Key(id));

    private static RowKey Key(string id) => new(Partition, id);
}

/// <summary>A person in the directory.</summary>
internal sealed record Person(long Version, PersonDetails Details, string Tag)
{
    public static byte[] Write(long version, PersonDetails details) =>
        JsonSerializer.SerializeToUtf8Bytes(new Stored(version, details.Name, details.Phone, details.Mail), FactJson.Options);

    public static Person Read(Row row)
    {
        var stored = JsonSerializer.Deserialize<Stored>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty person.");
        return new(stored.Version, new(stored.Name, stored.Phone, stored.Mail), row.Tag);
    }

    public PersonView View(string id, Actor actor) => PersonDetails.IsOpenTo(actor, id) ? new(id, Version, Details, Masked: false) : new(id, Version, Details.Masked(), Masked: true);

    // The stored shape. A member, once written, keeps its name and meaning.
    private sealed record Stored(long Version, string Name, string? Phone, string? Mail);
}
