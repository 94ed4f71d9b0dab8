using Agency.Schedules;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage.Anchors;

/// <summary>Writes the day's anchor, unless there is one: of today, whatever days were missed, for it says what the store holds now.</summary>
internal sealed partial class AnchorJob(string dataDirectory, TimeProvider clock, ILogger<AnchorJob> logger) : IScheduledJob
{
    public string Name => "anchor";

    /// <exception cref="InvalidDataException">No anchor can follow the one before; why, in one sentence.</exception>
    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var directory = new AnchorDirectory(dataDirectory);
        var made = !directory.Days().Contains(ShanghaiTime.DayOf(clock.GetUtcNow()));
        if (made)
        {
            using var store = SqliteReader.Open(dataDirectory);
            var anchor = await directory.Make(store, clock, cancellationToken);
            LogMade(anchor);
        }

        return new Dictionary<string, long> { ["made"] = made ? 1 : 0 };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Anchor}")]
    private partial void LogMade(Anchor anchor);
}
