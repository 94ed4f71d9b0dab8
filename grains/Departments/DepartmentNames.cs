using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Departments;

/// <summary>What happens to departments.</summary>
public abstract record DepartmentFact
{
    private DepartmentFact()
    {
    }

    /// <summary>A department is called otherwise.</summary>
    /// <param name="ShortName">Null: the one that follows from data/.</param>
    public sealed record Renamed(string Code, string Name, string? ShortName) : DepartmentFact;

    /// <summary>The kind of the one stream.</summary>
    internal const string Kind = "departments";

    public static FactCodec<DepartmentFact> Codec { get; } = new(("department-renamed", typeof(Renamed)));
}

/// <summary>The names that differ from data/, and the decider that gives them.</summary>
/// <param name="Recorded">How many facts there are.</param>
/// <param name="Names">Each renamed department's last renaming, and the version of that fact.</param>
internal sealed record DepartmentNames(long Recorded, ImmutableSortedDictionary<string, (DepartmentFact.Renamed Fact, long Version)> Names)
{
    private const int MaxName = 100;

    public static DepartmentNames Initial { get; } = new(0, ImmutableSortedDictionary.Create<string, (DepartmentFact.Renamed, long)>(StringComparer.Ordinal));

    public static StreamFold<DepartmentFact, DepartmentNames> Fold { get; } = new(
        DepartmentFact.Kind,
        DepartmentFact.Codec,
        Initial,
        (state, entries) => entries.Aggregate(state, Evolve),
        state => JsonSerializer.SerializeToUtf8Bytes(state.Names.ToDictionary(n => n.Key, n => n.Value.Fact.Name), FactJson.Options));

    /// <summary>The department as it is called now.</summary>
    public NamedDepartment Of(Department department) => Names.TryGetValue(department.Code, out var renamed)
        ? new(department with { Name = renamed.Fact.Name, ShortName = renamed.Fact.ShortName ?? department.ShortName }, renamed.Version)
        : new(department, 0);

    public static Decision<DepartmentFact> Decide(DepartmentNames state, DepartmentCodes codes, DepartmentFact.Renamed renaming, Act act, Moment moment)
    {
        if (codes.Find(renaming.Code) is not { } department) return Refusal.Of("department-not-found", ("code", renaming.Code));
        Fault[] faults = [.. Check("/name", renaming.Name), .. Check("/shortName", renaming.ShortName)];
        if (faults.Length > 0) return Refusal.Of("invalid-department", faults);
        var now = state.Of(department);
        if (act.IfVersion is { } expected && expected != now.Version) return Refusal.Of(Refusals.VersionMismatch);
        if (now.Department == department with { Name = renaming.Name, ShortName = renaming.ShortName ?? department.ShortName }) return ImmutableArray<Entry<DepartmentFact>>.Empty;
        return new Entry<DepartmentFact>(state.Recorded + 1, renaming, moment.Now, moment.Today, act.Actor, null, act.CommandId, null, ImmutableSortedDictionary<string, string?>.Empty);
    }

    private static DepartmentNames Evolve(DepartmentNames state, Entry<DepartmentFact> entry) => entry.Fact switch
    {
        DepartmentFact.Renamed renamed => new(entry.Version, state.Names.SetItem(renamed.Code, (renamed, entry.Version))),
        _ => throw new NotSupportedException($"{entry.Fact.GetType().Name} is no fact of departments."),
    };

    private static IEnumerable<Fault> Check(string at, string? name) =>
        name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl)) ? [Fault.Of(at, "bad-name", ("max", MaxName))] : [];
}
