using System.Collections.Immutable;
using Agency.Api.Http;
using Agency.Clocks;
using Agency.Portfolio;
using Agency.Projects;

namespace Agency.Api.Portfolio;

/// <summary>A project in a list.</summary>
/// <param name="Light">The worst of its running counted items, open stages and total, today.</param>
/// <param name="DueDate">The soonest due date of its running clocks; null while none counts.</param>
/// <param name="DueItem">The item whose it is; null for a stage's or the total's.</param>
/// <param name="ApprovalDays">Approval days 审批用时 so far, in working days.</param>
/// <param name="Manager">Id of its manager; once it is completed or terminated, of the last one.</param>
/// <param name="Clerks">Ids of the clerks who act by its mandate.</param>
public sealed record ProjectListing(
    string Code,
    string Name,
    string Flow,
    string OwnerName,
    string OwnerCreditCode,
    string District,
    string LeadDepartment,
    KeyLevel KeyLevel,
    string? Cluster,
    decimal? Investment,
    ProjectStatus State,
    string? CurrentStage,
    DateOnly RegisteredOn,
    DateOnly? CompletedOn,
    Light Light,
    DateOnly? DueDate,
    string? DueItem,
    int ApprovalDays,
    string? Manager,
    ImmutableArray<string> Clerks)
{
    internal static ProjectListing Of(PortfolioListing listing)
    {
        var s = listing.Project;
        return new(
            s.Code, s.Name!, s.Flow!, s.OwnerName!, s.OwnerCreditCode!, s.District!, s.LeadDepartment!, s.KeyLevel!.Value, s.Cluster, s.Investment, s.State, s.CurrentStage, s.RegisteredOn!.Value, s.CompletedOn,
            listing.Light, listing.DueDate, listing.DueItem, listing.ApprovalDays, s.Manager, s.Clerks);
    }
}

/// <summary>How many projects there are, and how they stand today.</summary>
public sealed record OverviewAnswer(
    int Total,
    ImmutableArray<OverviewGroup> State,
    ImmutableArray<OverviewGroup> Stage,
    ImmutableArray<OverviewGroup> Light,
    ImmutableArray<OverviewGroup> District,
    ImmutableArray<OverviewGroup> Cluster,
    ImmutableArray<OverviewGroup> Flow,
    ImmutableArray<OverviewGroup> KeyLevel,
    ImmutableArray<OverviewGroup> LeadDepartment,
    ImmutableArray<OverviewGroup> Manager)
{
    internal static OverviewAnswer Of(PortfolioOverview overview) => new(
        overview.Total,
        overview.By[Dimension.State],
        overview.By[Dimension.Stage],
        overview.By[Dimension.Light],
        overview.By[Dimension.District],
        overview.By[Dimension.Cluster],
        overview.By[Dimension.Flow],
        overview.By[Dimension.KeyLevel],
        overview.By[Dimension.LeadDepartment],
        overview.By[Dimension.Manager]);
}

/// <summary>What happened month by month.</summary>
/// <param name="By">What the groups are, as asked for; null: one group of all.</param>
public sealed record TrendAnswer(string? By, IReadOnlyList<TrendAnswerGroup> Groups)
{
    internal static TrendAnswer Of(Dimension? by, ImmutableArray<TrendGroup> groups) =>
        new(by is { } dimension ? EnumNames.Of(dimension) : null, [.. groups.Select(g => new TrendAnswerGroup(g.Key, [.. g.Months.Select(TrendAnswerMonth.Of)]))]);
}

/// <param name="Key">The group's code or name; null for those that have none, and for all.</param>
public sealed record TrendAnswerGroup(string? Key, IReadOnlyList<TrendAnswerMonth> Months);

/// <summary>A month; rates, means and shares are of the projects completed in it, null where there is none.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="OnTimeRate">Share of them whose approval days were within their limit.</param>
/// <param name="MeanApprovalDays">In working days.</param>
/// <param name="MeanSpanDays">In calendar days.</param>
/// <param name="BackFilledShare">Share of their entries that were recorded late 补录.</param>
public sealed record TrendAnswerMonth(DateOnly Month, int Registered, int Completed, double? OnTimeRate, double? MeanApprovalDays, double? MeanSpanDays, double? BackFilledShare)
{
    internal static TrendAnswerMonth Of(TrendMonth m) => new(
        m.Month, m.Registered, m.Completed, Share(m.OnTime, m.Completed), Share(m.ApprovalDays, m.Completed), Share(m.SpanDays, m.Completed), Share(m.BackFilled, m.Entries));

    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}
