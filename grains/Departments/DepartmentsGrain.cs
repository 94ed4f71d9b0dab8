using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;
using Microsoft.Extensions.Logging;

namespace Agency.Departments;

[GrainType("agency.departments")]
internal sealed class DepartmentsGrain(DepartmentCodes codes, IEventStore store, TimeProvider clock, ILogger<DepartmentsGrain> logger)
    : StreamGrain<DepartmentFact, DepartmentNames>(store, clock, DepartmentFact.Codec, logger), IDepartmentsGrain
{
    protected override StreamId Stream { get; } = new("departments", "all");

    protected override DepartmentNames Initial => DepartmentNames.Initial;

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

    protected override DepartmentNames Evolve(DepartmentNames state, IReadOnlyList<Entry<DepartmentFact>> entries) => entries.Aggregate(state, DepartmentNames.Evolve);

    protected override ReadOnlyMemory<byte> Summarise(DepartmentNames state) =>
        JsonSerializer.SerializeToUtf8Bytes(state.Names.ToDictionary(n => n.Key, n => n.Value.Fact.Name), FactJson.Options);
}
