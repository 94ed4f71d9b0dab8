using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>Makes what clients see of a project's record.</summary>
internal static class ProjectHistory
{
    public static HistoryPage Page(ImmutableArray<Entry<ProjectFact>> entries, long after, int limit)
    {
        var corrected = Corrections.Targets(entries);
        return new([.. entries.Skip((int)Math.Clamp(after, 0, entries.Length)).Take(limit).Select(e => Of(e, corrected.Contains(e.Version)))], entries.Length);
    }

    private static HistoryEntry Of(Entry<ProjectFact> entry, bool corrected) => new(
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
        corrected);
}
