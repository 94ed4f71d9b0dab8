using System.Collections.Immutable;
using Agency.Clocks;

namespace Agency.Approvals;

/// <summary>The states of an item (domain 5).</summary>
public enum ItemStatus
{
    Undetermined,
    NotApplicable,
    NotReady,
    Ready,
    Submitted,
    SupplementRequested,
    Accepted,
    Suspended,
    Approved,
    Denied,
    Refused,
    Withdrawn,
    Revoked,
}

/// <summary>An item of a project's plan, as clients see it (api.md).</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="Work">Number of the work that the item belongs to; null: the project as a whole.</param>
/// <param name="Department">Code of the department that handles it.</param>
/// <param name="Condition">The question that decides whether it applies.</param>
/// <param name="Prerequisites">Codes of its effective prerequisites.</param>
/// <param name="TolerantPrerequisites">Those of them for which only its approval waits.</param>
/// <param name="BasisChanged">Whether something that it builds on was revoked after it was applied for.</param>
/// <param name="MissingPrerequisites">Those of them that are not approved yet.</param>
[GenerateSerializer, Immutable, Alias("agency.item-view")]
public sealed record ItemView(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string? NameEn,
    [property: Id(3)] string Stage,
    [property: Id(4)] int? Work,
    [property: Id(5)] string Department,
    [property: Id(6)] ItemStatus State,
    [property: Id(7)] long Version,
    [property: Id(8)] string? Condition,
    [property: Id(9)] bool CountsInTotal,
    [property: Id(10)] bool Milestone,
    [property: Id(11)] ImmutableArray<string> Prerequisites,
    [property: Id(12)] ImmutableArray<string> TolerantPrerequisites,
    [property: Id(13)] ImmutableArray<string> MissingPrerequisites,
    [property: Id(14)] Clock Clock,
    [property: Id(15)] ImmutableArray<RoundView> Rounds,
    [property: Id(16)] bool BasisChanged);

/// <summary>One application for an item.</summary>
/// <param name="AnswerDueOn">While an answer is awaited: the last day for it, W of domain 5.2.</param>
/// <param name="AcceptedBySystem">Whether silence was acceptance; also shown while that is not recorded yet.</param>
/// <param name="DeliveryDueOn">Last day for the delivery of an approval that is not delivered yet.</param>
/// <param name="Application">Number of the stage application that it came with.</param>
/// <param name="EndedOn">Day of the decision, refusal or withdrawal.</param>
/// <param name="AwaitsConfirmation">Whether the office has yet to confirm the applicant's record.</param>
[GenerateSerializer, Immutable, Alias("agency.round-view")]
public sealed record RoundView(
    [property: Id(0)] int Round,
    [property: Id(1)] RoundStatus Status,
    [property: Id(2)] DateOnly SubmittedOn,
    [property: Id(3)] DateOnly ReceivedOn,
    [property: Id(4)] DateOnly? AnswerDueOn,
    [property: Id(5)] DateOnly? SupplementRequestedOn,
    [property: Id(6)] DateOnly? SupplementDueOn,
    [property: Id(7)] ImmutableArray<string> Missing,
    [property: Id(8)] DateOnly? AcceptedOn,
    [property: Id(9)] bool AcceptedBySystem,
    [property: Id(10)] ImmutableArray<SuspensionView> Suspensions,
    [property: Id(11)] int ExtensionDays,
    [property: Id(12)] ImmutableArray<ToleratedView> Tolerated,
    [property: Id(13)] DateOnly? DecidedOn,
    [property: Id(14)] DateOnly? EndedOn,
    [property: Id(15)] string? DecisionNumber,
    [property: Id(16)] DateOnly? ValidUntil,
    [property: Id(17)] bool AwaitsConfirmation,
    [property: Id(18)] DateOnly? DeliveredOn,
    [property: Id(19)] DateOnly? DeliveryDueOn,
    [property: Id(20)] DateOnly? RevokedOn,
    [property: Id(21)] int? Application,
    [property: Id(22)] ImmutableArray<NumberedNotice> Notices);

/// <summary>A numbered paper of a round: 收件凭证, 受理通知书, 补正告知书, 决定书, 送达回证, …</summary>
/// <param name="Step">The step that it goes with, by its name in the record.</param>
[GenerateSerializer, Immutable, Alias("agency.numbered-notice")]
public sealed record NumberedNotice([property: Id(0)] string Step, [property: Id(1)] string Number, [property: Id(2)] DateOnly On);

[GenerateSerializer, Immutable, Alias("agency.suspension-view")]
public sealed record SuspensionView(
    [property: Id(0)] string Procedure,
    [property: Id(1)] string? Reason,
    [property: Id(2)] int AnnouncedDays,
    [property: Id(3)] DateOnly SuspendedOn,
    [property: Id(4)] DateOnly? AnnouncedEnd,
    [property: Id(5)] DateOnly? ResumedOn);

[GenerateSerializer, Immutable, Alias("agency.tolerated-view")]
public sealed record ToleratedView([property: Id(0)] string Material, [property: Id(1)] DateOnly DueOn, [property: Id(2)] DateOnly? HandedInOn);
