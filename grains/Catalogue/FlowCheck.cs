using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>One draft under examination: the flow it would be, and all that is wrong with it.</summary>
internal sealed class FlowCheck(FlowDraft draft, CityData city, List<Fault> problems)
{
    private const string Parallel = "SP";
    private const int MaxConstructionDays = 36500;

    private readonly ItemMaker _maker = new(city.Organs.Select(o => o.Code), city.Stages.Select(s => s.Code), problems);
    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ItemDraft> _items = [.. Given(draft.Items).Select(i => i ?? new ItemDraft(""))];
    private readonly ImmutableArray<Condition> _conditions = Given(draft.Conditions);
    private readonly ImmutableArray<Edge> _tolerant = Given(draft.TolerantEdges);
    private readonly ImmutableArray<ExclusiveGroup> _groups = Given(draft.ExclusiveGroups);

    public Flow Make(string code, int version)
    {
        if (!ItemMaker.IsCode(code)) _maker.Problem("", "invalid-code", ("code", code));
        _maker.Text(draft.Name, "/name", "name");
        _maker.Range(draft.TotalLimitDays, 1, FlowMaker.MaxTotalDays, "/totalLimitDays");
        _maker.Range(draft.PlannedConstructionDays ?? 0, 0, MaxConstructionDays, "/plannedConstructionDays");
        var questions = Conditions();
        var items = Items(questions);
        var stages = Stages(items);
        Edges();
        AppliesIf();
        Groups();
        return new(code, version, draft.Name, draft.NameEn, draft.EffectiveFrom, draft.TotalLimitDays, draft.PlannedConstructionDays, stages,
            [.. questions], items, draft.Edges, _tolerant, _groups, city.Edges);
    }

