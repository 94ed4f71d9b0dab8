using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>A step of an item (domain 5). The same noun is what a command asks for and, once taken, the fact that is recorded.</summary>
/// <param name="Item">Code of the item.</param>
[GenerateSerializer, Immutable, Alias("agency.step")]
public abstract record Step([property: Id(0)] string Item) : ProjectFact
{
    /// <summary>Document number 文号 of the paper that goes with the step, if it has one.</summary>
    [Id(1)]
    public string? DocumentNumber { get; init; }
}

/// <summary>申报: the application comes in; opens a round.</summary>
/// <param name="Application">Number of the stage application that it is part of; null if it came alone.</param>
[GenerateSerializer, Immutable, Alias("agency.step.submission")]
public sealed record Submission(string Item, [property: Id(1)] ImmutableArray<SubmittedMaterial> Materials, [property: Id(2)] int? Application = null) : Step(Item);

/// <summary>补正告知: the department names, once a round and completely, what is missing.</summary>
/// <param name="DueOn">The notice's date: not supplied after it, the application can be returned. Left out of a command, 30 natural days after the request.</param>
[GenerateSerializer, Immutable, Alias("agency.step.supplement-request")]
public sealed record SupplementRequest(string Item, [property: Id(1)] ImmutableArray<string> Missing, [property: Id(2)] DateOnly? DueOn) : Step(Item)
{
    /// <summary>Natural days that an applicant has, unless the notice says otherwise.</summary>
    public const int DefaultDays = 30;
}

/// <summary>补正: what was missing comes in.</summary>
[GenerateSerializer, Immutable, Alias("agency.step.supplement")]
public sealed record Supplement(string Item, [property: Id(1)] ImmutableArray<SubmittedMaterial> Materials) : Step(Item);

/// <summary>受理: the department takes the application on; the clock starts on the day after.</summary>
/// <param name="Tolerated">Materials owed 容缺.</param>
/// <param name="Terms">What the round's clock counts by; fixed by the decider, null in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.step.acceptance")]
public sealed record Acceptance(string Item, [property: Id(1)] ImmutableArray<ToleratedMaterial> Tolerated, [property: Id(2)] Terms? Terms = null) : Step(Item);

/// <summary>Silence for five working days is acceptance from the day of receipt (行政许可法 art. 32; domain 5.2). The system's.</summary>
/// <param name="AcceptedOn">The day of receipt.</param>
[GenerateSerializer, Immutable, Alias("agency.step.deemed-acceptance")]
public sealed record DeemedAcceptance(string Item, [property: Id(1)] DateOnly AcceptedOn, [property: Id(2)] Terms Terms) : Step(Item);

/// <summary>Tolerated materials come in.</summary>
[GenerateSerializer, Immutable, Alias("agency.step.hand-in")]
public sealed record HandIn(string Item, [property: Id(1)] ImmutableArray<SubmittedMaterial> Materials) : Step(Item);

/// <summary>不受理, 不予受理 or 退件.</summary>
/// <param name="CompetentAuthority">Who is competent, for <see cref="RefusalKind.NotCompetent"/>.</param>
[GenerateSerializer, Immutable, Alias("agency.step.application-refusal")]
public sealed record ApplicationRefusal(string Item, [property: Id(1)] RefusalKind Kind, [property: Id(2)] string? CompetentAuthority) : Step(Item);

/// <summary>特别程序开始: the clock stops.</summary>
/// <param name="AnnouncedDays">How long it will take, in working days for a working-day item, else in natural days.</param>
[GenerateSerializer, Immutable, Alias("agency.step.suspension")]
public sealed record Suspension(string Item, [property: Id(1)] string Procedure, [property: Id(2)] int AnnouncedDays) : Step(Item);

/// <summary>特别程序结束: the clock goes on when the last procedure ends.</summary>
/// <param name="Procedure">The one that ends; may be left out of a command while only one runs.</param>
[GenerateSerializer, Immutable, Alias("agency.step.resumption")]
public sealed record Resumption(string Item, [property: Id(1)] string? Procedure) : Step(Item);

