using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Agency.Catalogue;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>An ended round in a shard's memory, twelve bytes: codes by their number, the day from 1 January 2000.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PackedRound(ushort Item, ushort Department, ushort Day, ushort Used, ushort Limit, ushort Bits)
{
    private static readonly int _first = new DateOnly(2000, 1, 1).DayNumber;

    public RoundTraits Traits => (RoundTraits)Bits;

    public DayUnit Unit => Traits.HasFlag(RoundTraits.NaturalDays) ? DayUnit.NaturalDays : DayUnit.WorkingDays;

    public static PackedRound Of(EndedRound round, Strings strings) => new(
        strings.NumberOf(round.Item), strings.NumberOf(round.Department), DayOf(round.EndedOn), Short(round.Used), Short(round.Limit), (ushort)round.Traits);

    public static ImmutableArray<PackedRound> Of(ImmutableArray<EndedRound> rounds, Strings strings)
    {
        var packed = new PackedRound[rounds.Length];
        for (var i = 0; i < packed.Length; i++) packed[i] = Of(rounds[i], strings);
        return ImmutableCollectionsMarshal.AsImmutableArray(packed);
    }

    /// <summary>A day as it is packed; one outside of what can be is the nearest that can.</summary>
    public static ushort DayOf(DateOnly day) => Short(day.DayNumber - _first);

    private static ushort Short(int number) => (ushort)Math.Clamp(number, 0, ushort.MaxValue);
}
