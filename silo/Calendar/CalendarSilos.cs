using System.Collections.Immutable;
using Agency.Calendar;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Agency.Silo.Calendar;

/// <summary>Reaches every active silo's <see cref="CalendarSilo"/>.</summary>
internal sealed partial class CalendarSilos(IServiceProvider services, IClusterMembershipService membership, TimeProvider clock, ILogger<CalendarSilos> logger)
    : GrainServiceClient<ICalendarSilo>(services), ICalendarSilos
{
    public async Task<ImmutableArray<string>> Announce(CalendarSnapshot newest, TimeSpan patience)
    {
        // A silo that is not in the table as active by now reads the calendar when it becomes so.
        await membership.Refresh();
        var told = membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active)
            .Select(m => (m.Name, Taken: GetGrainService(m.SiloAddress).Take(newest)))
            .ToArray();
        var behind = await Behind(told, patience, clock);
        foreach (var (name, taken) in told.Where(t => behind.Contains(t.Name))) LogBehind(taken.Exception, name, newest.Version);
        return behind;
    }

    /// <summary>Those who have not taken it when the patience is over, or failed to.</summary>
    internal static async Task<ImmutableArray<string>> Behind(IReadOnlyList<(string Name, Task Taken)> told, TimeSpan patience, TimeProvider clock)
    {
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(told.Select(t => t.Taken)), Task.Delay(patience, clock, enough.Token));
        await enough.CancelAsync();
        return [.. told.Where(t => !t.Taken.IsCompletedSuccessfully).Select(t => t.Name).Order(StringComparer.Ordinal)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Name} does not count by calendar version {Version} yet.")]
    private partial void LogBehind(Exception? exception, string name, int version);
}

internal sealed class CalendarSilo(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, CalendarSource source) : GrainService(id, silo, loggers), ICalendarSilo
{
    public Task Take(CalendarSnapshot newest)
    {
        source.Take(newest);
        return Task.CompletedTask;
    }
}
