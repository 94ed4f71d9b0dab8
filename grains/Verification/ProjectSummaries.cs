using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Verification;

/// <summary>Makes projects' summaries anew, by the flows and calendar versions on record.</summary>
internal sealed class ProjectSummaries(IFactReader store, CityData city)
{
    private static readonly StreamId _calendar = CalendarFact.StreamOf(ICalendarGrain.Key);

    private readonly DepartmentCodes _departments = new(city);
    private readonly Dictionary<int, WorkingCalendar> _counted = [];
    private FlowVersions _flows = FlowVersions.Initial;

    public async Task<RecordFinding?> Check(StoredSummary stored, IReadOnlyList<StoredFact> facts, CancellationToken cancellationToken)
    {
        if (stored.Bytes.IsEmpty) return new(stored.Stream, stored.Version, "the stream's summary is empty: the service makes it anew from the facts", fault: false);
        if (ProjectSummary.Read(stored.Bytes) is not { } said) return SummaryCheck.Differing(stored);
        if (said.Format != ProjectSummary.CurrentFormat)
            return new(stored.Stream, stored.Version, $"the stream's summary is of the format {said.Format}, now it is {ProjectSummary.CurrentFormat}: the service makes it anew from the facts", fault: false);

        var (plans, calendar) = (new PlanBook(), await Calendar(said.Calendar, cancellationToken));
        var fold = ProjectFold.Of(state => ProjectFold.Summary(stored.Stream.Id, state, (s, now) => calendar is null ? null : AsKnown.Now.Views(s, plans, _departments, calendar, now), _departments));
        var state = fold.Of(facts);
        if (calendar is null && state.Plan is not null) return new(stored.Stream, stored.Version, $"the stream's summary counts by the calendar version {said.Calendar}, which is not there");
        foreach (var plan in state.Plans) plans.Add(await Flow(plan.Inputs.Flow, plan.Inputs.FlowVersion, cancellationToken));
        return fold.Summarise(state).Span.SequenceEqual(stored.Bytes.Span) ? null : SummaryCheck.Differing(stored);
    }

    // What is made while the store is looked through is read when it is first asked for.
    private async Task<Flow> Flow(string code, int version, CancellationToken cancellationToken)
    {
        if (_flows.Get(code, version) is null) _flows = FlowVersions.Fold.Of(await store.Read(FlowFact.Stream, 0, cancellationToken).ToListAsync(cancellationToken));
        return _flows.Get(code, version) ?? throw new InvalidDataException($"the flow {code} has no version {version}");
    }

    private async Task<WorkingCalendar?> Calendar(int version, CancellationToken cancellationToken)
    {
        if (version == 0) return null;
        if (_counted.TryGetValue(version, out var known)) return known;
        var versions = CalendarState.Fold.Of(await store.Read(_calendar, 0, cancellationToken).ToListAsync(cancellationToken));
        return versions.Snapshot(version) is { } snapshot ? _counted[version] = snapshot.ToCalendar() : null;
    }
}
