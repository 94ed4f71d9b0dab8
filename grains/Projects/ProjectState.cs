using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What a project's stream has come to: the fold of its facts, those of the project in recorded order, the steps of each item by (day, version).</summary>
public sealed record ProjectState
{
    public static ProjectState None { get; } = new();

    /// <summary>Every fact, as recorded.</summary>
    public ImmutableArray<Entry<ProjectFact>> Entries { get; private init; } = [];

    /// <summary>Null while the code is not registered.</summary>
    public ProjectRegistered? Registration { get; private init; }

    public DateOnly RegisteredOn { get; private init; }

    /// <summary>The descriptive members as they stand; null while the code is not registered.</summary>
    public ProjectDetails? Details { get; private init; }

    /// <summary>The project that the code leads to, where it is only an alias.</summary>
    public string? AliasOf { get; private init; }

    /// <summary>The items that have steps.</summary>
    public ImmutableSortedDictionary<string, ItemState> Items { get; private init; } = ImmutableSortedDictionary.Create<string, ItemState>(StringComparer.Ordinal);

    /// <summary>The stages that are reached, with the first day at whose end they were.</summary>
    public ImmutableSortedDictionary<string, DateOnly> Reached { get; private init; } = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    public DateOnly? CompletedOn { get; private init; }

    /// <summary>Version of the stream.</summary>
    public long Version => Entries.Length;

    public ProjectStatus Status => CompletedOn is null ? ProjectStatus.Active : ProjectStatus.Completed;

    public ItemState Item(string code) => Items.GetValueOrDefault(code) ?? ItemState.New(code);

    public ProjectState With(IReadOnlyList<Entry<ProjectFact>> entries) =>
        entries.Aggregate(this with { Entries = Entries.AddRange(entries) }, Evolve);

    /// <summary>The state as it is shown: with a fact that a rule has made true and nobody has recorded yet.</summary>
    public ProjectState Looking(Entry<ProjectFact> unrecorded) => Evolve(this, unrecorded);

    private static ProjectState Evolve(ProjectState state, Entry<ProjectFact> entry) => entry.Fact switch
    {
        ProjectRegistered fact => state with { Registration = fact, Details = fact.Details, RegisteredOn = entry.OccurredOn },
        DetailsChanged fact => state with { Details = fact.Details },
        AliasGiven fact => state with { AliasOf = fact.Project },
        AliasReleased => state with { AliasOf = null },
        StageReached fact => state with { Reached = state.Reached.SetItem(fact.Stage, entry.OccurredOn) },
        ProjectCompleted => state with { CompletedOn = entry.OccurredOn },
        Step step => state with { Items = state.Items.SetItem(step.Item, state.Item(step.Item).With(entry)) },
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}
