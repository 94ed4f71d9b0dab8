using System.Collections.Immutable;
using Agency.Api.Http;
using Agency.Approvals;
using Agency.EventSourcing;

namespace Agency.Api.Approvals;

/// <summary>The body of a step that needs a reason.</summary>
public record ReasonedBody : StepBody
{
    /// <summary>Why; free text that the record can lose without being broken.</summary>
    public string? Reason { get; init; }

    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>A material that is handed in.</summary>
/// <param name="Name">Its name, as the item's list of materials has it.</param>
/// <param name="Hash">Hash of the content, which itself stays outside.</param>
public sealed record MaterialBody(string Name, string? Hash = null);

/// <summary>Materials that come in.</summary>
public sealed record MaterialsBody(IReadOnlyList<MaterialBody> Materials) : StepBody
{
    internal static ImmutableArray<SubmittedMaterial> Of(IEnumerable<MaterialBody>? materials) => [.. (materials ?? []).Select(m => new SubmittedMaterial(m.Name, m.Hash))];
}

/// <summary>What is missing, named once and completely.</summary>
/// <param name="DueOn">The notice's date; left out: 30 natural days from now.</param>
public sealed record SupplementRequestBody(IReadOnlyList<string> Missing, DateOnly? DueOn = null) : ReasonedBody;

/// <summary>A material that is owed, and its last day.</summary>
public sealed record ToleratedBody(string Material, DateOnly DueOn);

/// <summary>The department takes the application on.</summary>
/// <param name="Tolerated">Non-essential materials that may come later.</param>
public sealed record AcceptanceBody(IReadOnlyList<ToleratedBody>? Tolerated = null) : StepBody;

/// <summary>The application is not taken on.</summary>
/// <param name="CompetentAuthority">Who is competent; required for <c>notCompetent</c>.</param>
public sealed record RefusalBody(RefusalKind Kind, string? CompetentAuthority = null) : ReasonedBody;

/// <summary>The clock stops for a procedure.</summary>
/// <param name="Procedure">Code of the procedure (GET /catalogue/procedures).</param>
/// <param name="AnnouncedDays">How long it will take, in the unit of the item's limit.</param>
public sealed record SuspensionBody(string Procedure, int AnnouncedDays) : ReasonedBody;

/// <summary>A procedure ends.</summary>
/// <param name="Procedure">Which; may be left out while only one runs.</param>
public sealed record ResumptionBody(string? Procedure = null) : StepBody;

/// <summary>The limit is extended.</summary>
/// <param name="Days">In the unit of the item's limit.</param>
/// <param name="GrantedBy">The head of the authority who granted it.</param>
public sealed record ExtensionBody(int Days, string GrantedBy) : ReasonedBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [.. base.Texts(), (Extension.GrantedBy, GrantedBy)];
}

/// <summary>The decision.</summary>
/// <param name="ValidUntil">Last day on which the result is valid.</param>
/// <param name="Evidence">What shows it, for an item whose applicant records its end.</param>
public sealed record DecisionBody(DecisionOutcome Outcome, DateOnly? ValidUntil = null, IReadOnlyList<MaterialBody>? Evidence = null) : ReasonedBody;

/// <summary>The decision is delivered.</summary>
/// <param name="DeliveryMethod">How: by hand, by mail, online.</param>
public sealed record DeliveryBody(string DeliveryMethod) : StepBody;
