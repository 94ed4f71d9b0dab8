using Agency.Projects;

namespace Agency.Reviews.Series;

/// <summary>Where a session goes when its day is no working day.</summary>
public enum DayShift
{
    /// <summary>提前: to the working day before.</summary>
    Before,

    /// <summary>顺延: to the working day after.</summary>
    After,
}

/// <summary>What a series is. Its title is a text.</summary>
/// <param name="Kind">Of its sessions; it does not change.</param>
/// <param name="Rule">RFC 5545 or Quartz cron.</param>
/// <param name="From">The first day on which a session may be; what the rule counts begins here.</param>
/// <param name="StartTime">Time of day, where the rule says none; of a written consultation none is needed.</param>
/// <param name="Place">Where its sessions are held. Null in a fact, beside which it is a text, and once redacted.</param>
/// <param name="Chair">Opaque id of the person who chairs the sessions.</param>
/// <param name="Recorder">Opaque id of the person who records them.</param>
/// <param name="AheadWorkingDays">So far ahead sessions are made; null: as the city has it.</param>
/// <param name="Active">False: no session is made, moved or cancelled until it is true again.</param>
[GenerateSerializer, Immutable, Alias("agency.series-plan")]
public sealed record SeriesPlan(
    [property: Id(0)] ReviewKind Kind,
    [property: Id(1)] string Rule,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] TimeOnly? StartTime,
    [property: Id(4)] DayShift Shift,
    [property: Id(5)] string? Place,
    [property: Id(6)] string? Chair,
    [property: Id(7)] string? Recorder,
    [property: Id(8)] int? AheadWorkingDays,
    [property: Id(9)] bool Active)
{
    /// <summary>The rule with all that it is read by. Who writes has no time of day to keep.</summary>
    internal RecurrenceRule Recurrence => new(Rule, From, StartTime ?? (Kind == ReviewKind.WrittenConsultation ? TimeOnly.MinValue : null));
}

/// <summary>Changes of a series; what is left out stays. A new title comes as a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.series-patch")]
public sealed record SeriesPatch
{
    [Id(0)]
    public Optional<string> Rule { get; init; }

    [Id(1)]
    public Optional<DateOnly> From { get; init; }

    [Id(2)]
    public Optional<TimeOnly?> StartTime { get; init; }

    [Id(3)]
    public Optional<DayShift> Shift { get; init; }

    [Id(4)]
    public Optional<string?> Place { get; init; }

    [Id(5)]
    public Optional<string?> Chair { get; init; }

    [Id(6)]
    public Optional<string?> Recorder { get; init; }

    [Id(7)]
    public Optional<int?> AheadWorkingDays { get; init; }

    [Id(8)]
    public Optional<bool> Active { get; init; }

    /// <summary>The plan with the patch applied.</summary>
    internal SeriesPlan On(SeriesPlan plan) => new(
        plan.Kind,
        Rule.Or(plan.Rule),
        From.Or(plan.From),
        StartTime.Or(plan.StartTime),
        Shift.Or(plan.Shift),
        Place.Or(plan.Place),
        Chair.Or(plan.Chair),
        Recorder.Or(plan.Recorder),
        AheadWorkingDays.Or(plan.AheadWorkingDays),
        Active.Or(plan.Active));
}
