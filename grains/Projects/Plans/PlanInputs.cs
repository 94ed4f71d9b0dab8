using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Projects.Plans;

/// <summary>All that a project's plan follows from, as its plan facts leave it. Compared by reference: a change makes a new one.</summary>
public sealed class PlanInputs
{
    /// <summary>The first work; its items keep their plain codes.</summary>
    public const int FirstWork = 1;

    private PlanInputs(ProjectRegistered registration) =>
        (Flow, FlowVersion, Answers) = (registration.Flow, registration.FlowVersion, registration.Answers.ToImmutableDictionary(StringComparer.Ordinal));

    private PlanInputs(PlanInputs from) =>
        (Flow, FlowVersion, Answers, Struck, Added, Kept, Lowered, Works) =
        (from.Flow, from.FlowVersion, from.Answers, from.Struck, from.Added, from.Kept, from.Lowered, from.Works);

    public string Flow { get; private init; }

    public int FlowVersion { get; private init; }

    public ImmutableDictionary<string, bool> Answers { get; private init; }

    /// <summary>Codes of struck items and instances.</summary>
    public ImmutableHashSet<string> Struck { get; private init; } = [];

    public ImmutableArray<AddedItem> Added { get; private init; } = [];

    /// <summary>Items and instances that have steps and that the plan would lack otherwise, on a day before it was given them; they apply.</summary>
    public ImmutableArray<FlowItem> Kept { get; private init; } = [];

    /// <summary>Lowered limits in recorded order, each for acceptances on or after its day.</summary>
    public ImmutableArray<(string Item, DateOnly From, int LimitDays)> Lowered { get; private init; } = [];

    /// <summary>Numbers of the works that there are.</summary>
    public ImmutableArray<int> Works { get; private init; } = [FirstWork];

    public static PlanInputs Of(ProjectRegistered registration) => new(registration);

    /// <summary>The inputs after a plan fact of <paramref name="day"/>.</summary>
    public PlanInputs With(PlanChange change, DateOnly day) => change switch
    {
        ItemStruck c => new(this) { Struck = Struck.Add(c.Item) },
        ItemRestored c => new(this) { Struck = Struck.Remove(c.Item) },
        ItemAdded c => new(this) { Added = Added.Add(c.Addition!) },
        LimitLowered c => new(this) { Lowered = Lowered.Add((c.Item, day, c.LimitDays)) },
        ConditionAnswered c => new(this) { Answers = Answers.SetItem(c.Condition, c.Answer) },
        FlowMoved c => new(this) { Flow = c.Flow, FlowVersion = c.FlowVersion, Added = c.Carried, Answers = c.Answers.ToImmutableDictionary(StringComparer.Ordinal) },
        WorkDivided c => new(this) { Works = Works.Add(c.Work) },
        WorkMerged c => new(this) { Works = Works.Remove(c.Work) },
        _ => throw new NotSupportedException($"{change.GetType().Name} does not belong to a plan."),
    };

    /// <summary>The inputs of a plan that keeps <paramref name="items"/>, too.</summary>
    public PlanInputs Keeping(ImmutableArray<FlowItem> items) => new(this) { Kept = items };

    /// <summary>The committed limit of an item for an acceptance on <paramref name="day"/>.</summary>
    public int LimitOn(ItemDefinition item, DateOnly day) =>
        Lowered.LastOrDefault(l => l.Item == item.Code && l.From <= day, (Item: item.Code, From: day, item.LimitDays)).LimitDays;
}
