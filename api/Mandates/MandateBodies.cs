using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Mandates;

namespace Agency.Api.Mandates;

/// <summary>First and last day of a mandate.</summary>
/// <param name="From">Left out: the day of the request.</param>
public sealed record TermBody(DateOnly Until, DateOnly? From = null);

/// <summary>What the owner delegates.</summary>
/// <param name="Consent">Whether the owner consents: a mandate is voluntary and free.</param>
/// <param name="Term">Its term; outside it it covers nothing.</param>
/// <param name="Stages">Codes of the stages, for a part.</param>
/// <param name="Items">Codes of the items, for a part; in every work.</param>
public sealed record MandateRequestBody(MandateScope Scope, bool Consent, TermBody Term, IReadOnlyList<string>? Stages = null, IReadOnlyList<string>? Items = null) : StepBody
{
    internal MandateRequested ToFact() => new(0, Scope, [.. Stages ?? []], [.. Items ?? []], Term.From, Term.Until, Consent) { DocumentNumber = DocumentNumber };
}

/// <summary>A clerk of the mandate.</summary>
/// <param name="Plan">What the clerk will do when 代办计划.</param>
public sealed record ClerkBody(string? Plan = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ClerkAppointed.Plan, Plan)];
}

/// <summary>What was delegated is done.</summary>
/// <param name="CallBack">What the owner said when called back 回访.</param>
/// <param name="HandedOver">Names of the materials handed over.</param>
public sealed record MandateCompletionBody(string? CallBack = null, IReadOnlyList<string>? HandedOver = null) : StepBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(MandateCompleted.CallBack, CallBack)];
}

/// <summary>The office ends the mandate.</summary>
/// <param name="Ground">On which ground; the reason says more.</param>
public sealed record MandateTerminationBody(TerminationGround Ground) : ReasonedBody;
