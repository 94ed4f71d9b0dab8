using Agency.Services;

namespace Agency.Ratings;

/// <summary>What an owner rates.</summary>
public enum RatingSubject
{
    /// <summary>代办服务: what manager and clerks did for the project.</summary>
    Agency,

    /// <summary>审批服务: how the department handled an item.</summary>
    Approval,
}

/// <summary>好差评, from the best to the worst; the last two open a case.</summary>
public enum Satisfaction
{
    /// <summary>非常满意.</summary>
    VerySatisfied,

    /// <summary>满意.</summary>
    Satisfied,

    /// <summary>基本满意.</summary>
    BasicallySatisfied,

    /// <summary>不满意.</summary>
    Dissatisfied,

    /// <summary>非常不满意.</summary>
    VeryDissatisfied,
}

/// <summary>What is done about a bad rating.</summary>
public enum CaseStep
{
    /// <summary>回访: the office talks with the owner.</summary>
    CallBack,

    /// <summary>答复.</summary>
    Reply,

    /// <summary>申诉: whoever is rated objects.</summary>
    Appeal,

    /// <summary>办结.</summary>
    Closure,
}

/// <summary>What can happen to a rating 好差评 (domain 9). The same noun is what a command asks for and, once accepted, the fact that is recorded.</summary>
/// <param name="Rating">Its id, counted per project: R1, R2. Given by the decider; empty in a command that rates.</param>
[GenerateSerializer, Immutable, Alias("agency.rating-fact")]
public abstract record RatingFact([property: Id(0)] string Rating) : ServiceFact;

/// <summary>The owner rates a finished service.</summary>
/// <param name="Item">The item, of <see cref="RatingSubject.Approval"/>; null: the agency service.</param>
/// <param name="Department">Code of the department that is rated; given by the decider, null for the agency service.</param>
/// <param name="Mandate">Number of the mandate that had ended last; given by the decider, null where there was none.</param>
[GenerateSerializer, Immutable, Alias("agency.project.service-rated")]
public sealed record ServiceRated(
    string Rating,
    [property: Id(1)] RatingSubject Subject,
    [property: Id(2)] string? Item,
    [property: Id(3)] Satisfaction Satisfaction,
    [property: Id(4)] string? Department = null,
    [property: Id(5)] int? Mandate = null) : RatingFact(Rating)
{
    /// <summary>Name of the text that says why.</summary>
    public const string Comment = "comment";
}

/// <summary>A step of the case; with its text.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.rating-case-step")]
public sealed record RatingCaseStep(string Rating, [property: Id(1)] CaseStep Step) : RatingFact(Rating)
{
    /// <summary>Name of its text.</summary>
    public const string Text = "text";
}
