using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Feeds;

/// <summary>The rows of feeds: one for each, under the hash of its token.</summary>
internal sealed class FeedRows(IRowStore rows)
{
    private const string Partition = "feed";
    private const int TokenBytes = 32;

    /// <summary>Makes a feed; its token.</summary>
    public async Task<string> Make(Feed feed)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await rows.Put(Key(token), JsonSerializer.SerializeToUtf8Bytes(feed, FactJson.Options));
        return token;
    }

    /// <summary>The feed that a token opens; null if none.</summary>
    public async Task<Feed?> Find(string token, CancellationToken cancellationToken) =>
        Base64Url.IsValid(token, out var length) && length == TokenBytes && await rows.Get(Key(token), cancellationToken) is { } row ? Read(row) : null;

    /// <summary>A person's feeds, or everybody's, each with the key of its row, the oldest first. They are some hundreds in all.</summary>
    /// <param name="person">Null: everybody's.</param>
    public async Task<IReadOnlyList<(string Key, Feed Feed)>> Of(string? person, CancellationToken cancellationToken = default)
    {
        var feeds = new List<(string Key, Feed Feed)>();
        await foreach (var row in rows.All(Partition, cancellationToken: cancellationToken))
        {
            if (Read(row) is var feed && (person ?? feed.Person) == feed.Person) feeds.Add((row.Key, feed));
        }

        return [.. feeds.OrderBy(f => f.Feed.MadeAt).ThenBy(f => f.Feed.Id, StringComparer.Ordinal)];
    }

    /// <summary>Ends all feeds of a person.</summary>
    public async Task DeleteOf(string person)
    {
        foreach (var (key, _) in await Of(person)) await Delete(key);
    }

    public Task Delete(string key) => rows.Delete(new(Partition, key));

    private static Feed Read(Row row) => JsonSerializer.Deserialize<Feed>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty feed.");

    private static RowKey Key(string token) => new(Partition, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token))));
}

/// <summary>A feed as it is stored. A member, once written, keeps its name and meaning.</summary>
/// <param name="Person">Opaque id of whose it is; what the person was when it was made stands beside it.</param>
internal sealed record Feed(string Id, FeedKind Kind, string Language, DateTimeOffset MadeAt, string Person, Role Role, string? Department, string? CreditCode)
{
    public FeedView View => new(Id, Kind, Person, MadeAt);

    /// <summary>Who reads it: with no more than the role sees of itself.</summary>
    public Actor Actor => new(Person, Role, Department, CreditCode);
}
