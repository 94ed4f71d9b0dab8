using System.Buffers.Text;
using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page's items, in the order asked for.</param>
/// <param name="NextCursor">What to give as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, long Total);

/// <summary>A name to sort by.</summary>
public readonly record struct SortKey(string Name, bool Descending);

/// <summary>What a list is asked for beside its filters; bound with <c>[AsParameters]</c>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Limit">How many items at most, 1 to 200; 50 when left out.</param>
/// <param name="Cursor">Where to go on: the <c>nextCursor</c> of the page before, with the same filters and sort.</param>
/// <param name="Sort">Names to sort by, most important first, each with <c>-</c> before it for descending: <c>-dueDate,name</c>.</param>
public sealed record ListQuery(
    HttpRequest Request,
    [property: FromQuery(Name = "limit"), Range(1, 200), DefaultValue(50)] int? Limit,
    [property: FromQuery(Name = "cursor")] string? Cursor,
    [property: FromQuery(Name = "sort")] string? Sort)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 200;

    /// <summary>How many items a page has at most.</summary>
    public int Size => Limit is null or (>= 1 and <= MaxSize)
        ? Limit ?? DefaultSize
        : throw RequestRefusedException.At("limit", Refusal.Of(ProblemCodes.BadParameter, ("parameter", "limit"), ("value", Limit.Value)));

    /// <summary>The order asked for; empty: the list's own.</summary>
    /// <param name="allowed">The names that the list can be sorted by.</param>
    public ImmutableArray<SortKey> SortBy(params IReadOnlyList<string> allowed)
    {
        if (Sort is null) return [];
        var keys = Sort.Split(',').Select(name => new SortKey(name.TrimStart('-'), name.StartsWith('-'))).ToImmutableArray();
        return Sort.Split(',').All(name => allowed.Contains(name.StartsWith('-') ? name[1..] : name, StringComparer.Ordinal)) && keys.DistinctBy(k => k.Name).Count() == keys.Length
            ? keys
            : throw RequestRefusedException.At("sort", Refusal.Of(ProblemCodes.BadSort, ("value", Sort), ("allowed", string.Join(", ", allowed))));
    }

    /// <summary>The key of the last item of the page before; null on the first page.</summary>
    /// <typeparam name="TKey">The values that the list is ordered by, the unique one last.</typeparam>
    public TKey? After<TKey>()
        where TKey : class
    {
        if (Cursor is null) return null;
        try
        {
            var place = JsonSerializer.Deserialize<Place<TKey>>(Base64Url.DecodeFromChars(Cursor), JsonSerializerOptions.Strict);
            if (place is { Key: { } key } && place.Of == Scope()) return key;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Garbled: the same as one of another list.
        }

        throw RequestRefusedException.At("cursor", Refusal.Of(ProblemCodes.BadCursor));
    }

    /// <summary>The cursor for the page after the item with this key.</summary>
    public string CursorAfter<TKey>(TKey key)
        where TKey : class =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Place<TKey>(Scope(), key), JsonSerializerOptions.Strict));

    /// <summary>The page of a list that is at hand as a whole, in its own order.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="keyOf">What no other item has.</param>
    public Page<T> PageOf<T>(IReadOnlyList<T> all, Func<T, string> keyOf)
    {
        SortBy();
        var first = After<string>() is { } last ? all.TakeWhile(item => keyOf(item) != last).Count() + 1 : 0;
        IReadOnlyList<T> items = [.. all.Skip(first).Take(Size)];
        return new(items, first + items.Count < all.Count ? CursorAfter(keyOf(items[^1])) : null, all.Count);
    }

    // A cursor holds for one list with one set of filters and one order: for the path and all other parameters.
    private string Scope()
    {
        var others = Request.Query.Where(q => q.Key is not ("cursor" or "limit")).OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={string.Join('\n', q.Value.ToArray())}");
        return $"{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', others.Prepend(Request.Path.Value)))):x16}";
    }

    private sealed record Place<TKey>(string Of, TKey Key);
}
