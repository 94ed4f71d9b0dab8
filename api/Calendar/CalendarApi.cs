using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Calendar;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Calendar;

/// <summary>The working calendar 工作日历: each year's arrangement, its versions, and counting by the newest.</summary>
internal static class CalendarApi
{
    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/calendar").WithTags("Calendar");
        group.MapGet("/{year}", View).WithName("ViewCalendarYear").WithSummary("A year's arrangement, as it is or as it was in a version.");
        group.MapPut("/{year}", Put).WithName("PutCalendarYear").WithSummary("Gives a year its arrangement; every open deadline moves with it.");
        group.MapGet("/versions", Versions).WithName("ListCalendarVersions").WithSummary("The calendar's versions, the oldest first.");
        group.MapGet("/working-days", WorkingDays).WithName("CountWorkingDays").WithSummary("The day so many working days after from, or the working days up to to; from is not counted, to is.");
    }

    internal static ICalendarGrain Calendar(this IGrainFactory grains) => grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key);

    private static async Task<Results<Tagged<YearView>, Refused>> View(int year, int? version, IGrainFactory grains) =>
        await grains.Calendar().Get(year, version) is { } found
            ? new Tagged<YearView>(YearView.Of(found), found.ChangedIn)
            : new Refused(Refusal.Of("calendar-year-not-found", ("year", year)));

    private static async Task<Results<Tagged<YearView>, Refused>> Put(int year, YearBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Calendar().Put(year, body.ToArrangement(), command.Act())).ToStep(change => YearView.Of(change.Year, change.Behind));

    private static async Task<Ok<Page<CalendarVersionView>>> Versions([AsParameters] ListQuery list, IGrainFactory grains) =>
        TypedResults.Ok(list.PageOf([.. (await grains.Calendar().Versions()).Select(CalendarVersionView.Of)], version => $"{version.Version}"));

    private static async Task<Results<Tagged<WorkingDaysView>, Refused>> WorkingDays(DateOnly from, int? days, DateOnly? to, NewestCalendar newest)
    {
        if (days is null == to is null)
        {
            var choice = Refusal.Of(ProblemCodes.DaysOrTo);
            return new Refused(choice, ("days", choice), ("to", choice));
        }

        var (calendar, last) = (await newest.Get(), to ?? from);
        if (days is { } count && !calendar.TryAdd(from, count, out last)) return Refused.At("days", Refusal.Of("day-out-of-range", ("from", from), ("days", count)));
        return new Tagged<WorkingDaysView>(new(from, last, days ?? calendar.Count(from, last), calendar.IsProvisional(from, last)), calendar.Version);
    }
}
