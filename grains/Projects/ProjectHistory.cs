using System.Collections.Immutable;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Ledgers;

namespace Agency.Projects;

/// <summary>Makes what clients see of a project's record.</summary>
internal static class ProjectHistory
{
    public static HistoryPage Page(ImmutableArray<Entry<ProjectFact>> entries, long after, int limit, WorkingCalendar calendar)
    {
        var corrected = Corrections.Targets(entries);
        var late = Corrections.Effective(entries).Where(e => BackFilled.Is(e, calendar)).Select(e => e.Version).ToHashSet();
        return new([.. entries.Skip((int)Math.Clamp(after, 0, entries.Length)).Take(limit).Select(e => Of(e, corrected.Contains(e.Version), late.Contains(e.Version)))], entries.Length);
    }

    private static HistoryEntry Of(Entry<ProjectFact> entry, bool corrected, bool backFilled) => new(
        entry.Version,
        ProjectFact.Codec.NameOf(entry.Fact),
        entry.RecordedAt,
        entry.OccurredOn,
        entry.Actor.Id,
        entry.Actor.Role,
        entry.OnBehalfOf,
        entry.CalendarVersion,
        FactJson.Payload(entry.Fact).GetRawText(),
        entry.Texts,
        corrected,
        backFilled);
}
