namespace Agency.Demo;

/// <summary>The city's working days, as the service counts them; each count is asked for once.</summary>
internal sealed class WorkingDays(Service service)
{
    private readonly Dictionary<(DateOnly From, int Days), DateOnly> _known = [];

    /// <summary>The day on which <paramref name="days"/> working days after <paramref name="from"/> are over.</summary>
    public async ValueTask<DateOnly> After(DateOnly from, int days, CancellationToken cancellationToken)
    {
        if (days == 0) return from;
        if (!_known.TryGetValue((from, days), out var to)) _known[(from, days)] = to = await service.WorkingDaysAfter(from, days, cancellationToken);
        return to;
    }
}
