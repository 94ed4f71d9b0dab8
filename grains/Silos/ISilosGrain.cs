using System.Collections.Immutable;
using Agency.People;

namespace Agency.Silos;

/// <summary>How the silos are, asked of any of them (<see cref="Key"/>).</summary>
[Alias("agency.silos"), GrainInterfaceType("agency.silos")]
public interface ISilosGrain : IGrainWithStringKey
{
    /// <summary>The key of the one.</summary>
    const string Key = "all";

    /// <summary>Every active silo's own word, by name.</summary>
    [Alias("look"), ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<SiloReport>> Look();

    /// <summary>The clocks are right as they stand now, <see cref="EventSourcing.IClockGuard.Confirm"/> at each silo where one is not believed.</summary>
    /// <returns>How the silos are then.</returns>
    [Alias("confirm-clocks"), ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<SiloReport>> ConfirmClocks(Actor actor);

    /// <summary>Everything that was confirmed, the newest first.</summary>
    [Alias("confirmations"), ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<EventSourcing.ClockConfirmation>> Confirmations();
}

/// <summary>How a silo is.</summary>
/// <param name="Name">The silo's name.</param>
/// <param name="Clock">How its clock stands; null: it has not answered.</param>
/// <param name="StoreFault">Why its store takes no commits; null: it does, or has not answered.</param>
[GenerateSerializer, Immutable, Alias("agency.silo-report")]
public sealed record SiloReport([property: Id(0)] string Name, [property: Id(1)] EventSourcing.ClockReading? Clock, [property: Id(2)] string? StoreFault);
