using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>What a session's deciders are given beside command and state.</summary>
/// <param name="Calendar">The working calendar to count by.</param>
internal sealed record ReviewContext(Act Act, Moment Moment, WorkingCalendar Calendar, CityData City, DepartmentCodes Departments)
{
    public ReviewRules Rules => City.Reviews;

    /// <summary>The day of the command: today, or the day on paper.</summary>
    public DateOnly Day => Act.OccurredOn ?? Moment.Today;

    /// <summary>Whether the actor chairs the session.</summary>
    public bool Chairs(Review review) => Act.Actor.Role == Role.Leadership && Act.Actor.Id == review.Plan.Chair;

    /// <summary>Why the command's day or its paper members are refused; null if they are in order.</summary>
    public Refusal? CheckPaper() => Paper.Check(Act, Moment);

    /// <summary>Why the command is refused if it is meant for another version of what it changes; null if it is not.</summary>
    public Refusal? CheckVersion(long version) =>
        Act.IfVersion is { } expected && expected != version ? Refusal.Of(Refusals.VersionMismatch, ("version", version)) : null;

    /// <summary>A fact of the command, as it will be recorded.</summary>
    public Entry<ReviewFact> Entry(ReviewFact fact, long version) =>
        new(version, fact, Moment.Now, Day, Act.Actor, Act.OnBehalfOf, Act.CommandId, Calendar.Version, Act.Texts ?? Act.NoTexts);

    /// <summary>A fact that follows from a rule, as the system records it in the same commit.</summary>
    public Entry<ReviewFact> SystemEntry(ReviewFact fact, long version) =>
        new(version, fact, Moment.Now, Day, Actor.System, null, Act.CommandId, Calendar.Version, Act.NoTexts);
}
