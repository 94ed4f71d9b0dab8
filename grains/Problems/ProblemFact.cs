using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Services;

namespace Agency.Problems;

/// <summary>Who has to solve a problem; each level has its working days (data/service.json).</summary>
public enum ProblemLevel
{
    /// <summary>项目服务经理.</summary>
    Manager,

    /// <summary>项目服务处.</summary>
    Office,

    /// <summary>联席会议: on the next session's proposed agenda.</summary>
    JointReview,

    /// <summary>市领导: from here it rises no further.</summary>
    CityLeadership,
}

/// <summary>What can happen to a problem 存在问题 of a project (domain 10). The same noun is what a command asks for and, once accepted, the
/// fact that is recorded.</summary>
/// <param name="Problem">Its id, counted per project: P1, P2. Given by the decider; empty in a command that raises one.</param>
[GenerateSerializer, Immutable, Alias("agency.problem-fact")]
public abstract record ProblemFact([property: Id(0)] string Problem) : ServiceFact;

/// <summary>A problem is raised: by a person, who describes it, or by the system, because a revocation has changed the basis of <paramref name="Affected"/>.</summary>
/// <param name="Item">The item that it is about; null: the project as a whole.</param>
/// <param name="Category">Code of data/service.json.</param>
/// <param name="PersonInCharge">Opaque id of the person.</param>
/// <param name="DueOn">Last day at this level; null: as the level has it.</param>
/// <param name="Affected">Items applied for whose basis was <paramref name="Item"/>'s approval.</param>
[GenerateSerializer, Immutable, Alias("agency.project.problem-raised")]
public sealed record ProblemRaised(
    string Problem,
    [property: Id(1)] string? Item,
    [property: Id(2)] string Category,
    [property: Id(3)] ProblemLevel Level,
    [property: Id(4)] string? PersonInCharge,
    [property: Id(5)] DateOnly? DueOn,
    [property: Id(6)] ImmutableArray<string> Affected) : ProblemFact(Problem)
{
    /// <summary>Name of the text that describes it.</summary>
    public const string Description = "description";
}

/// <summary>Past due it has risen by itself, on the day after its due date. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.problem-risen")]
public sealed record ProblemRisen(string Problem, [property: Id(1)] ProblemLevel Level) : ProblemFact(Problem);

/// <summary>上报: it goes to a higher level before it is past due; with its reason.</summary>
/// <param name="Level">A higher level; left out of a command: the next one.</param>
[GenerateSerializer, Immutable, Alias("agency.project.problem-escalated")]
public sealed record ProblemEscalated(string Problem, [property: Id(1)] ProblemLevel? Level) : ProblemFact(Problem);

/// <summary>措施: what is done about it; the text says what.</summary>
/// <param name="PersonInCharge">Who is in charge from now on; null: as before.</param>
/// <param name="DueOn">Last day at this level from now on; null: as before.</param>
[GenerateSerializer, Immutable, Alias("agency.project.countermeasure-taken")]
public sealed record CountermeasureTaken(string Problem, [property: Id(1)] string? PersonInCharge, [property: Id(2)] DateOnly? DueOn) : ProblemFact(Problem)
{
    /// <summary>Name of the text that says what.</summary>
    public const string Text = "text";
}

/// <summary>销号: it is solved, as the evidence shows; for ever.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.problem-closed")]
public sealed record ProblemClosed(string Problem, [property: Id(1)] ImmutableArray<SubmittedMaterial> Evidence) : ProblemFact(Problem)
{
    /// <summary>Name of the text that says how it ended.</summary>
    public const string Outcome = "outcome";
}
