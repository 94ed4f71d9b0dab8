using System.Collections.Immutable;
using Agency.Services;

namespace Agency.Mandates;

/// <summary>What happens to a project's mandate 代办委托 (domain 9). The same noun is what a command asks for and, once decided, the
/// fact that is recorded.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate-fact")]
public abstract record MandateFact : ServiceFact
{
    /// <summary>Document number 文号 of the paper that goes with it, if it has one.</summary>
    [Id(0)]
    public string? DocumentNumber { get; init; }
}

/// <summary>申请代办: the owner delegates, by its letter of authority 授权委托书: voluntarily, free of charge, without sub-delegation.</summary>
/// <param name="Number">Counts the project's mandates, from 1; the decider's.</param>
/// <param name="Stages">Codes of the stages that a part covers.</param>
/// <param name="Items">Codes of the items that a part covers, in every work.</param>
/// <param name="From">First day of the term; left out of a command, the day of the request.</param>
/// <param name="Until">Last day of the term.</param>
/// <param name="Consent">Whether the owner consents; without it there is no mandate.</param>
[GenerateSerializer, Immutable, Alias("agency.mandate.requested")]
public sealed record MandateRequested(
    [property: Id(0)] int Number,
    [property: Id(1)] MandateScope Scope,
    [property: Id(2)] ImmutableArray<string> Stages,
    [property: Id(3)] ImmutableArray<string> Items,
    [property: Id(4)] DateOnly? From,
    [property: Id(5)] DateOnly Until,
    [property: Id(6)] bool Consent = true) : MandateFact;

/// <summary>The office takes the mandate on; for a project that is not eligible by its level, at its discretion and with a reason.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.accepted")]
public sealed record MandateAccepted : MandateFact;

/// <summary>The office does not take it on.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.refused")]
public sealed record MandateRefused : MandateFact;

/// <summary>代办协议: owner and office have agreed, by a document with a number.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.agreed")]
public sealed record MandateAgreed : MandateFact;

/// <summary>A clerk 代办员 acts within the mandate from now on, by the plan 代办计划 that is the text <see cref="Plan"/>.</summary>
/// <param name="Agent">Opaque id of the person.</param>
[GenerateSerializer, Immutable, Alias("agency.mandate.clerk-appointed")]
public sealed record ClerkAppointed([property: Id(0)] string Agent) : MandateFact
{
    /// <summary>Name of the text that says what the clerk will do when.</summary>
    public const string Plan = "plan";
}

/// <summary>The clerk acts no longer; the mandate goes on.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.clerk-removed")]
public sealed record ClerkRemoved([property: Id(0)] string Agent) : MandateFact;

/// <summary>办结单: what was delegated is done, the materials are handed over, and the owner was called back 回访.</summary>
/// <param name="HandedOver">Names of the materials handed over.</param>
[GenerateSerializer, Immutable, Alias("agency.mandate.completed")]
public sealed record MandateCompleted([property: Id(0)] ImmutableArray<string> HandedOver) : MandateFact
{
    /// <summary>Name of the text that says what the owner said.</summary>
    public const string CallBack = "callBack";
}

/// <summary>撤销委托: the owner takes it back, at any time.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.revoked")]
public sealed record MandateRevoked : MandateFact;

/// <summary>终止代办: the office ends it.</summary>
[GenerateSerializer, Immutable, Alias("agency.mandate.terminated")]
public sealed record MandateTerminated([property: Id(0)] TerminationGround Ground) : MandateFact;

/// <summary>How much an owner delegates.</summary>
public enum MandateScope
{
    /// <summary>全程代办.</summary>
    Full,

    /// <summary>部分代办: the stages and items named.</summary>
    Part,
}

/// <summary>Why the office ends a mandate.</summary>
public enum TerminationGround
{
    /// <summary>材料虚假.</summary>
    FalseMaterial,

    /// <summary>未缴费.</summary>
    FeesUnpaid,

    /// <summary>不符合条件且无法补正.</summary>
    ConditionsNotMet,

    /// <summary>项目终止; also what the project's termination says by itself.</summary>
    ProjectEnded,
}
