using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>遮蔽: the office took a free text out of the project's record (domain 3). Stored under the name of <see cref="TextName.Redaction"/>.</summary>
[GenerateSerializer, Immutable, Alias("agency.project.text-redacted")]
public sealed record TextRedacted([property: Id(0)] long Sequence, [property: Id(1)] string Text) : ProjectFact, IRedaction;
