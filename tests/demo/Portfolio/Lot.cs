namespace Agency.Demo.Portfolio;

/// <summary>Draws by lot that come out the same each time: each has a name of its own, so that one more of them changes no other.</summary>
internal readonly record struct Lot(ulong Seed)
{
    /// <summary>A lot of its own for a part of the whole.</summary>
    public Lot Of(string what) => new(Drawn(what));

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Between(string what, int least, int most) => least + (int)(Drawn(what) % (ulong)(most - least + 1));

    public bool Happens(string what, double chance) => (Drawn(what) >> 11) * (1.0 / (1UL << 53)) < chance;

    public T One<T>(string what, IReadOnlyList<T> of) => of[Between(what, 0, of.Count - 1)];

    /// <summary>One of them, the likelier the greater its weight.</summary>
    public T Weighted<T>(string what, IReadOnlyList<(T Value, int Weight)> of)
    {
        var left = Between(what, 1, of.Sum(o => o.Weight));
        return of.First(o => (left -= o.Weight) <= 0).Value;
    }

    // FNV-1a over seed and name, then the finaliser of SplitMix64, since FNV's upper bits hardly differ for names alike.
    private ulong Drawn(string what)
    {
        var hash = what.Aggregate(14695981039346656037UL ^ Seed, (h, c) => unchecked((h ^ c) * 1099511628211UL));
        hash = unchecked((hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94d049bb133111ebUL);
        return hash ^ (hash >> 31);
    }
}
