using System.Collections.Immutable;
using System.Globalization;
using Agency.Calendar;

namespace Agency.Portfolio;

/// <summary>The order that a query asks for: by its sort keys, then by code, so that no two projects are equal.</summary>
internal sealed class PortfolioOrder(PortfolioQuery query, DateOnly today, WorkingCalendar calendar)
{
    // What has no such key comes behind what has.
    private const string Last = "\uffff";

    public ImmutableArray<string> KeysOf(PortfolioRow row)
    {
        var keys = new string[query.Sort.Length + 1];
        for (var i = 0; i < query.Sort.Length; i++) keys[i] = KeyOf(query.Sort[i].Key, row);
        keys[^1] = row.Summary.Code;
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(keys);
    }

    public int Compare(ImmutableArray<string> a, ImmutableArray<string> b) => Compare(query, a, b);

    private static int Compare(PortfolioQuery query, ImmutableArray<string> a, ImmutableArray<string> b)
    {
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            var order = string.CompareOrdinal(a[i], b[i]);
            if (order != 0) return i < query.Sort.Length && query.Sort[i].Descending && a[i] != Last && b[i] != Last ? -order : order;
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>The page that the shards' first ones make together.</summary>
    public static PortfolioPage Page(PortfolioQuery query, IReadOnlyCollection<ShardPage> shards)
    {
        PlacedListing[] first = [.. shards.SelectMany(s => s.Items)];
        Array.Sort(first, (a, b) => Compare(query, a.Keys, b.Keys));
        ImmutableArray<PortfolioListing> items = [.. first.Take(query.Limit).Select(f => f.Listing)];
        return new(items, first.Length > items.Length ? first[items.Length - 1].Keys : [], shards.Sum(s => s.Total));
    }

    private string KeyOf(PortfolioKey key, PortfolioRow row) => key switch
    {
        PortfolioKey.Name => row.Summary.Name ?? Last,
        PortfolioKey.OwnerName => row.Summary.OwnerName ?? Last,
        PortfolioKey.RegisteredOn => Day(row.Summary.RegisteredOn),
        PortfolioKey.CompletedOn => Day(row.Summary.CompletedOn),
        PortfolioKey.DueDate => Day(row.DueDate),
        PortfolioKey.Stage => row.Summary.CurrentStage ?? Last,
        PortfolioKey.Light => ((int)row.Light).ToString(CultureInfo.InvariantCulture),
        PortfolioKey.ApprovalDays => row.ApprovalDays(today, calendar).ToString("D6", CultureInfo.InvariantCulture),
        PortfolioKey.Investment => row.Summary.Investment is { } investment ? investment.ToString("000000000000000.00", CultureInfo.InvariantCulture) : Last,
        _ => row.Summary.Code,
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Last;
}
