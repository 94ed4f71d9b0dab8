using System.Collections.Immutable;
using Agency.Services;

namespace Agency.Coordination;

/// <summary>Kinds of coordination (domain 10).</summary>
public enum CoordinationKind
{
    /// <summary>提前介入.</summary>
    EarlyInvolvement,

    /// <summary>现场办公.</summary>
    OnSite,

    /// <summary>不定期协调.</summary>
    AdHoc,

    /// <summary>并联审批前期辅导会: the owner can ask for it.</summary>
    Coaching,
}

/// <summary>What can happen to a coordination 协调. The same noun is what a command asks for and, once accepted, the fact that is recorded.</summary>
/// <param name="Coordination">Its id, counted per project: C1, C2. Given by the decider.</param>
[GenerateSerializer, Immutable, Alias("agency.coordination-fact")]
public abstract record CoordinationFact([property: Id(0)] string Coordination) : ServiceFact
{
    /// <summary>Name of the text that says where it was.</summary>
    public const string PlaceText = "place";

    /// <summary>Name of the text that says what it is about.</summary>
    public const string Topic = "topic";

    /// <summary>Name of the text that says what was concluded.</summary>
    public const string Conclusions = "conclusions";

    /// <summary>Name, within a follow-up, of the text that says what is to be done.</summary>
    public const string Action = "action";
}

/// <summary>The owner asks for coaching.</summary>
/// <param name="Day">The day that it would like.</param>
/// <param name="Departments">Codes of the departments that it would like to meet.</param>
[GenerateSerializer, Immutable, Alias("agency.project.coordination-requested")]
public sealed record CoordinationRequested(
    string Coordination,
    [property: Id(1)] CoordinationKind Kind,
    [property: Id(2)] DateOnly? Day,
    [property: Id(3)] ImmutableArray<string> Departments) : CoordinationFact(Coordination);

/// <summary>It was held; with its conclusions.</summary>
/// <param name="Coordination">In a command the id of the request that it answers, or empty.</param>
/// <param name="Day">Left out of a command: the command's day.</param>
/// <param name="Place">Of facts from before the place was a text beside them, which are read for ever; null in what is recorded.</param>
/// <param name="Departments">Codes of the departments that took part.</param>
[GenerateSerializer, Immutable, Alias("agency.project.coordination-held")]
public sealed record CoordinationHeld(
    string Coordination,
    [property: Id(1)] CoordinationKind Kind,
    [property: Id(2)] DateOnly? Day,
    [property: Id(3)] string? Place,
    [property: Id(4)] ImmutableArray<string> Departments,
    [property: Id(5)] ImmutableArray<FollowUp> FollowUps) : CoordinationFact(Coordination);
