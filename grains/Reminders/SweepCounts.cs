namespace Agency.Reminders;

/// <summary>What a sweep did.</summary>
/// <param name="Told">Notices that were new.</param>
/// <param name="Recorded">Facts that were recorded.</param>
/// <param name="Failed">Subjects and inboxes that failed, which the next sweep tries again.</param>
[GenerateSerializer, Immutable, Alias("agency.sweep-counts")]
public readonly record struct SweepCounts([property: Id(0)] long Told, [property: Id(1)] long Recorded, [property: Id(2)] long Failed)
{
    public static SweepCounts operator +(SweepCounts a, SweepCounts b) => new(a.Told + b.Told, a.Recorded + b.Recorded, a.Failed + b.Failed);

    public static SweepCounts Add(SweepCounts left, SweepCounts right) => left + right;
}
