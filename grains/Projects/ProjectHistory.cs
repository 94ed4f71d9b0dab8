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
        return HistoryPage.Of(entries, ProjectFact.Codec, after, limit, e => corrected.Contains(e.Version), e => late.Contains(e.Version));
    }
}
