using Agency.Projects;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Api.Reviews;

/// <summary>A series of review sessions to be made.</summary>
/// <param name="Kind">Of its sessions.</param>
/// <param name="Title">What its sessions are called.</param>
/// <param name="Rule">When they are: an RFC 5545 rule (<c>FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30</c>), at most daily, or the Quartz form of cron (<c>0 30 9 ? * 6L</c>); in Asia/Shanghai.</param>
/// <param name="From">The first day on which one may be; what the rule counts begins here. Left out: today.</param>
/// <param name="StartTime">Time of day, where the rule says none: <c>09:30</c>. A written consultation needs none.</param>
/// <param name="Shift">Where a session goes when its day is no working day; left out: before.</param>
/// <param name="Place">Where they are held.</param>
/// <param name="Chair">Opaque id of the person who chairs them.</param>
/// <param name="Recorder">Opaque id of the person who records them.</param>
/// <param name="AheadWorkingDays">So far ahead they are made, 1 to 366; left out: as the city has it.</param>
/// <param name="Active">False: none is made yet.</param>
public sealed record SeriesBody(
    ReviewKind Kind,
    string Title,
    string Rule,
    DateOnly? From = null,
    TimeOnly? StartTime = null,
    DayShift Shift = DayShift.Before,
    string? Place = null,
    string? Chair = null,
    string? Recorder = null,
    int? AheadWorkingDays = null,
    bool Active = true)
{
    internal SeriesPlan ToPlan(DateOnly today) => new(Kind, Rule, From ?? today, StartTime, Shift, Place, Chair, Recorder, AheadWorkingDays, Active);
}

/// <summary>Members of a series to change (RFC 7396): what is left out stays, null takes away.</summary>
public sealed record SeriesPatchBody
{
    public Optional<string> Title { get; init; }

    /// <summary>An RFC 5545 rule or the Quartz form of cron.</summary>
    public Optional<string> Rule { get; init; }

    public Optional<DateOnly> From { get; init; }

    public Optional<TimeOnly?> StartTime { get; init; }

    public Optional<DayShift> Shift { get; init; }

    public Optional<string?> Place { get; init; }

    public Optional<string?> Chair { get; init; }

    public Optional<string?> Recorder { get; init; }

    public Optional<int?> AheadWorkingDays { get; init; }

    /// <summary>False: no session is made, moved or cancelled until it is true again.</summary>
    public Optional<bool> Active { get; init; }

    internal SeriesPatch ToCommand() => new()
    {
        Rule = Rule with { Value = Rule.Value ?? "" },
        From = From,
        StartTime = StartTime,
        Shift = Shift,
        Place = Place,
        Chair = Chair,
        Recorder = Recorder,
        AheadWorkingDays = AheadWorkingDays,
        Active = Active,
    };
}

/// <summary>A series of review sessions.</summary>
/// <param name="Title">Null once redacted.</param>
/// <param name="AheadWorkingDays">So far ahead its sessions are made.</param>
/// <param name="EndedOn">The day on which it was ended; null while it goes on.</param>
/// <param name="Next">When it is next to be held, by rule and calendar as they are now, whether the session has been made or not.</param>
public sealed record SeriesAnswer(
    string Id,
    ReviewKind Kind,
    string? Title,
    string Rule,
    DateOnly From,
    TimeOnly? StartTime,
    DayShift Shift,
    string? Place,
    string? Chair,
    string? Recorder,
    int AheadWorkingDays,
    bool Active,
    DateOnly? EndedOn,
    IReadOnlyList<NextAnswer> Next)
{
    internal static SeriesAnswer Of(SeriesView view) => new(
        view.Id, view.Plan.Kind, view.Title, view.Plan.Rule, view.Plan.From, view.Plan.StartTime, view.Plan.Shift, view.Plan.Place, view.Plan.Chair, view.Plan.Recorder,
        view.AheadWorkingDays, view.Plan.Active, view.EndedOn, [.. view.Next.Select(n => new NextAnswer(n.Occurrence, n.At.StartsAt, n.At.OpinionsBy, n.Provisional))]);
}

/// <summary>When a series is next to be held.</summary>
/// <param name="Occurrence">The day of the rule, before any shift to a working day.</param>
/// <param name="OpinionsBy">Of a written consultation, instead of <paramref name="StartsAt"/>.</param>
/// <param name="Provisional">Whether the day was found without the arrangement of its year.</param>
public sealed record NextAnswer(DateOnly Occurrence, DateTimeOffset? StartsAt, DateOnly? OpinionsBy, bool Provisional);

/// <summary>What was done with the sessions of a series.</summary>
/// <param name="Series">Id of the series.</param>
/// <param name="Until">The last day on which a session could be made; null if the series makes none.</param>
/// <param name="Provisional">Whether a year that is touched has no arrangement yet, so that days may move when it comes.</param>
/// <param name="Sessions">Those to come, by the day of the rule.</param>
public sealed record SeriesSessionsAnswer(string Series, DateOnly? Until, bool Provisional, IReadOnlyList<SeriesSession> Sessions)
{
    internal static SeriesSessionsAnswer Of(SeriesSessions made) => new(made.Series, made.Until, made.Provisional, made.Sessions);
}

/// <summary>What was done with the sessions of all series.</summary>
/// <param name="Series">Those series whose sessions were made.</param>
/// <param name="Refused">Those that were refused.</param>
public sealed record AllSessionsAnswer(IReadOnlyList<SeriesSessionsAnswer> Series, IReadOnlyList<RefusedSeries> Refused);

/// <summary>A series whose sessions could not be made.</summary>
/// <param name="Series">Id of the series.</param>
/// <param name="Code">Of the problem; asked for this series alone, the service tells it whole.</param>
public sealed record RefusedSeries(string Series, string Code);
