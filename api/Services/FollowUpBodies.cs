using Agency.Api.Approvals;
using Agency.Api.Http;

namespace Agency.Api.Services;

/// <summary>A follow-up is done.</summary>
/// <param name="Evidence">What shows it; at least one.</param>
public sealed record FollowUpCompletionBody(IReadOnlyList<MaterialBody> Evidence) : ActBody;
