using Agency.Projects;

namespace Agency.Services;

/// <summary>What concerns the service to a project and none of its approvals: its manager, mandate, problems, visits, coordination and
/// ratings (domain 9, 10). Such facts are folded in recorded order and never corrected: what was wrong is ended and entered anew.</summary>
[GenerateSerializer, Immutable, Alias("agency.service-fact")]
public abstract record ServiceFact : ProjectFact;
