using System.Runtime.CompilerServices;
using Agency.EventSourcing;
using Agency.Silo.Storage.Anchors;

namespace Agency.Silo.Storage;

/// <summary>Something that a look through a store and its anchors found.</summary>
/// <param name="What">Where and what, for the operator.</param>
/// <param name="Fault">Whether something is not as it was; otherwise it is only to be known.</param>
public sealed record Finding(string What, bool Fault = true);

/// <summary>Looks once through a whole store, of whatever kind, and its anchors; the counts are of what has been looked at so far.</summary>
/// <param name="store">The store.</param>
/// <param name="directory">Its anchors; null: it has none.</param>
/// <param name="look">What else each stream is looked at for; null: for nothing.</param>
public sealed class StoreVerification(IFactReader store, AnchorDirectory? directory, IStreamLook? look = null)
{
    private readonly RecordCheck _check = new(store, look);

    /// <summary>How many streams there are.</summary>
    public long Streams => _check.Streams;

    /// <summary>How many facts they have.</summary>
    public long Facts => _check.Facts;

    /// <summary>How many anchors the streams are held against.</summary>
    public int Anchors { get; private set; }

    /// <summary>How many streams are not as they were.</summary>
    public int BrokenStreams => _check.Broken;

    /// <summary>How many anchors are not as they were.</summary>
    public int BrokenAnchors { get; private set; }

    /// <summary>How many findings are no faults.</summary>
    public int Notes { get; private set; }

    /// <summary>Whether no fault was found.</summary>
    public bool Whole => BrokenStreams == 0 && BrokenAnchors == 0;

    /// <summary>What is found: of the anchors first, then of the streams, each of which is named once.</summary>
    /// <param name="kept">An anchor that was kept elsewhere, by its hash or as a file; null: none is given.</param>
    /// <exception cref="InvalidDataException">The store cannot be looked through, because it is broken itself; why, in one sentence.</exception>
    public async IAsyncEnumerable<Finding> Findings(string? kept = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await store.FindDamage(cancellationToken) is { } damage) throw new InvalidDataException($"The store is damaged: {damage.ReplaceLineEndings(" ")}");
        var anchors = new List<(string Name, string File)>();
        var (hash, file) = kept is null ? (null, null) : Anchor.IsHash(kept) ? (kept, default(string)) : (null, kept);
        var found = hash is null;
        await foreach (var (day, anchor, fault) in directory?.Read(cancellationToken) ?? AsyncEnumerable.Empty<(DateOnly, Anchor?, string?)>())
        {
            if (fault is not null) yield return OfAnchor($"{day:yyyy-MM-dd}", fault);
            else anchors.Add(($"the anchor of {day:yyyy-MM-dd}", directory!.FileOf(day)));
            found |= anchor?.Hash == hash;
        }

        if (!found) yield return OfAnchor(hash!, "it is not here, or no longer as it was");
        if (file is not null)
        {
            if (await Fault(file, cancellationToken) is { } fault) yield return OfAnchor(file, fault);
            else anchors.Add(($"the anchor in {file}", file));
        }

        Anchors = anchors.Count;
        await foreach (var finding in _check.Findings(cancellationToken)) yield return OfStream(finding);
        for (var i = 0; i < anchors.Count; i++)
            await foreach (var finding in _check.Findings(anchors[i].Name, AnchorFile.Heads(anchors[i].File, cancellationToken), i == 0 ? null : AnchorFile.Heads(anchors[i - 1].File, cancellationToken), cancellationToken)) yield return OfStream(finding);
    }

    private static async Task<string?> Fault(string file, CancellationToken cancellationToken)
    {
        try
        {
            await AnchorFile.Read(file, cancellationToken);
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private Finding OfAnchor(string anchor, string fault)
    {
        BrokenAnchors++;
        return new($"anchor {anchor}: {fault}");
    }

    private Finding OfStream(RecordFinding finding)
    {
        if (!finding.Fault) Notes++;
        return new($"{finding}", finding.Fault);
    }
}
