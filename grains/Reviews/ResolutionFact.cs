using System.Collections.Immutable;
using Agency.Approvals;

namespace Agency.Reviews;

/// <summary>What can happen to a resolution of a session, once that has concluded.</summary>
/// <param name="Resolution">Its number in the session, from 1.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-fact")]
public abstract record ResolutionFact([property: Id(0)] int Resolution) : ReviewFact;

/// <summary>签收: the lead unit has it.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.received")]
public sealed record ResolutionReceived(int Resolution) : ResolutionFact(Resolution);

/// <summary>The lead unit asks for more time, for a reason, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.extension-requested")]
public sealed record ResolutionExtensionRequested(int Resolution, [property: Id(1)] DateOnly DueDate) : ResolutionFact(Resolution);

/// <summary>延期: once, with the chair's consent.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.extended")]
public sealed record ResolutionExtended(int Resolution, [property: Id(1)] DateOnly DueDate) : ResolutionFact(Resolution);

/// <summary>The steps by which an overdue resolution is chased, each after the one before.</summary>
public enum LadderStep
{
    /// <summary>催办.</summary>
    Urge,

    /// <summary>督办单.</summary>
    SupervisionNotice,

    /// <summary>通报.</summary>
    Circular,

    /// <summary>约谈.</summary>
    Interview,
}

/// <summary>It is chased.</summary>
/// <param name="Step">Left out of a command: the next.</param>
/// <param name="DocumentNumber">文号 of the paper that went out.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution.urged")]
public sealed record ResolutionUrged(int Resolution, [property: Id(1)] LadderStep? Step, [property: Id(2)] string? DocumentNumber = null) : ResolutionFact(Resolution);

/// <summary>What has been done so far, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.progressed")]
public sealed record ResolutionProgressed(int Resolution) : ResolutionFact(Resolution);

/// <summary>办结: it is done, as evidence shows.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.completed")]
public sealed record ResolutionCompleted(int Resolution, [property: Id(1)] ImmutableArray<SubmittedMaterial> Evidence) : ResolutionFact(Resolution);

/// <summary>退回: the office does not find it done, for a reason, a text.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.returned")]
public sealed record ResolutionReturned(int Resolution) : ResolutionFact(Resolution);

/// <summary>销号: the office confirms that it is done; it is closed.</summary>
[GenerateSerializer, Immutable, Alias("agency.resolution.confirmed")]
public sealed record ResolutionConfirmed(int Resolution) : ResolutionFact(Resolution);
