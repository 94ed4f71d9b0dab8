using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Departments;

/// <summary>What departments are called; one grain, its key is <see cref="Key"/>. Which there are follows from data/ alone.</summary>
[Alias("agency.departments"), GrainInterfaceType("agency.departments")]
public interface IDepartmentsGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "departments";

    /// <summary>Gives a department another name.</summary>
    /// <param name="shortName">The name for lists; null: the one that follows from data/.</param>
    /// <returns>The department; refusals <c>department-not-found</c>, <c>invalid-department</c>.</returns>
    [Alias("rename")]
    Task<Answer<Department>> Rename(string code, string name, string? shortName, Act act);

    /// <summary>All departments as they are called now.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<Department>> List();

    /// <summary>A department with the version of its last renaming (0: none); a view of null if there is none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<NamedDepartment?> Get(string code);
}

/// <summary>A department as it is called now.</summary>
/// <param name="Version">Version of the last fact that renamed it; 0: it has the name of data/.</param>
[GenerateSerializer, Immutable, Alias("agency.named-department")]
public sealed record NamedDepartment([property: Id(0)] Department Department, [property: Id(1)] long Version);
