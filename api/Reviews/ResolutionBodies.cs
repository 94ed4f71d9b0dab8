using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.EventSourcing;
using Agency.Reviews;

namespace Agency.Api.Reviews;

/// <summary>The resolution is signed for.</summary>
public sealed record ReceiptBody : ActBody;

/// <summary>More time: asked for by the lead unit, or granted by who chairs the session.</summary>
/// <param name="DueDate">The new last day, later than the one that it has.</param>
/// <param name="Reason">Why; needed unless it is granted as it was asked for.</param>
public sealed record ResolutionExtensionBody(DateOnly DueDate, string? Reason = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>The resolution is chased.</summary>
/// <param name="Step">Which step of the ladder, so that it is not taken twice; left out: the next.</param>
/// <param name="DocumentNumber">The number 文号 of the paper that went out.</param>
public sealed record UrgingBody(LadderStep? Step = null, string? DocumentNumber = null) : ActBody;

/// <summary>How far it is.</summary>
/// <param name="Progress">What has been done so far.</param>
public sealed record ResolutionProgressBody(string Progress) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ReviewFact.Progress, Progress)];
}

/// <summary>It is done.</summary>
/// <param name="Evidence">What shows it; at least one.</param>
public sealed record ResolutionCompletionBody(IReadOnlyList<MaterialBody> Evidence) : ActBody;

/// <summary>The office does not find it done.</summary>
/// <param name="Reason">What is lacking.</param>
public sealed record ReturnBody(string Reason) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>The office finds it done.</summary>
public sealed record ResolutionConfirmationBody : ActBody;
