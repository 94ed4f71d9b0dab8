using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.EventSourcing;
using Agency.Problems;

namespace Agency.Api.Problems;

/// <summary>A problem.</summary>
/// <param name="Category">Code of its category (GET /catalogue/service).</param>
/// <param name="Description">What the problem is.</param>
/// <param name="Item">Code of the item that it is about; left out: the project as a whole.</param>
/// <param name="Level">Who has to solve it; left out: the manager. The owner can raise it to the manager alone.</param>
/// <param name="PersonInCharge">Opaque id of the person.</param>
/// <param name="DueOn">Last day at this level, not after the one that the level gives; left out: that one.</param>
public sealed record ProblemBody(string Category, string Description, string? Item = null, ProblemLevel? Level = null, string? PersonInCharge = null, DateOnly? DueOn = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ProblemRaised.Description, Description)];
}

/// <summary>The problem goes to a higher level.</summary>
/// <param name="Level">Which; left out: the next one.</param>
/// <param name="Reason">Why.</param>
public sealed record EscalationBody(string Reason, ProblemLevel? Level = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>What is done about the problem.</summary>
/// <param name="PersonInCharge">Opaque id of who is in charge from now on; left out: as before.</param>
/// <param name="DueOn">Last day at this level from now on, not after the one that the level gives; left out: as before.</param>
public sealed record CountermeasureBody(string Text, string? PersonInCharge = null, DateOnly? DueOn = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(CountermeasureTaken.Text, Text)];
}

/// <summary>The problem is solved.</summary>
/// <param name="Evidence">What shows it; at least one.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record ProblemClosureBody(IReadOnlyList<MaterialBody> Evidence, string Outcome) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ProblemClosed.Outcome, Outcome)];
}
