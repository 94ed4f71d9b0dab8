using System.Collections.Immutable;
using Agency.Calendar;

namespace Agency.Portfolio;

/// <summary>The order that a query asks for: by its sort keys, then by code, so that no two projects are equal. Rows are compared by
/// what they hold; values are written down for those alone that are answered.</summary>
internal sealed class PortfolioOrder : IComparer<PortfolioRow>
{
    // So many times its part of the page a shard is asked for at least.
    private const int FewestOfShard = 4;

    private readonly PortfolioSort[] _sort;
    private readonly DateOnly _today;
    private readonly WorkingCalendar _calendar;
    private readonly SortValue[]? _after;

    public PortfolioOrder(PortfolioQuery query, DateOnly today, WorkingCalendar calendar)
    {
        (_today, _calendar, _sort) = (today, calendar, [.. query.Sort, new(PortfolioKey.Code, false)]);
        if (query.After.Length == _sort.Length) _after = [.. query.After.Select(SortValue.Read)];
    }

    /// <summary>The last first.</summary>
    public int Compare(PortfolioRow? x, PortfolioRow? y) => -Order(x!, y!);

    public int Order(PortfolioRow a, PortfolioRow b)
    {
        foreach (var (key, descending) in _sort)
        {
            if (SortValue.Compare(ValueOf(key, a), ValueOf(key, b), descending) is var order && order != 0) return order;
        }

        return 0;
    }

    /// <summary>Whether it is behind the last one seen.</summary>
    public bool IsAfter(PortfolioRow row)
    {
        if (_after is null) return true;
        for (var i = 0; i < _sort.Length; i++)
        {
            if (SortValue.Compare(ValueOf(_sort[i].Key, row), _after[i], _sort[i].Descending) is var order && order != 0) return order > 0;
        }

        return false;
    }

    public PlacedListing Placed(PortfolioRow row) => new([.. _sort.Select(s => ValueOf(s.Key, row))], row.Listing(_today, _calendar));

    /// <summary>The page that all shards make together. Projects are spread evenly: each shard is asked for some, and once more for all
    /// that the page can hold if it might have more of it.</summary>
    /// <param name="ask">Asks a shard by its number.</param>
    public static async Task<PortfolioPage> Page(PortfolioQuery query, int shards, Func<int, PortfolioQuery, Task<ShardPage>> ask)
    {
        var some = query with { Limit = Math.Min(query.Limit, Math.Max(FewestOfShard, FewestOfShard * query.Limit / shards)) };
        var pages = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => ask(shard, some)));
        var first = Merged(query, pages);
        if (some.Limit < query.Limit)
        {
            int[] more = [.. Enumerable.Range(0, shards).Where(shard => pages[shard].Items is { } items && items.Length > some.Limit
                && (first.Length <= query.Limit || Compare(query, items[^1].Values, first[query.Limit].Values) <= 0))];
            foreach (var (shard, page) in more.Zip(await Task.WhenAll(more.Select(shard => ask(shard, query))))) pages[shard] = page;
            if (more.Length > 0) first = Merged(query, pages);
        }

        ImmutableArray<PortfolioListing> listed = [.. first.Take(query.Limit).Select(f => f.Listing)];
        return new(listed, first.Length > listed.Length ? [.. first[listed.Length - 1].Values.Select(v => v.Write())] : [], pages.Sum(s => s.Total))
        {
            Unsettled = [.. pages.SelectMany(s => s.Unsettled)],
        };
    }

    private static PlacedListing[] Merged(PortfolioQuery query, ShardPage[] pages)
    {
        PlacedListing[] all = [.. pages.SelectMany(s => s.Items)];
        Array.Sort(all, (a, b) => Compare(query, a.Values, b.Values));
        return all;
    }

    private static int Compare(PortfolioQuery query, ImmutableArray<SortValue> a, ImmutableArray<SortValue> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (SortValue.Compare(a[i], b[i], i < query.Sort.Length && query.Sort[i].Descending) is var order && order != 0) return order;
        }

        return 0;
    }

    private SortValue ValueOf(PortfolioKey key, PortfolioRow row) => key switch
    {
        PortfolioKey.Name => SortValue.Of(row.Summary.Name),
        PortfolioKey.OwnerName => SortValue.Of(row.Summary.OwnerName),
        PortfolioKey.RegisteredOn => SortValue.Of(row.Summary.RegisteredOn),
        PortfolioKey.CompletedOn => SortValue.Of(row.Summary.CompletedOn),
        PortfolioKey.DueDate => SortValue.Of(row.DueDate),
        PortfolioKey.Stage => SortValue.Of(row.Summary.CurrentStage),
        PortfolioKey.Light => SortValue.Of((long)row.Light),
        PortfolioKey.ApprovalDays => SortValue.Of(row.ApprovalDays(_today, _calendar)),
        PortfolioKey.Investment => SortValue.Of(row.Summary.Investment is { } investment ? (long)(investment * 100) : null),
        _ => SortValue.Of(row.Summary.Code),
    };
}