/// <summary>延期: once a round, by the head of the authority, who is named in the text <see cref="GrantedBy"/>.</summary>
/// <param name="Days">In the unit of the item's limit.</param>
[GenerateSerializer, Immutable, Alias("agency.step.extension")]
public sealed record Extension(string Item, [property: Id(1)] int Days) : Step(Item)
{
    /// <summary>Name of the text that says who granted it.</summary>
    public const string GrantedBy = "grantedBy";
}

/// <summary>审批决定.</summary>
/// <param name="ValidUntil">Last day on which the result is valid; null: without end.</param>
/// <param name="Evidence">What shows it, for an item that its applicant records.</param>
/// <param name="AwaitsConfirmation">Whether the office has yet to confirm it (domain 5.1); set by the decider.</param>
[GenerateSerializer, Immutable, Alias("agency.step.decision")]
public sealed record ItemDecision(
    string Item,
    [property: Id(1)] DecisionOutcome Outcome,
    [property: Id(2)] DateOnly? ValidUntil,
    [property: Id(3)] ImmutableArray<SubmittedMaterial> Evidence,
    [property: Id(4)] bool AwaitsConfirmation = false) : Step(Item);

/// <summary>The office confirms the end that an applicant recorded.</summary>
[GenerateSerializer, Immutable, Alias("agency.step.confirmation")]
public sealed record Confirmation(string Item) : Step(Item);

/// <summary>撤件: the applicant takes the application back.</summary>
[GenerateSerializer, Immutable, Alias("agency.step.withdrawal")]
public sealed record Withdrawal(string Item) : Step(Item);

/// <summary>送达: the decision reaches the applicant; within 10 working days (行政许可法 art. 44).</summary>
[GenerateSerializer, Immutable, Alias("agency.step.delivery")]
public sealed record Delivery(string Item, [property: Id(1)] string DeliveryMethod) : Step(Item)
{
    /// <summary>Working days after the decision in which it must be delivered.</summary>
    public const int Days = 10;
}

/// <summary>撤销: the approval is taken back; what builds on it is marked.</summary>
[GenerateSerializer, Immutable, Alias("agency.step.revocation")]
public sealed record Revocation(string Item) : Step(Item);

/// <summary>Why an application is not taken on.</summary>
public enum RefusalKind
{
    /// <summary>不受理: no licence is needed.</summary>
    NotRequired,

    /// <summary>不予受理: another authority is competent, and is named.</summary>
    NotCompetent,

    /// <summary>退件: what was missing did not come by the notice's date.</summary>
    Returned,
}

public enum DecisionOutcome
{
    Approved,
    Denied,
}

/// <summary>A material that was handed in; its content stays outside (domain 13).</summary>
/// <param name="Hash">Hash of the content, if the client gives one.</param>
[GenerateSerializer, Immutable, Alias("agency.submitted-material")]
public sealed record SubmittedMaterial([property: Id(0)] string Name, [property: Id(1)] string? Hash = null);

/// <summary>A material that is owed.</summary>
/// <param name="DueOn">Last day for it; before the committed due date.</param>
[GenerateSerializer, Immutable, Alias("agency.tolerated-material")]
public sealed record ToleratedMaterial([property: Id(0)] string Material, [property: Id(1)] DateOnly DueOn);

/// <summary>What a round's clock counts by; fixed at acceptance (domain 4.2).</summary>
/// <param name="Department">Code of the department whose clock it is.</param>
/// <param name="LimitDays">In <paramref name="Unit"/>.</param>
/// <param name="MaxExtensionDays">In <paramref name="Unit"/>.</param>
/// <param name="StatutoryDays">In <paramref name="StatutoryUnit"/>; null where the law has none.</param>
[GenerateSerializer, Immutable, Alias("agency.terms")]
public sealed record Terms(
    [property: Id(0)] string Department,
    [property: Id(1)] int LimitDays,
    [property: Id(2)] DayUnit Unit,
    [property: Id(3)] int MaxExtensionDays,
    [property: Id(4)] int? StatutoryDays,
    [property: Id(5)] DayUnit? StatutoryUnit,
    [property: Id(6)] StatutoryStart StatutoryStart);
