using System.Globalization;
using System.Runtime.CompilerServices;
using Agency.EventSourcing;

namespace Agency.Silo.Storage.Anchors;

/// <summary>The anchors of a data directory, a file for each day: <c>anchors/2026-03-02.jsonl</c>. None is ever written over.</summary>
public sealed class AnchorDirectory(string dataDirectory)
{
    private const string Form = "yyyy-MM-dd";
    private const string Extension = ".jsonl";

    private readonly string _path = Path.Combine(Path.GetFullPath(dataDirectory), "anchors");

    /// <summary>The file of a day's anchor, whether it is there or not.</summary>
    public string FileOf(DateOnly day) => Path.Combine(_path, day.ToString(Form, CultureInfo.InvariantCulture) + Extension);

    /// <summary>The days of which there is an anchor, the oldest first.</summary>
    public IReadOnlyList<DateOnly> Days() => !Directory.Exists(_path) ? [] :
    [
        .. from file in Directory.EnumerateFiles(_path, "*" + Extension)
           let day = DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null
           where day is not null
           orderby day
           select day.Value,
    ];

    /// <summary>Writes today's anchor of what the store holds: all of it, or none if the process ends in between.</summary>
    /// <exception cref="InvalidDataException">No anchor can follow; why, in one sentence.</exception>
    public async Task<Anchor> Make(IFactReader store, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var at = clock.GetUtcNow().ToUniversalTime();
        var (today, days) = (ShanghaiTime.DayOf(at), Days());
        var newest = days.Count == 0 ? null : await Newest(days[^1], today, cancellationToken);
        Directory.CreateDirectory(_path);
        var unfinished = Path.Combine(_path, "unfinished");
        Anchor anchor;
        await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            anchor = await AnchorFile.Write(file, store, at, newest?.Hash, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, FileOf(today), overwrite: false);
        return anchor;
    }

    /// <summary>Reads all anchors and holds each against the one before it.</summary>
    /// <returns>In order of days, each anchor that is whole, or what is wrong with that day's.</returns>
    public async IAsyncEnumerable<(DateOnly Day, Anchor? Anchor, string? Fault)> Read([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (first, before) = (true, (Anchor?)null);
        foreach (var day in Days())
        {
            var (anchor, fault) = (default(Anchor), default(string));
            try
            {
                anchor = await AnchorFile.Read(FileOf(day), cancellationToken);
                if (anchor.Day != day) fault = $"it was made on {anchor.Day:yyyy-MM-dd}";
                else if (first ? anchor.Previous is not null : before is not null && anchor.Previous != before.Hash) fault = $"it follows the anchor {anchor.Previous ?? "(none)"}, which is not here";
            }
            catch (InvalidDataException e)
            {
                fault = e.Message;
            }

            (first, before) = (false, anchor);
            yield return (day, fault is null ? anchor : null, fault);
        }
    }

    // To go on from an anchor that was changed would make it look right.
    private async Task<Anchor> Newest(DateOnly day, DateOnly today, CancellationToken cancellationToken)
    {
        if (day > today) throw new InvalidDataException($"The newest anchor is of {day:yyyy-MM-dd}, and today is {today:yyyy-MM-dd}: put the clock right.");
        Anchor newest;
        try
        {
            newest = await AnchorFile.Read(FileOf(day), cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"No anchor can follow that of {day:yyyy-MM-dd}, {e.Message}: put it back from where it was copied to.", e);
        }

        return day < today ? newest : throw new InvalidDataException($"Today's anchor is there already and stays as it is: {newest}");
    }
}
