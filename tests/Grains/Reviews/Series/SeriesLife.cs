using System.Collections.Immutable;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Reviews.Series;
using Agency.Silo.Reviews;
using Agency.Tests.Grains.Catalogue;
using Shipped = Agency.Tests.Grains.Calendar.Shipped;

namespace Agency.Tests.Grains.Reviews.Series;

/// <summary>A series as tests of the rules lead it: each command decided at a day of 2026, its facts folded.</summary>
internal sealed class SeriesLife
{
    public const string Id = "s1";

    public static SeriesPlan Monthly { get; } = new(ReviewKind.JointConference, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", new(2026, 3, 2), null, DayShift.Before, "市政务中心", "liu", "zhao", null, true);

    public ReviewSeries State { get; private set; } = ReviewSeries.None;

    public DateTimeOffset Now { get; set; } = At(new(2026, 3, 2), 9);

    public WorkingCalendar Calendar { get; set; } = Shipped.Calendar;

    public List<Entry<SeriesFact>> Facts { get; } = [];

    public ImmutableArray<DueSession> Due => SeriesSchedule.Of(State, Context(Act()));

    /// <summary>The occurrences of which sessions are to be, each with the day on which it is held.</summary>
    public IEnumerable<string> Held => Due.Where(d => d is { IsWithin: true, Merged: null }).Select(d => $"{d.Occurrence:MM-dd}>{DayOf(d):MM-dd}");

    public static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => new(day.ToDateTime(new(hour, minute)), TimeSpan.FromHours(8));

    public static DateOnly DayOf(DueSession due) => due.At.OpinionsBy ?? ShanghaiTime.DayOf(due.At.StartsAt!.Value);

    public string? Make(SeriesPlan? plan = null, string? title = "联席会议", Role role = Role.Office) => Take(c => SeriesDecider.Make(Id, plan ?? Monthly, State, c), Act(role, title));

    public string? Change(SeriesPatch patch, string? title = null, long? ifVersion = null, Role role = Role.Office) => Take(c => SeriesDecider.Change(Id, patch, State, c), Act(role, title) with { IfVersion = ifVersion });

    public string? End(Role role = Role.Office) => Take(c => SeriesDecider.End(Id, State, c), Act(role));

    public string? Plan(Role role = Role.Office) => Take(c => SeriesDecider.PlanSessions(Id, State, c), Act(role));

    public string? Record(ImmutableArray<PlannedSession> moved, ImmutableArray<DateOnly> dropped, ImmutableArray<DateOnly>? made = null) => Take(c => SeriesDecider.RecordSessions(made ?? [], moved, dropped, State, c), Act());

    /// <summary>What is wrong with a plan, each as its place and code.</summary>
    public IEnumerable<string> Faults(SeriesPlan plan, string? title = "联席会议") => SeriesDecider.Make(Id, plan, State, Context(Act(title: title))).Refusal!.Faults.Select(f => $"{f.At} {f.Code}");

    private static Act Act(Role role = Role.Office, string? title = null) =>
        new(new("ada", role), "c", Texts: title is null ? null : EventSourcing.Act.NoTexts.Add(SeriesFact.Title, title));

    private SeriesContext Context(Act act) => new(act, new(Now, ShanghaiTime.DayOf(Now)), Calendar, Cities.Shipped.Reviews, new QuartzRecurrence());

    private string? Take(Func<SeriesContext, Decision<SeriesFact>> decide, Act act)
    {
        var decision = decide(Context(act));
        if (decision.Refusal is { } refusal) return refusal.Code;
        Facts.AddRange(decision.Facts);
        State = decision.Facts.Aggregate(State, (s, e) => s.With(e));
        return null;
    }
}
