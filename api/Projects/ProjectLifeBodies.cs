using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Api.Projects;

/// <summary>A change of the plan, with its reason.</summary>
/// <param name="Kind">What changes; it decides which of the other members are needed.</param>
/// <param name="Item">The item, for strike, restore, add and lowerLimit.</param>
/// <param name="LimitDays">The new limit, for lowerLimit.</param>
/// <param name="Condition">The condition, for answer.</param>
/// <param name="Answer">Yes or no, for answer.</param>
/// <param name="Flow">The flow, for moveFlow.</param>
/// <param name="FlowVersion">Its version, for moveFlow; left out: the one of the day.</param>
public sealed record PlanChangeBody(
    PlanChangeKind Kind,
    string? Item = null,
    int? LimitDays = null,
    string? Condition = null,
    bool? Answer = null,
    string? Flow = null,
    int? FlowVersion = null) : ReasonedBody
{
    /// <summary>The change; null if a member that its kind needs is missing, or one of another kind is there.</summary>
    internal PlanChange? ToCommand() => (this, Named()) switch
    {
        ({ Kind: PlanChangeKind.Strike, Item: { } item }, 1) => new ItemStruck(item),
        ({ Kind: PlanChangeKind.Restore, Item: { } item }, 1) => new ItemRestored(item),
        ({ Kind: PlanChangeKind.Add, Item: { } item }, 1) => new ItemAdded(item),
        ({ Kind: PlanChangeKind.LowerLimit, Item: { } item, LimitDays: { } days }, 2) => new LimitLowered(item, days),
        ({ Kind: PlanChangeKind.Answer, Condition: { } condition, Answer: { } answer }, 2) => new ConditionAnswered(condition, answer),
        ({ Kind: PlanChangeKind.MoveFlow, Flow: { } flow, FlowVersion: null }, 1) => new FlowMoved(flow, 0, [], System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty),
        ({ Kind: PlanChangeKind.MoveFlow, Flow: { } flow, FlowVersion: > 0 and var version }, 2) => new FlowMoved(flow, version, [], System.Collections.Immutable.ImmutableSortedDictionary<string, bool>.Empty),
        _ => null,
    };

    private int Named() => new object?[] { Item, LimitDays, Condition, Answer, Flow, FlowVersion }.Count(m => m is not null);
}

/// <summary>What a change of the plan changes (domain 4.2).</summary>
public enum PlanChangeKind
{
    Strike,
    Restore,
    Add,
    LowerLimit,
    Answer,
    MoveFlow,
}

/// <summary>Divides the project: one more work.</summary>
/// <param name="Name">What the work is called.</param>
public sealed record WorkBody(string? Name = null) : ReasonedBody;

/// <summary>The owner reports works finished.</summary>
/// <param name="FinishedOn">The day they were finished.</param>
/// <param name="Work">Number of the work; left out: the first.</param>
public sealed record WorksFinishedBody(DateOnly FinishedOn, int? Work = null) : ActBody;

/// <summary>Several items of a stage, applied for as one.</summary>
/// <param name="Items">Codes of ready items of the stage.</param>
/// <param name="Materials">Materials shared by all of them.</param>
public sealed record StageApplicationBody(IReadOnlyList<string> Items, IReadOnlyList<MaterialBody>? Materials = null) : ActBody;

/// <summary>What is missing of one item of a stage application.</summary>
public sealed record MissingBody(string Item, string Material);

/// <summary>What is missing of a stage application, named once and completely.</summary>
/// <param name="DueOn">The notice's date; left out: 30 natural days from now.</param>
public sealed record StageSupplementBody(IReadOnlyList<MissingBody> Missing, DateOnly? DueOn = null) : ReasonedBody;

/// <summary>Corrections that are one act, with their reason.</summary>
public sealed record CorrectionsBody(IReadOnlyList<CorrectionBody> Corrections, string Reason) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>A correction of one fact.</summary>
/// <param name="Sequence">The fact's place in the record.</param>
/// <param name="OccurredOn">The day it really happened.</param>
/// <param name="Values">Members of its data as they should be; null takes one away.</param>
/// <param name="Void">It did not happen.</param>
public sealed record CorrectionBody(
    long Sequence,
    DateOnly? OccurredOn = null,
    IReadOnlyDictionary<string, JsonElement>? Values = null,
    [property: JsonPropertyName("void")] bool Void = false)
{
    internal Correction ToFact()
    {
        try
        {
            return new(Sequence, OccurredOn, Values is null ? null : JsonSerializer.Serialize(Values, FactJson.Options), Void);
        }
        catch (JsonException)
        {
            // Strings that are no text: half a character.
            throw RequestRefusedException.At("/corrections", Refusal.Of(ProblemCodes.WrongType, ("member", "/corrections"), ("expected", "string")));
        }
    }
}
