using System.Collections.Immutable;
using Agency.People;
using Orleans.Services;

namespace Agency.Silos;

/// <summary>The active silos, from within one of them.</summary>
public interface ISilos
{
    /// <summary>Asks each of them; who has not answered within two seconds has not answered.</summary>
    Task<ImmutableArray<SiloReport>> Ask(Func<ISiloReporter, Task<SiloReport>> ask);
}

/// <summary>Tells how its silo is.</summary>
[Alias("agency.silo-reporter"), GrainInterfaceType("agency.silo-reporter")]
public interface ISiloReporter : IGrainService
{
    /// <summary>How the silo is at this moment.</summary>
    [Alias("report")]
    Task<SiloReport> Report();

    /// <summary>The silo's clock is right as it stands now.</summary>
    /// <returns>How the silo is then.</returns>
    [Alias("confirm-clock")]
    Task<SiloReport> ConfirmClock(Actor actor);
}
