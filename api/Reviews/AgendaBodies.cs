using Agency.Api.Approvals;
using Agency.Api.Forecasts;
using Agency.Api.Http;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reviews;

namespace Agency.Api.Reviews;

/// <summary>An entry for the agenda.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Wanted">The decision that is wanted.</param>
/// <param name="Project">Code of the project that it is about.</param>
/// <param name="Item">Code of an item of it.</param>
/// <param name="Problem">Id of a problem of it.</param>
/// <param name="Resolution">Id of an earlier session's resolution that it is about.</param>
/// <param name="Departments">Codes of the departments concerned; left out: the item's.</param>
/// <param name="Materials">What is to be read for it.</param>
/// <param name="Rule">The rule that proposed it.</param>
/// <param name="Scenario">What would be so if it is adopted, as in a forecast: its promised decisions become resolutions then.</param>
/// <param name="DeferredFrom">The entry of an earlier session that was deferred and is taken up by this one, as it is proposed: <c>r1f0c/E3</c>.</param>
/// <param name="Reason">Why departments are told of it later than is due; free text.</param>
public sealed record AgendaEntryBody(
    string Question,
    string? Wanted = null,
    string? Project = null,
    string? Item = null,
    string? Problem = null,
    string? Resolution = null,
    IReadOnlyList<string>? Departments = null,
    IReadOnlyList<MaterialBody>? Materials = null,
    AgendaRule? Rule = null,
    ScenarioBody? Scenario = null,
    string? DeferredFrom = null,
    string? Reason = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ReviewFact.Question, Question), (ReviewFact.Wanted, Wanted), (Act.Reason, Reason)];

    internal AgendaSubject ToSubject() =>
        new(Project, Item, Problem, Resolution, [.. Departments ?? []], MaterialsBody.Of(Materials), Rule, Scenario?.ToScenario(), DeferredFrom);
}

/// <summary>Members of an entry to change (RFC 7396): what is left out stays, null takes away.</summary>
public sealed record AgendaEntryPatchBody : ActBody
{
    public Optional<string> Question { get; init; }

    public Optional<string?> Wanted { get; init; }

    public Optional<string?> Project { get; init; }

    public Optional<string?> Item { get; init; }

    public Optional<string?> Problem { get; init; }

    public Optional<string?> Resolution { get; init; }

    public Optional<IReadOnlyList<string>> Departments { get; init; }

    public Optional<IReadOnlyList<MaterialBody>> Materials { get; init; }

    public Optional<ScenarioBody?> Scenario { get; init; }

    public Optional<string?> DeferredFrom { get; init; }

    /// <summary>Why departments are told of the change later than is due; free text.</summary>
    public string? Reason { get; init; }

    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];

    internal EntryPatch ToCommand() => new()
    {
        Question = Question.IsSet ? new(true, Question.Value ?? "") : default,
        Wanted = Wanted,
        Project = Project,
        Item = Item,
        Problem = Problem,
        Resolution = Resolution,
        Departments = Departments.IsSet ? new(true, [.. Departments.Value ?? []]) : new(false, []),
        Materials = Materials.IsSet ? new(true, MaterialsBody.Of(Materials.Value)) : new(false, []),
        DeferredFrom = DeferredFrom,
        Scenario = Scenario.IsSet ? new(true, Scenario.Value?.ToScenario()) : default,
    };
}
