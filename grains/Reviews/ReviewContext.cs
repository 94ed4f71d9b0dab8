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

    /// <summary>Why the actor does not act for the chair; null if it does. The named chair acts itself, or the office enters it from paper for that person;
    /// where none is named the office chairs. Whoever of the office chairs a working session acts itself; a joint conference is a city leader's.</summary>
    public Refusal? CheckChair(Review review) => (Act.Actor.Role, review.Plan.Chair) switch
    {
        (Role.Leadership, var chair) => Act.Actor.Id == chair ? null : Refusal.Of("not-the-chair"),
        (Role.Office, null) => Act.OnBehalfOf is null ? null : Refusal.Of("on-behalf-of-unneeded"),
        (Role.Office, { } chair) => (Act.OnBehalfOf ?? (review.Draft!.Kind == ReviewKind.JointConference ? null : Act.Actor.Id)) == chair ? null : Refusal.Of("on-behalf-of-chair", ("chair", chair)),
        _ => Refusal.Of("role-not-allowed"),
    };

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

    /// <summary>Code of the item that the problem is about; null: none.</summary>
    public string? ProblemItem { get; init; }

    /// <summary>Code of the item that the resolution is about; null: none.</summary>
    public string? ResolutionItem { get; init; }

    public static AgendaCheck Nothing { get; } = new(null, false, false, false, null, null);
}

/// <summary>A decision that an adopted scenario promises, as a resolution.</summary>
/// <param name="Action">What is to be done, in words.</param>
internal sealed record PromisedResolution(ResolutionDraft Draft, string Action);
