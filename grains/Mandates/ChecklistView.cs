using System.Collections.Immutable;
using Agency.Approvals;

namespace Agency.Mandates;

/// <summary>Material checklist 申报材料清单: what the applications that come next need.</summary>
/// <param name="Items">In the order of the plan.</param>
[GenerateSerializer, Immutable, Alias("agency.checklist-view")]
public sealed record ChecklistView([property: Id(0)] ImmutableArray<ChecklistItem> Items);

/// <summary>An item that can be applied for, or soon can, or that owes something.</summary>
/// <param name="Department">Code of the department that handles it.</param>
/// <param name="Covered">Whether the current mandate covers it today; false if there is none.</param>
/// <param name="WaitsFor">Codes of the prerequisites that are under way and that it waits for.</param>
[GenerateSerializer, Immutable, Alias("agency.checklist-item")]
public sealed record ChecklistItem(
    [property: Id(0)] string Item,
    [property: Id(1)] string Name,
    [property: Id(2)] string Stage,
    [property: Id(3)] string Department,
    [property: Id(4)] ItemStatus State,
    [property: Id(5)] bool Covered,
    [property: Id(6)] ImmutableArray<string> WaitsFor,
    [property: Id(7)] ImmutableArray<ChecklistMaterial> Materials);

/// <summary>How a material stands.</summary>
public enum MaterialState
{
    /// <summary>Handed in somewhere in the project under this name: it can be used again.</summary>
    HandedIn,
    Missing,

    /// <summary>容缺: accepted without it.</summary>
    Owed,
}

/// <summary>A material of an item.</summary>
/// <param name="Essential">Whether the application cannot be accepted without it.</param>
/// <param name="DueOn">Last day for it, where the department set one.</param>
/// <param name="HandedIn">Where it was handed in last, in the project.</param>
[GenerateSerializer, Immutable, Alias("agency.checklist-material")]
public sealed record ChecklistMaterial(
    [property: Id(0)] string Name,
    [property: Id(1)] bool Essential,
    [property: Id(2)] MaterialState State,
    [property: Id(3)] DateOnly? DueOn,
    [property: Id(4)] HandedInMaterial? HandedIn);

/// <summary>A material that came in.</summary>
/// <param name="Item">With which item.</param>
/// <param name="Hash">Hash of its content, if one was given.</param>
[GenerateSerializer, Immutable, Alias("agency.handed-in-material")]
public sealed record HandedInMaterial([property: Id(0)] string Item, [property: Id(1)] DateOnly On, [property: Id(2)] string? Hash);