    // The flow's own questions, then those of the catalogue that its items ask.
    private List<Condition> Conditions()
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _conditions.Length; i++)
        {
            if (!ItemMaker.IsCode(_conditions[i]?.Code)) _maker.Problem($"/conditions/{i}/code", "invalid-code", ("code", _conditions[i]?.Code ?? ""));
            else if (!own.Add(_conditions[i].Code)) _maker.Problem($"/conditions/{i}/code", "duplicate-code", ("code", _conditions[i].Code));
            _maker.Text(_conditions[i]?.Question, $"/conditions/{i}/question", "question");
        }

        var asked = _items.Select(i => i.Condition).ToHashSet(StringComparer.Ordinal);
        return [.. _conditions.Where(c => c is not null), .. city.Conditions.Where(c => asked.Contains(c.Code) && !own.Contains(c.Code))];
    }

    private ImmutableArray<FlowItem> Items(List<Condition> questions)
    {
        var known = questions.Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<FlowItem>(_items.Length);
        if (_items.IsEmpty) _maker.Problem("/items", "missing-member", ("member", "items"));
        for (var i = 0; i < _items.Length; i++)
        {
            var item = _items[i];
            if (!ItemMaker.IsCode(item.Item)) _maker.Problem($"/items/{i}/item", "invalid-code", ("code", item.Item ?? ""));
            else if (!_codes.Add(item.Item)) _maker.Problem($"/items/{i}/item", "duplicate-code", ("code", item.Item));
            else if (_maker.Make(item, city.Item(item.Item)?.Definition, $"/items/{i}") is { } definition)
                items.Add(new(definition, item.Condition, Given(item.AppliesIf)));

            if (item.Condition is not null) _maker.Known(known, item.Condition, $"/items/{i}/condition", "unknown-condition");
            if (item.Condition is not null && item.AppliesIf is { IsEmpty: false }) _maker.Problem($"/items/{i}/appliesIf", "condition-and-applies-if", ("item", item.Item ?? ""));
        }

        return items.ToImmutable();
    }

    // A stage that the draft does not name has no limit of its own; it may then hold only items that do not count.
    private ImmutableArray<FlowStage> Stages(ImmutableArray<FlowItem> items)
    {
        var (given, known, seen) = (Given(draft.Stages), city.Stages.Where(s => s.Code != Parallel).ToDictionary(s => s.Code, StringComparer.Ordinal), new Dictionary<string, StageDraft>(StringComparer.Ordinal));
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i]?.Code is not { } code || !known.ContainsKey(code)) _maker.Problem($"/stages/{i}/code", "unknown-stage", ("code", given[i]?.Code ?? ""));
            else if (!seen.TryAdd(code, given[i])) _maker.Problem($"/stages/{i}/code", "duplicate-code", ("code", code));
            _maker.Range(given[i]?.LimitDays ?? 0, 0, FlowMaker.MaxTotalDays, $"/stages/{i}/limitDays");
        }

        var sum = given.Sum(s => (long)(s?.LimitDays ?? 0));
        if (sum != draft.TotalLimitDays) _maker.Problem("/totalLimitDays", "limits-do-not-add-up", ("stages", sum), ("total", draft.TotalLimitDays));
        foreach (var (index, item) in items.Index().Where(e => e.Item.Definition is { CountsInTotal: true, Stage: not Parallel } d && !seen.ContainsKey(d.Stage)))
            _maker.Problem($"/items/{index}/stage", "stage-without-limit", ("item", item.Definition.Code), ("stage", item.Definition.Stage));

        var held = items.Select(i => i.Definition.Stage).ToHashSet(StringComparer.Ordinal);
        return [.. from stage in city.Stages
                   where stage.Code != Parallel && (seen.ContainsKey(stage.Code) || held.Contains(stage.Code))
                   let said = seen.GetValueOrDefault(stage.Code)
                   select new FlowStage(stage.Code, stage.Name, stage.NameEn, stage.Lead, said?.LimitDays ?? 0, said?.MilestoneRule ?? stage.MilestoneRule)];
    }

    private void Edges()
    {
        var own = Given(draft.Edges);
        var seen = new HashSet<Edge>();
        for (var i = 0; i < own.Length; i++)
        {
            _maker.Known(_codes, own[i].Before, $"/edges/{i}/0", "unknown-item");
            _maker.Known(_codes, own[i].After, $"/edges/{i}/1", "unknown-item");
            if (!seen.Add(own[i])) _maker.Problem($"/edges/{i}", "duplicate-edge", ("before", own[i].Before ?? ""), ("after", own[i].After ?? ""));
        }

        Circle([.. seen], "/edges");
        var graph = draft.Edges is null ? city.Edges.ToHashSet() : seen;
        var tolerant = new HashSet<Edge>();
        for (var i = 0; i < _tolerant.Length; i++)
        {
            if (!graph.Contains(_tolerant[i])) _maker.Problem($"/tolerantEdges/{i}", "not-an-edge", ("before", _tolerant[i].Before ?? ""), ("after", _tolerant[i].After ?? ""));
            else if (!tolerant.Add(_tolerant[i])) _maker.Problem($"/tolerantEdges/{i}", "duplicate-edge", ("before", _tolerant[i].Before), ("after", _tolerant[i].After));
        }
    }

    // An item of the catalogue that the flow lacks may be named: a project can still take it on.
    private void AppliesIf()
    {
        var edges = new List<Edge>();
        for (var i = 0; i < _items.Length; i++)
        {
            var named = Given(_items[i].AppliesIf);
            for (var j = 0; j < named.Length; j++)
            {
                if (_codes.Contains(named[j] ?? "")) edges.Add(new(named[j], _items[i].Item));
                else if (city.Item(named[j] ?? "") is null) _maker.Problem($"/items/{i}/appliesIf/{j}", "unknown-item", ("code", named[j] ?? ""));
            }
        }

        Circle(edges, "/items");
    }

    // Two members that apply without being asked, or that one question brings together, could never be chosen between.
    private void Groups()
    {
        var entries = _items.Where(i => i.Item is not null).DistinctBy(i => i.Item, StringComparer.Ordinal).ToDictionary(i => i.Item, StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var g = 0; g < _groups.Length; g++)
        {
            var (code, members) = (_groups[g]?.Code ?? "", Given(_groups[g]?.Items));
            if (!ItemMaker.IsCode(code)) _maker.Problem($"/exclusiveGroups/{g}/code", "invalid-code", ("code", code));
            else if (!codes.Add(code)) _maker.Problem($"/exclusiveGroups/{g}/code", "duplicate-code", ("code", code));
            if (members.Length < 2) _maker.Problem($"/exclusiveGroups/{g}/items", "group-too-small", ("group", code));
            var (seen, together) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            for (var i = 0; i < members.Length; i++)
            {
                var pointer = $"/exclusiveGroups/{g}/items/{i}";
                if (!_maker.Known(_codes, members[i], pointer, "unknown-item")) continue;
                var entry = entries[members[i]];
                if (!seen.Add(members[i])) _maker.Problem(pointer, "duplicate-code", ("code", members[i]));
                else if (entry.AppliesIf is not { IsEmpty: false } && !together.Add(entry.Condition ?? ""))
                    _maker.Problem(pointer, "group-never-exclusive", ("group", code), ("item", members[i]));
            }
        }
    }

    private void Circle(IReadOnlyCollection<Edge> edges, string pointer)
    {
        if (Graph.Circle([.. edges.Where(e => e.Before is not null && e.After is not null)]) is { IsEmpty: false } circle)
            _maker.Problem(pointer, "circle", ("items", string.Join(' ', circle)));
    }

    private static ImmutableArray<T> Given<T>(ImmutableArray<T>? values) => Given(values.GetValueOrDefault());

    private static ImmutableArray<T> Given<T>(ImmutableArray<T> values) => values.IsDefault ? [] : values;
}
