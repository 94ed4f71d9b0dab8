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

    /// <summary>The clocks are right as they stand now, <see cref="EventSourcing.IClockGuard.Confirm"/> at each silo where one is not believed. Whoever says so has looked at one
    /// clock: refused where they are further apart than one may be off.</summary>
    /// <returns>Why not, or how the silos are then.</returns>
    /// <exception cref="TimeoutException">A silo does not say how its clock stands, so nobody knows what would be confirmed.</exception>
    [Alias("confirm-clocks"), ResponseTimeout(LongCall.Patience)]
    Task<ConfirmedClocks> ConfirmClocks(Actor actor);

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

/// <summary>What became of a confirmation.</summary>
/// <param name="Refusal">Why nothing was confirmed; null: it was.</param>
/// <param name="Silos">How the silos are then.</param>
[GenerateSerializer, Immutable, Alias("agency.confirmed-clocks")]
public sealed record ConfirmedClocks([property: Id(0)] EventSourcing.Refusal? Refusal, [property: Id(1)] ImmutableArray<SiloReport> Silos);
