using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Projects;

namespace Agency.Mandates;

/// <summary>Makes the material checklist of a project.</summary>
/// <param name="DepartmentOf">Code of the department that handles an item.</param>
internal sealed record Checklist(ProjectState State, FlowPlan Plan, Func<PlannedItem, string> DepartmentOf, DateOnly Today)
{
    private readonly Dictionary<string, HandedInMaterial> _handedIn = HandedIn(State);

    public ChecklistView View() => new([.. Plan.Items.Select(Of).OfType<ChecklistItem>()]);

    private ChecklistItem? Of(PlannedItem item)
    {
        var status = ItemViews.StatusOf(item, State);
        ImmutableArray<string> waitsFor = status == ItemStatus.NotReady ? [.. item.Prerequisites.Where(p => !p.Tolerant && State.Item(p.Code).ApprovedOn is null).Select(p => p.Code)] : [];
        if (Materials(item, status, waitsFor) is not { } materials) return null;
        var covered = State.Service.Mandate is { IsAgreed: true } mandate && mandate.IsInTerm(Today) && mandate.Covers(item);
        return new(item.Code, item.Definition.Name, item.Definition.Stage, DepartmentOf(item), status, covered, waitsFor, [.. materials]);
    }

    // Null for an item that nothing can be prepared for.
    private IEnumerable<ChecklistMaterial>? Materials(PlannedItem item, ItemStatus status, ImmutableArray<string> waitsFor)
    {
        var round = State.Item(item.Code).Round;
        return status switch
        {
            ItemStatus.Ready or ItemStatus.Denied or ItemStatus.Refused or ItemStatus.Withdrawn or ItemStatus.Revoked => State.IsReady(item) ? Needed(item) : null,
            ItemStatus.NotReady => waitsFor.All(p => State.Item(p).Round is { EndedOn: null }) ? Needed(item) : null,
            ItemStatus.SupplementRequested =>
            [
                .. Needed(item).Where(m => m.State == MaterialState.HandedIn && !round!.Missing.Contains(m.Name)),
                .. round!.Missing.Select(m => Named(item, m, MaterialState.Missing, round.SupplementDueOn)),
            ],
            ItemStatus.Accepted or ItemStatus.Suspended when round!.Owed.Any(o => o.HandedInOn is null) =>
                round.Owed.Where(o => o.HandedInOn is null).Select(o => Named(item, o.Material, MaterialState.Owed, o.DueOn)),
            _ => null,
        };
    }

    private IEnumerable<ChecklistMaterial> Needed(PlannedItem item) =>
        item.Definition.Materials.Select(m => Named(item, m.Name, _handedIn.ContainsKey(m.Name) ? MaterialState.HandedIn : MaterialState.Missing, null));

    // What the catalogue does not name is essential (domain 5.3).
    private ChecklistMaterial Named(PlannedItem item, string name, MaterialState state, DateOnly? dueOn) =>
        new(name, !item.Definition.Materials.Any(m => m.Name == name && !m.Essential), state, dueOn, _handedIn.GetValueOrDefault(name));

    // The last time that each material came in, by its name; of several on one day, the one recorded last.
    private static Dictionary<string, HandedInMaterial> HandedIn(ProjectState state)
    {
        var steps = state.Items.Values.SelectMany(i => i.Steps).OrderBy(ItemState.Order).SelectMany(s => s.Fact switch
        {
            Submission { Application: { } number } fact => [.. fact.Materials, .. state.Applications.FirstOrDefault(a => a.Number == number)?.Materials ?? []],
            Submission fact => fact.Materials,
            Supplement fact => fact.Materials,
            HandIn fact => fact.Materials,
            _ => ImmutableArray<SubmittedMaterial>.Empty,
        }, (step, material) => (material.Name, Material: new HandedInMaterial(((Step)step.Fact).Item, step.OccurredOn, material.Hash)));
        var last = new Dictionary<string, HandedInMaterial>(StringComparer.Ordinal);
        foreach (var (name, material) in steps) last[name] = material;
        return last;
    }
}
