using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Silos;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Clocks;

/// <summary>Whether the clocks of the silos can be believed.</summary>
internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/clock").WithTags("Clock");
        group.MapGet("/", View).WithName("ViewClock").WithSummary("How the silos' clocks stand, the one that is furthest off first of all, and who has confirmed them when.");
        group.MapPost("/confirmation", Confirm).WithName("ConfirmClock").WithSummary("The clocks are right as they stand now: what was held up goes on. Written down; where nothing was wrong, nothing is.");
    }

    private static async Task<Ok<ClockAnswer>> View(IGrainFactory grains)
    {
        var silos = grains.GetGrain<ISilosGrain>(ISilosGrain.Key);
        return TypedResults.Ok(ClockAnswer.Of(await silos.Look(), await silos.Confirmations()));
    }

    private static async Task<Results<Ok<ClockAnswer>, Refused>> Confirm(CommandContext command, IGrainFactory grains)
    {
        var silos = grains.GetGrain<ISilosGrain>(ISilosGrain.Key);
        var confirmed = await silos.ConfirmClocks(command.Actor);
        return confirmed.Refusal is { } refusal ? new Refused(refusal) : TypedResults.Ok(ClockAnswer.Of(confirmed.Silos, await silos.Confirmations()));
    }
}

/// <summary>How the clocks stand.</summary>
/// <param name="Now">What the clock says that is furthest off.</param>
/// <param name="Agrees">Whether all have answered and can be believed; a silo whose clock cannot stores nothing and does nothing by itself.</param>
/// <param name="MovedSeconds">By how much that clock has moved against the time that has passed since the start, or since it was confirmed; forward if positive.</param>
/// <param name="BehindSeconds">By how much it stands behind the last recorded instant.</param>
/// <param name="LastRecorded">That instant; null: nothing has been recorded yet.</param>
/// <param name="Silos">Each silo's clock, by name; one that has not answered is left out.</param>
/// <param name="Confirmations">What was confirmed, the newest first.</param>
public sealed record ClockAnswer(
    DateTimeOffset Now, bool Agrees, double MovedSeconds, double BehindSeconds, DateTimeOffset? LastRecorded, IReadOnlyList<SiloClockAnswer> Silos, IReadOnlyList<ClockConfirmationAnswer> Confirmations)
{
    /// <exception cref="TimeoutException">No silo has answered.</exception>
    internal static ClockAnswer Of(IReadOnlyList<SiloReport> silos, IReadOnlyList<ClockConfirmation> confirmations)
    {
        SiloClockAnswer[] clocks = [.. silos.Where(s => s.Clock is not null).Select(s => SiloClockAnswer.Of(s.Name, s.Clock!.Value))];
        var worst = silos.Select(s => s.Clock).OfType<ClockReading>().OrderBy(c => c.Agrees).ThenByDescending(c => c.Moved.Duration() + c.Behind).Select(c => (ClockReading?)c).FirstOrDefault()
            ?? throw new TimeoutException("No silo says how its clock stands.");
        return new(
            worst.Now,
            silos.All(s => s.Clock?.Agrees == true),
            worst.Moved.TotalSeconds,
            worst.Behind.TotalSeconds,
            Recorded(worst.LastRecorded),
            clocks,
            [.. confirmations.Select(c => new ClockConfirmationAnswer(c.At, c.By, c.Moved.TotalSeconds, Recorded(c.LastRecorded)))]);
    }

    private static DateTimeOffset? Recorded(DateTimeOffset last) => last == DateTimeOffset.MinValue ? null : last;
}

/// <summary>How a silo's clock stands.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Now">What it says.</param>
/// <param name="Agrees">Whether it can be believed.</param>
/// <param name="MovedSeconds">By how much it has moved; forward if positive.</param>
/// <param name="BehindSeconds">By how much it stands behind the last recorded instant.</param>
public sealed record SiloClockAnswer(string Silo, DateTimeOffset Now, bool Agrees, double MovedSeconds, double BehindSeconds)
{
    internal static SiloClockAnswer Of(string silo, ClockReading clock) => new(silo, clock.Now, clock.Agrees, clock.Moved.TotalSeconds, clock.Behind.TotalSeconds);
}

/// <summary>An administrator's word that the clock was right.</summary>
/// <param name="At">What it said then.</param>
/// <param name="By">Id of the administrator.</param>
/// <param name="MovedSeconds">By how much it had moved; forward if positive.</param>
/// <param name="LastRecorded">The last instant recorded before; null: there was none.</param>
public sealed record ClockConfirmationAnswer(DateTimeOffset At, string By, double MovedSeconds, DateTimeOffset? LastRecorded);
