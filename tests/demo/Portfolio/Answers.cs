namespace Agency.Demo.Portfolio;

// What the portfolio reads of the service's answers beside what the one building does.

internal sealed record YearAnswer(IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Work);

internal sealed record FlowAnswer(IReadOnlyList<ConditionAnswer> Conditions, IReadOnlyList<FlowItem> Items, IReadOnlyList<FlowGroup> ExclusiveGroups);

internal sealed record ConditionAnswer(string Code);

internal sealed record FlowItem(string Item, string? Condition, int LimitDays, string LimitUnit, int MaxExtensionDays, bool DeemedAcceptance, IReadOnlyList<FlowMaterial> Materials);

internal sealed record FlowMaterial(string Name, bool Essential);

internal sealed record FlowGroup(IReadOnlyList<string> Items, string Rule);

internal sealed record ListingPage(IReadOnlyList<Listing> Items, int Total);

internal sealed record Listing(string Code, DateOnly RegisteredOn);

internal sealed record Overview(int Total, IReadOnlyList<OverviewGroup> State, IReadOnlyList<OverviewGroup> Stage, IReadOnlyList<OverviewGroup> Light);

internal sealed record OverviewGroup(string? Key, int Projects, int Red, int Yellow);

internal sealed record Made(string? Id);

internal sealed record DepartmentPage(IReadOnlyList<DepartmentAnswer> Items, string? NextCursor);

internal sealed record DepartmentAnswer(string Code, string Kind);
