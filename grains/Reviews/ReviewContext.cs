using System.Collections.Immutable;
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

    /// <summary>What is known of what an agenda entry names; of an entry alone.</summary>
    public AgendaCheck Known { get; init; } = AgendaCheck.Nothing;

    /// <summary>The resolutions that follow from a scenario once it is adopted.</summary>
    public ImmutableArray<PromisedResolution> Promised { get; init; } = [];

    /// <summary>The projects that resolutions name and that there are, by the codes that they were named by.</summary>
    public ImmutableDictionary<string, string> Projects { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The day of the command: today, or the day on paper.</summary>
    public DateOnly Day => Act.OccurredOn ?? Moment.Today;

    /// <summary>Whether the actor chairs the session.</summary>
    public bool Chairs(Review review) => Act.Actor.Role == Role.Leadership && Act.Actor.Id == review.Plan.Chair;

    /// <summary>Whether the actor comes as the office, or is the service itself, which makes and moves the sessions of series.</summary>
    public bool IsOffice => Act.Actor.Role is Role.Office or Role.System;

    /// <summary>Why the command's day or its paper members are refused; null if they are in order.</summary>
    public Refusal? CheckPaper() => PaperEntry.Check(Act, Moment);

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

/// <summary>What is known of what an agenda entry names.</summary>
/// <param name="Project">Its code, whatever code it was named by; null: there is none.</param>
/// <param name="Department">Code of the item's department.</param>
/// <param name="Scenario">Why the scenario cannot be; null if it can.</param>
internal sealed record AgendaCheck(string? Project, bool HasItem, bool HasProblem, bool HasResolution, string? Department, Refusal? Scenario)
{
    /// <summary>Whether an earlier session has deferred the entry that is said to be taken up.</summary>
    public bool HasDeferred { get; init; }

    public static AgendaCheck Nothing { get; } = new(null, false, false, false, null, null);
}

/// <summary>A decision that an adopted scenario promises, as a resolution.</summary>
/// <param name="Action">What is to be done, in words.</param>
internal sealed record PromisedResolution(ResolutionDraft Draft, string Action);
