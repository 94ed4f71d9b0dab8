using Agency.Calendar;
using Agency.Services;

namespace Agency.Problems;

/// <summary>An open problem as it is recorded, as far as its level and due date on any day follow from it.</summary>
/// <param name="Level">Its level as recorded.</param>
/// <param name="Since">Since when it is at that level.</param>
/// <param name="DueOn">Last day at that level, where it was given; null: as the level has it.</param>
/// <param name="PersonInCharge">Opaque id of the person; null: none is named.</param>
/// <param name="Rose">Whether it came to that level by itself, past due.</param>
[GenerateSerializer, Immutable, Alias("agency.open-problem")]
public readonly record struct OpenProblem(
    [property: Id(0)] ProblemLevel Level,
    [property: Id(1)] DateOnly Since,
    [property: Id(2)] DateOnly? DueOn,
    [property: Id(3)] string Id,
    [property: Id(4)] string? PersonInCharge = null,
    [property: Id(5)] bool Rose = false)
{
    internal static OpenProblem Of(Problem problem) => new(problem.Level, problem.Since, problem.GivenDueOn, problem.Id, problem.PersonInCharge, problem.Levels[^1].ByItself);

    /// <summary>Last day at its level: after it, it rises.</summary>
    internal DateOnly DueBy(ServiceRules rules, WorkingCalendar calendar) => DueOn ?? calendar.Add(Since, rules.ProblemDays.Of(Level));

    /// <summary>How it stands at the end of a day, risen by itself on the day after each due date (domain 10).</summary>
    internal OpenProblem On(DateOnly day, ServiceRules rules, WorkingCalendar calendar)
    {
        var problem = this;
        while (problem.Risen(day, rules, calendar) is { } risen) problem = risen;
        return problem;
    }

    /// <summary>How it stands after its next rise, if that has come by a day; null if not.</summary>
    internal OpenProblem? Risen(DateOnly day, ServiceRules rules, WorkingCalendar calendar) =>
        Level < ProblemLevel.CityLeadership && DueBy(rules, calendar) is var due && day > due ? this with { Level = Level + 1, Since = due.AddDays(1), DueOn = null, Rose = true } : null;
}
