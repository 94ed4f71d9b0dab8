using System.Collections.Immutable;
using Agency.Departments;

namespace Agency.Projects;

/// <summary>Registers a major project 重大项目 (domain 4.1); the office's.</summary>
/// <param name="Code">Project code, new or old form, kept as written.</param>
/// <param name="Flow">Code of the flow; its version is the one of the registration's day.</param>
/// <param name="ItemAuthorities">Items that others than <paramref name="Authority"/>'s organs handle.</param>
/// <param name="Answers">Conditions answered so far, by code.</param>
[GenerateSerializer, Immutable, Alias("agency.register-project")]
public sealed record RegisterProject(
    [property: Id(0)] string Code,
    [property: Id(1)] string Flow,
    [property: Id(2)] string District,
    [property: Id(3)] Authority Authority,
    [property: Id(4)] ImmutableSortedDictionary<string, Authority> ItemAuthorities,
    [property: Id(5)] ImmutableSortedDictionary<string, bool> Answers,
    [property: Id(6)] ProjectDetails Details);
