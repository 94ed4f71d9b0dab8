using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Agency.Silo.Silos;

public static class SiloReports
{
    /// <summary>Lets the silo tell how it is, and ask the others. Needs an <see cref="IClockGuard"/> and an <see cref="IStoreHealth"/>.</summary>
    public static ISiloBuilder AddReports(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ISilos, ActiveSilos>();
        return silo.AddGrainService<SiloReporter>();
    }
}

/// <summary>Reaches every active silo's <see cref="SiloReporter"/>.</summary>
internal sealed partial class ActiveSilos(IServiceProvider services, IClusterMembershipService membership, TimeProvider clock, ILogger<ActiveSilos> logger)
    : GrainServiceClient<ISiloReporter>(services), ISilos
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public async Task<ImmutableArray<SiloReport>> Ask(Func<ISiloReporter, Task<SiloReport>> ask) =>
    [
        .. await Task.WhenAll(membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active)
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => Ask(m.Name, () => ask(GetGrainService(m.SiloAddress))))),
    ];

    private async Task<SiloReport> Ask(string name, Func<Task<SiloReport>> ask)
    {
        try
        {
            return await ask().WaitAsync(_patience, clock);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            LogSilent(e, name);
            return new(name, null, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo {Name} does not say how it is.")]
    private partial void LogSilent(Exception exception, string name);
}

internal sealed class SiloReporter(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, ILocalSiloDetails self, IClockGuard guard, IStoreHealth store)
    : GrainService(id, silo, loggers), ISiloReporter
{
    public Task<SiloReport> Report() => Task.FromResult(new SiloReport(self.Name, guard.Look(), store.Reason));

    public async Task<SiloReport> ConfirmClock(Actor actor)
    {
        await guard.Confirm(actor);
        return await Report();
    }
}
