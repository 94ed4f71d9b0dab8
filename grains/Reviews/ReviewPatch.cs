using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.Projects;

namespace Agency.Reviews;

/// <summary>Changes of when, where and by whom a session is held; what is left out stays.</summary>
[GenerateSerializer, Immutable, Alias("agency.review-patch")]
public sealed record ReviewPatch
{
    [Id(0)]
    public Optional<string> Title { get; init; }

    [Id(1)]
    public Optional<DateTimeOffset?> StartsAt { get; init; }

    [Id(2)]
    public Optional<DateOnly?> OpinionsBy { get; init; }

    [Id(3)]
    public Optional<string?> Place { get; init; }

    [Id(4)]
    public Optional<string?> Chair { get; init; }

    [Id(5)]
    public Optional<string?> Recorder { get; init; }

    internal ReviewChanged On(ReviewPlan plan) =>
        new(new(StartsAt.Or(plan.StartsAt), OpinionsBy.Or(plan.OpinionsBy), Place.Or(plan.Place), Chair.Or(plan.Chair), Recorder.Or(plan.Recorder)));

    /// <summary>The act with the texts of the change.</summary>
    internal Act With(Act act) => Title.IsSet ? act with { Texts = (act.Texts ?? Act.NoTexts).SetItem(ReviewFact.Title, Title.Value) } : act;
}

/// <summary>Changes of an agenda entry; what is left out stays.</summary>
[GenerateSerializer, Immutable, Alias("agency.entry-patch")]
public sealed record EntryPatch
{
    [Id(0)]
    public Optional<string?> Project { get; init; }

    [Id(1)]
    public Optional<string?> Item { get; init; }

    [Id(2)]
    public Optional<string?> Problem { get; init; }

    [Id(3)]
    public Optional<string?> Resolution { get; init; }

    [Id(4)]
    public Optional<ImmutableArray<string>> Departments { get; init; }

    [Id(5)]
    public Optional<ImmutableArray<SubmittedMaterial>> Materials { get; init; }

    [Id(6)]
    public Optional<string> Question { get; init; }

    [Id(7)]
    public Optional<string?> Wanted { get; init; }

    [Id(8)]
    public Optional<Scenario?> Scenario { get; init; }

    [Id(9)]
    public Optional<string?> DeferredFrom { get; init; }

    internal EntryChanged On(AgendaEntry entry)
    {
        var subject = entry.Subject;
        return new(
            entry.Id,
            new(
                Project.Or(subject.Project),
                Item.Or(subject.Item),
                Problem.Or(subject.Problem),
                Resolution.Or(subject.Resolution),
                Departments.Or(subject.Departments),
                Materials.Or(subject.Materials),
                subject.Rule,
                Scenario.Or(subject.Scenario),
                DeferredFrom.Or(subject.DeferredFrom)));
    }

    /// <summary>The act with the texts of the entry as it will be.</summary>
    internal Act With(Act act, AgendaEntry entry)
    {
        var texts = (act.Texts ?? Act.NoTexts).SetItems([
            KeyValuePair.Create(ReviewFact.Question, Question.IsSet ? Question.Value : entry.Question),
            KeyValuePair.Create(ReviewFact.Wanted, Wanted.Or(entry.Wanted)),
        ]);
        return act with { Texts = texts.RemoveRange(texts.Where(t => t.Value is null).Select(t => t.Key)) };
    }
}
