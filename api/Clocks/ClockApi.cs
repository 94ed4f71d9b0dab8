using Agency.Api.Http;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Clocks;

/// <summary>Whether the clock of the process that answers can be believed.</summary>
internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/clock").WithTags("Clock");
        group.MapGet("/", View).WithName("ViewClock").WithSummary("How the clock of the process that answers stands, and who has confirmed it when.");
        group.MapPost("/confirmation", Confirm).WithName("ConfirmClock").WithSummary("The clock is right as it stands now: what was held up goes on. Written down; where nothing was wrong, nothing is.");
    }

    private static async Task<Ok<ClockAnswer>> View(IClockGuard guard, CancellationToken cancellationToken) =>
        TypedResults.Ok(ClockAnswer.Of(guard.Look(), await guard.Confirmations(cancellationToken)));

    private static async Task<Ok<ClockAnswer>> Confirm(CommandContext command, IClockGuard guard) =>
        TypedResults.Ok(ClockAnswer.Of(await guard.Confirm(command.Actor), await guard.Confirmations()));
}

/// <summary>How a clock stands.</summary>
/// <param name="Now">What it says.</param>
/// <param name="Agrees">Whether it can be believed; if not, nothing is stored and nothing is done by itself.</param>
/// <param name="MovedSeconds">By how much it has moved against the time that has passed since the start, or since it was confirmed; forward if positive.</param>
/// <param name="BehindSeconds">By how much it stands behind the last recorded instant.</param>
/// <param name="LastRecorded">That instant; null: nothing has been recorded yet.</param>
/// <param name="Confirmations">What was confirmed, the newest first.</param>
public sealed record ClockAnswer(DateTimeOffset Now, bool Agrees, double MovedSeconds, double BehindSeconds, DateTimeOffset? LastRecorded, IReadOnlyList<ClockConfirmationAnswer> Confirmations)
{
    internal static ClockAnswer Of(ClockReading clock, IReadOnlyList<ClockConfirmation> confirmations) => new(
        clock.Now,
        clock.Agrees,
        clock.Moved.TotalSeconds,
        clock.Behind.TotalSeconds,
        clock.LastRecorded == DateTimeOffset.MinValue ? null : clock.LastRecorded,
        [.. confirmations.Select(c => new ClockConfirmationAnswer(c.At, c.By, c.Moved.TotalSeconds, c.LastRecorded == DateTimeOffset.MinValue ? null : c.LastRecorded))]);
}

/// <summary>An administrator's word that the clock was right.</summary>
/// <param name="At">What it said then.</param>
/// <param name="By">Id of the administrator.</param>
/// <param name="MovedSeconds">By how much it had moved; forward if positive.</param>
/// <param name="LastRecorded">The last instant recorded before; null: there was none.</param>
public sealed record ClockConfirmationAnswer(DateTimeOffset At, string By, double MovedSeconds, DateTimeOffset? LastRecorded);
