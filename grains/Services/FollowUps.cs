using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Services;

/// <summary>What is to be done after a visit or a coordination, as it was agreed; what it is, is a free text beside the fact.</summary>
/// <param name="DueOn">Last day for it.</param>
/// <param name="Department">Code of the department that does it; null: nobody was named.</param>
[GenerateSerializer, Immutable, Alias("agency.follow-up")]
public sealed record FollowUp([property: Id(0)] DateOnly DueOn, [property: Id(1)] string? Department = null)
{
    /// <summary>A follow-up is due at most so many years after what it follows.</summary>
    public const int MostYears = 3;

    /// <summary>The most follow-ups of one visit or coordination.</summary>
    public const int Most = 50;

    /// <summary>Name of its free text.</summary>
    public static string TextName(int index, string member) => $"followUps/{index}/{member}";

    /// <summary>What is wrong with follow-ups of something that happened on <paramref name="day"/>.</summary>
    internal static IEnumerable<Fault> Check(ImmutableArray<FollowUp> followUps, DateOnly day, ProjectContext context) => followUps.Length > Most ? [Fault.Of("/followUps", "too-many-entries", ("max", Most))] : followUps.Index().SelectMany(f =>
        ServiceAuthority.DueDay($"/followUps/{f.Index}/dueOn", f.Item.DueOn, day, day.AddYears(MostYears))
            .Concat(f.Item.Department is { } code && context.Departments.Find(code) is null ? [Fault.Of($"/followUps/{f.Index}/department", "unknown-department", ("code", code))] : []));
}

/// <summary>A follow-up is done.</summary>
/// <param name="Of">Id of the visit or coordination.</param>
/// <param name="Number">Which of its follow-ups, from 1.</param>
[GenerateSerializer, Immutable, Alias("agency.project.follow-up-completed")]
public sealed record FollowUpCompleted([property: Id(0)] string Of, [property: Id(1)] int Number, [property: Id(2)] ImmutableArray<SubmittedMaterial> Evidence) : ServiceFact;

/// <summary>A follow-up, and whether it is done.</summary>
/// <param name="What">What is to be done; null once redacted.</param>
/// <param name="CompletedOn">Null while it is open.</param>
public sealed record FollowUpState(int Number, string? What, string? Department, DateOnly DueOn, DateOnly? CompletedOn, ImmutableArray<SubmittedMaterial> Evidence)
{
    internal static ImmutableArray<FollowUpState> Of(ImmutableArray<FollowUp> followUps, string member, Entry<ProjectFact> entry) =>
        [.. followUps.Select((f, i) => new FollowUpState(i + 1, entry.Texts.GetValueOrDefault(FollowUp.TextName(i, member)), f.Department, f.DueOn, null, []))];

    internal static ImmutableArray<FollowUpState> Completed(ImmutableArray<FollowUpState> followUps, FollowUpCompleted fact, DateOnly day) =>
        [.. followUps.Select(f => f.Number == fact.Number ? f with { CompletedOn = day, Evidence = fact.Evidence } : f)];
}

/// <summary>A follow-up as clients see it.</summary>
/// <param name="Light">Grey once it is done; yellow from some working days before its due date; red after.</param>
[GenerateSerializer, Immutable, Alias("agency.follow-up-view")]
public sealed record FollowUpView(
    [property: Id(0)] int Number,
    [property: Id(1)] string? What,
    [property: Id(2)] string? Department,
    [property: Id(3)] DateOnly DueOn,
    [property: Id(4)] Light Light,
    [property: Id(5)] DateOnly? CompletedOn,
    [property: Id(6)] ImmutableArray<SubmittedMaterial> Evidence)
{
    internal static FollowUpView Of(FollowUpState f, DateOnly today, ServiceRules rules, WorkingCalendar calendar) =>
        new(f.Number, f.What, f.Department, f.DueOn, f.CompletedOn is null ? rules.LightOf(f.DueOn, today, calendar) : Light.Grey, f.CompletedOn, f.Evidence);
}

/// <summary>What follows from the report that a follow-up is done.</summary>
internal static class FollowUpDecider
{
    /// <param name="followUps">Those of what the fact names; null if there is no such thing.</param>
    /// <param name="version">Version of that thing.</param>
    /// <param name="last">Day of the last thing said of it.</param>
    public static Decision<ProjectFact> Complete(FollowUpCompleted fact, ImmutableArray<FollowUpState>? followUps, long version, DateOnly last, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, Role.Office, Role.Manager, Role.Department) is { } notAllowed) return notAllowed;
        var department = context.Act.Actor.Role == Role.Department ? context.Act.Actor.Department : context.Act.OnBehalfOf;
        if (followUps?.FirstOrDefault(f => f.Number == fact.Number) is not { } followUp || (department is not null && department != followUp.Department))
            return Refusal.Of("follow-up-not-found", ("id", fact.Of), ("number", fact.Number));
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (ServiceAuthority.CheckEntry(version, last, context, ServiceAuthority.Evidence(fact.Evidence)) is { } refusal) return refusal;
        return followUp.CompletedOn is { } day ? Refusal.Of("follow-up-completed", ("id", fact.Of), ("number", fact.Number), ("day", day)) : context.Entry(fact, state.Version + 1);
    }
}
