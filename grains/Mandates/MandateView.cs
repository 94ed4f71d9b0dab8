using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Mandates;

/// <summary>A project's mandates.</summary>
/// <param name="Current">The one that has not ended.</param>
/// <param name="Past">Those that have, the last first.</param>
/// <param name="Version">Version of the last fact that touched them; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("agency.mandates-view")]
public sealed record MandatesView([property: Id(0)] MandateView? Current, [property: Id(1)] ImmutableArray<MandateView> Past, [property: Id(2)] long Version);

/// <summary>A mandate 代办委托, as clients see it.</summary>
/// <param name="Number">Counts the project's mandates.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="InTerm">Whether today is in its term; outside it it covers nothing.</param>
/// <param name="Stages">Codes of the stages that a part covers.</param>
/// <param name="Items">Codes of the items that a part covers.</param>
/// <param name="Covers">Codes of all items of the plan that it covers, stages resolved.</param>
/// <param name="AnswerDueOn">While it is requested: last day for the office's answer.</param>
/// <param name="ClerkDueOn">While it is agreed and never had a clerk: last day for the appointment.</param>
/// <param name="Reason">Why it was refused, taken back or ended.</param>
/// <param name="Ground">Which ground the office ended it on.</param>
/// <param name="CallBack">What the owner said when called back.</param>
[GenerateSerializer, Immutable, Alias("agency.mandate-view")]
public sealed record MandateView(
    [property: Id(0)] int Number,
    [property: Id(1)] long Version,
    [property: Id(2)] MandateStatus State,
    [property: Id(3)] bool InTerm,
    [property: Id(4)] MandateScope Scope,
    [property: Id(5)] ImmutableArray<string> Stages,
    [property: Id(6)] ImmutableArray<string> Items,
    [property: Id(7)] ImmutableArray<string> Covers,
    [property: Id(8)] MandateTerm Term,
    [property: Id(9)] DateOnly RequestedOn,
    [property: Id(10)] DateOnly? AnswerDueOn,
    [property: Id(11)] DateOnly? AnsweredOn,
    [property: Id(12)] DateOnly? AgreedOn,
    [property: Id(13)] string? AgreementNumber,
    [property: Id(14)] DateOnly? ClerkDueOn,
    [property: Id(15)] ImmutableArray<ClerkView> Clerks,
    [property: Id(16)] DateOnly? EndedOn,
    [property: Id(17)] TerminationGround? Ground,
    [property: Id(18)] string? Reason,
    [property: Id(19)] ImmutableArray<string> HandedOver,
    [property: Id(20)] string? CallBack)
{
    /// <summary>Working days in which the office answers a request (domain 9).</summary>
    public const int AnswerDays = 2;

    /// <summary>Working days in which a clerk is appointed after the agreement (domain 9).</summary>
    public const int ClerkDays = 1;

    /// <summary>Since when the office owes a mandate its answer or its clerk, and in how many working days; null: neither. Days are null once there has been a clerk.</summary>
    internal static (DateOnly Since, int? Days)? Waiting(Mandate? mandate) => mandate switch
    {
        { Status: MandateStatus.Requested } => (mandate.RequestedOn, AnswerDays),
        { Status: MandateStatus.Agreed, AgreedOn: { } agreed } => (agreed, mandate.Clerks.IsEmpty ? ClerkDays : null),
        _ => null,
    };

    /// <summary>Last day for the answer or the clerk that it waits for; null: for none.</summary>
    internal static DateOnly? DueOn(Mandate mandate, WorkingCalendar calendar) => Waiting(mandate) is { Days: { } days } waiting ? calendar.Add(waiting.Since, days) : null;

    /// <summary>All mandates of a project.</summary>
    internal static MandatesView All(ProjectState state, FlowPlan plan, WorkingCalendar calendar, DateOnly today) => new(
        state.Service.Mandate is { } open ? Of(open, state, plan, calendar, today) : null,
        [.. state.Service.Mandates.Where(m => !m.IsOpen).Reverse().Select(m => Of(m, state, plan, calendar, today))],
        state.Service.Mandates is [.., var last] ? last.Version : 0);

    internal static MandateView Of(Mandate mandate, ProjectState state, FlowPlan plan, WorkingCalendar calendar, DateOnly today) => new(
        mandate.Number,
        mandate.Version,
        mandate.Status,
        mandate.IsInTerm(today),
        mandate.Scope,
        mandate.Stages,
        mandate.Items,
        [.. plan.Items.Where(i => i.Applicability != Applicability.NotApplicable && mandate.Covers(i)).Select(i => i.Code)],
        new(mandate.From, mandate.Until),
        mandate.RequestedOn,
        mandate.Status == MandateStatus.Requested ? DueOn(mandate, calendar) : null,
        mandate.AnsweredOn,
        mandate.AgreedOn,
        mandate.AgreementNumber,
        mandate.Status == MandateStatus.Agreed ? DueOn(mandate, calendar) : null,
        [.. mandate.Clerks.Select(c => new ClerkView(c.Agent, c.Since, c.EndedOn, Texts(state, c.Version).GetValueOrDefault(ClerkAppointed.Plan)))],
        mandate.EndedOn,
        mandate.Ground,
        mandate.IsOpen ? null : Texts(state, mandate.Version).GetValueOrDefault(Act.Reason),
        mandate.HandedOver,
        mandate.Status == MandateStatus.Completed ? Texts(state, mandate.Version).GetValueOrDefault(MandateCompleted.CallBack) : null);

    private static ImmutableSortedDictionary<string, string?> Texts(ProjectState state, long version) => state.Entries[(int)version - 1].Texts;
}

/// <summary>First and last day of a mandate.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate-term")]
public sealed record MandateTerm([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly Until);

/// <summary>A clerk of a mandate.</summary>
/// <param name="Agent">Opaque id of the person.</param>
/// <param name="Until">The day from which it acts no longer; null while it does.</param>
/// <param name="Plan">What it will do when 代办计划.</param>
[GenerateSerializer, Immutable, Alias("agency.clerk-view")]
public sealed record ClerkView([property: Id(0)] string Agent, [property: Id(1)] DateOnly Since, [property: Id(2)] DateOnly? Until, [property: Id(3)] string? Plan);

/// <summary>A project's mandate in short.</summary>
[GenerateSerializer, Immutable, Alias("agency.project-mandate")]
public sealed record ProjectMandate(
    [property: Id(0)] int Number,
    [property: Id(1)] MandateStatus State,
    [property: Id(2)] MandateScope Scope,
    [property: Id(3)] MandateTerm Term,
    [property: Id(4)] ImmutableArray<string> Clerks)
{
    internal static ProjectMandate Of(Mandate mandate) =>
        new(mandate.Number, mandate.Status, mandate.Scope, new(mandate.From, mandate.Until), [.. mandate.ActingClerks.Select(c => c.Agent)]);
}
