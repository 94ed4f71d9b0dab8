using System.Collections.Immutable;
using Agency.EventSourcing;
using Microsoft.Extensions.Logging;

namespace Agency.Departments;

[GrainType("agency.departments")]
internal sealed class DepartmentsGrain(DepartmentCodes codes, IEventStore store, TimeProvider clock, ILogger<DepartmentsGrain> logger)
    : StreamGrain<DepartmentFact, DepartmentNames>(store, clock, logger), IDepartmentsGrain
{
    protected override StreamId Stream { get; } = new(DepartmentFact.Kind, "all");

    protected override StreamFold<DepartmentFact, DepartmentNames> Fold => DepartmentNames.Fold;

    public Task<Answer<Department>> Rename(string code, string name, string? shortName, Act act) => Execute(
        act,
        (state, moment) => DepartmentNames.Decide(state, codes, new(code, name, shortName), act, moment),
        state =>
        {
            var named = state.Of(codes.Find(code)!);
            return (named.Department, named.Version);
        });

    public Task<ImmutableArray<Department>> List() => Task.FromResult<ImmutableArray<Department>>([.. codes.All.Select(d => State.Of(d).Department)]);

    public Task<NamedDepartment?> Get(string code) => Task.FromResult(codes.Find(code) is { } department ? State.Of(department) : null);
}
