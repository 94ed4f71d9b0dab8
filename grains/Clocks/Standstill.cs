using System.Collections.Immutable;
using Agency.Calendar;

namespace Agency.Clocks;

/// <summary>A pause 缓建 charges the days d with From &lt; d ≤ To to the owner; an open one goes on.</summary>
/// <param name="Version">The fact that began it.</param>
/// <param name="EndVersion">The fact that ended it; 0 while it is open.</param>
[GenerateSerializer, Immutable, Alias("agency.pause")]
public readonly record struct Pause([property: Id(0)] DateOnly From, [property: Id(1)] long Version, [property: Id(2)] DateOnly? To, [property: Id(3)] long EndVersion);

/// <summary>When a project stood still, in order of time: its clocks do not count (domain 5.9).</summary>
public sealed record Standstill(ImmutableArray<Pause> Pauses)
{
    public static Standstill None { get; } = new([]);

    /// <summary>Whether it stands still now.</summary>
    public bool IsOpen => Pauses is [.., { To: null }];

    /// <summary>Whether it stands still where a fact of this day and version is; several on one day in recorded order.</summary>
    public bool Holds(DateOnly day, long version) => Pauses.Any(p =>
        (p.From < day || (p.From == day && p.Version < version)) && (p.To is null || p.To > day || (p.To == day && p.EndVersion > version)));

    public Standstill Begin(DateOnly day, long version) => new(Pauses.Add(new(day, version, null, 0)));

    public Standstill End(DateOnly day, long version) => IsOpen ? new(Pauses.SetItem(Pauses.Length - 1, Pauses[^1] with { To = day, EndVersion = version })) : this;

    /// <summary>The <paramref name="days"/>-th working day after <paramref name="from"/> that is outside; null while an open pause keeps it away.</summary>
    public DateOnly? Add(DateOnly from, int days, WorkingCalendar calendar)
    {
        foreach (var pause in Pauses)
        {
            if (pause.From > from)
            {
                var before = calendar.Count(from, pause.From);
                if (days <= before) break;
                days -= before;
            }

            if (pause.To is not { } to) return null;
            if (to > from) from = to;
        }

        return calendar.Add(from, days);
    }
}
