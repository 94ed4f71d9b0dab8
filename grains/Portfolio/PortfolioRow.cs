using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>A project in a shard's memory: its summary, and how its clocks stood when they were last looked at.</summary>
internal sealed class PortfolioRow(long version, ProjectSummary summary, ImmutableArray<PackedRound> ended)
{
    private DateOnly _counted;
    private int _countedBy, _approvalDays;

    public long Version => version;

    public ProjectSummary Summary => summary;

    public ImmutableArray<PackedRound> Ended => ended;

    /// <summary>Whether there is a project behind the code, and not one that it leads to, or led to, as an alias.</summary>
    public bool IsProject => summary.RegisteredOn is not null;

    /// <summary>What is searched for text, in capitals: code, name and owner's name, on lines of their own.</summary>
    public string Text { get; } = $"{summary.Code}\n{summary.Name}\n{summary.OwnerName}".ToUpperInvariant();

    public Light Light { get; private set; }

    public DateOnly? DueDate { get; private set; }

    public string? DueItem { get; private set; }

    /// <summary>The first day on which something of it can be another; null if only a fact changes it.</summary>
    public DateOnly? NextChange { get; private set; }

    /// <summary>Up to this day whoever was to be reminded of it was told; null: nobody yet.</summary>
    public DateOnly? ToldOn { get; set; }

    private ClockInputs? Total => summary.Clocks is [.., { Scope: ClockScope.Total } total] ? total : null;

    /// <summary>Approval days at the end of a day.</summary>
    public int ApprovalDays(DateOnly today, WorkingCalendar calendar)
    {
        // Asked again and again while it is sorted by them.
        if (_counted != today || _countedBy != calendar.Version) (_counted, _countedBy, _approvalDays) = (today, calendar.Version, Total?.At(today, calendar, LightRule.Default).Used ?? 0);
        return _approvalDays;
    }

    /// <summary>Whether its approval days are within its limit.</summary>
    public bool IsInTime(DateOnly today, WorkingCalendar calendar) => Total is not { } total || total.At(today, calendar, LightRule.Default).Remaining >= 0;

    /// <summary>Looks at its clocks at the end of a day.</summary>
    public void Look(DateOnly today, WorkingCalendar calendar, LightRule lights)
    {
        (Light, DueDate, DueItem, NextChange) = (Light.Grey, null, null, null);
        foreach (var clock in summary.Clocks)
        {
            var standing = clock.At(today, calendar, lights);
            if (clock.Counted && standing.Light > Light && summary.State == ProjectStatus.Active) Light = standing.Light;
            if (standing.Due < (DueDate ?? DateOnly.MaxValue)) (DueDate, DueItem) = (standing.Due, clock.Scope == ClockScope.Item ? clock.Code : null);
            if (standing.NextChange < (NextChange ?? DateOnly.MaxValue)) NextChange = standing.NextChange;
        }
    }

    public PortfolioListing Listing(DateOnly today, WorkingCalendar calendar) => new(summary, Light, DueDate, DueItem, ApprovalDays(today, calendar));

    /// <summary>What it is grouped by; null where it has none.</summary>
    public string? Of(Dimension dimension) => dimension switch
    {
        Dimension.State => FactJson.Name(summary.State),
        Dimension.Stage => summary.CurrentStage,
        Dimension.Light => FactJson.Name(Light),
        Dimension.District => summary.District,
        Dimension.Cluster => summary.Cluster,
        Dimension.Flow => summary.Flow,
        Dimension.KeyLevel => summary.KeyLevel is { } level ? FactJson.Name(level) : null,
        Dimension.LeadDepartment => summary.LeadDepartment,
        Dimension.Manager => summary.Manager,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };
}
