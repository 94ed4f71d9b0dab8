using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews.Series;

/// <summary>What follows from a command to a series.</summary>
internal static class SeriesDecider
{
    /// <summary>The furthest that sessions are made ahead, in working days.</summary>
    public const int FurthestAhead = 366;

    /// <summary>So many years before or after today a series may begin.</summary>
    public const int YearsToBegin = 10;

    public static Decision<SeriesFact> Make(string id, SeriesPlan plan, ReviewSeries state, SeriesContext context)
    {
        if (CheckActor(context.Act.Actor) is { } notAllowed) return notAllowed;
        if (state.Plan is not null) return Refusal.Of("series-exists", ("series", id));
        Fault[] faults = [.. context.Act.Text(SeriesFact.Title) is null ? [Fault.Of("/title", "bad-name", ("max", StepForm.LongestName))] : (Fault[])[], .. Check(plan, null, context)];
        return faults.Length > 0 ? Refusal.Of("invalid-series", faults) : context.With(context.Act.Text(SeriesFact.Title), plan.Place).Entry(new SeriesFact.Made(plan with { Place = null }), 1, withTexts: true);
    }

    /// <summary>Changes the series; the same again is already so.</summary>
    public static Decision<SeriesFact> Change(string id, SeriesPatch patch, ReviewSeries state, SeriesContext context)
    {
        if (CheckCommand(id, state, context) is { } refusal) return refusal;
        if (state.EndedOn is { } ended) return Refusal.Of("series-ended", ("series", id), ("day", ended));
        var plan = patch.On(state.Plan!);
        var faults = Check(plan, state.Plan, context).ToArray();
        if (faults.Length > 0) return Refusal.Of("invalid-series", faults);
        var title = context.Act.Text(SeriesFact.Title);
        var retitled = title is not null && title != state.Title;
        var relocates = plan.Place != state.Plan!.Place;
        return plan == state.Plan && !retitled ? Nothing
            : context.With(retitled ? title : null, relocates ? plan.Place : null).Entry(new SeriesFact.Changed(plan with { Place = null }, relocates), state.Version + 1, withTexts: true);
    }

    /// <summary>Ends the series; the same again is already so.</summary>
    public static Decision<SeriesFact> End(string id, ReviewSeries state, SeriesContext context)
    {
        if (CheckCommand(id, state, context) is { } refusal) return refusal;
        return state.EndedOn is null ? context.Entry(new SeriesFact.Ended(), state.Version + 1) : Nothing;
    }

    /// <summary>Plans those sessions that are due to be made and that the series has not; none while it is not active.</summary>
    public static Decision<SeriesFact> PlanSessions(string id, ReviewSeries state, SeriesContext context)
    {
        if (CheckCommand(id, state, context) is { } refusal) return refusal;
        if (!state.Plan!.Active) return Nothing;
        var due = SeriesSchedule.Of(state, context).Where(d => d is { IsWithin: true, Merged: null } && !state.Sessions.ContainsKey(d.Occurrence));
        ImmutableArray<PlannedSession> planned = [.. due.Select(d => new PlannedSession(d.Occurrence, state.SessionOf(id, d.Occurrence), d.At))];
        return planned.IsEmpty ? Nothing : context.Entry(new SeriesFact.SessionsPlanned(planned), state.Version + 1);
    }

    /// <summary>Records what became of sessions: the series knows where they are, and which are gone.</summary>
    public static Decision<SeriesFact> RecordSessions(ImmutableArray<DateOnly> made, ImmutableArray<PlannedSession> moved, ImmutableArray<DateOnly> dropped, ReviewSeries state, SeriesContext context)
    {
        ImmutableArray<PlannedSession> placed = [.. moved.Where(m => state.Sessions.GetValueOrDefault(m.Occurrence) is { } s && s.Session == m.Session && (s.At != m.At || state.Said[m.Occurrence] != state.Setting))];
        ImmutableArray<DateOnly> gone = [.. dropped.Where(state.Sessions.ContainsKey)];
        SeriesFact[] facts = [.. made.IsEmpty ? [] : (SeriesFact[])[new SeriesFact.SessionsMade(made)], .. placed.IsEmpty ? [] : (SeriesFact[])[new SeriesFact.SessionsPlanned(placed)], .. gone.IsEmpty ? [] : (SeriesFact[])[new SeriesFact.SessionsDropped(gone)]];
        return facts.Select((fact, i) => context.Entry(fact, state.Version + 1 + i)).ToImmutableArray();
    }

    /// <summary>Why nothing can be done with the series by this actor, or at this version; null if it can.</summary>
    public static Refusal? CheckCommand(string id, ReviewSeries state, SeriesContext context) =>
        CheckActor(context.Act.Actor) is { } notAllowed ? notAllowed
        : state.Plan is null ? Refusal.Of("series-not-found", ("series", id))
        : context.Act.IfVersion is { } expected && expected != state.ChangedAt ? Refusal.Of(Refusals.VersionMismatch, ("version", state.ChangedAt))
        : null;

    private static ImmutableArray<Entry<SeriesFact>> Nothing => [];

    private static Refusal? CheckActor(Actor actor) => actor.Role is Role.Office or Role.System ? null : Refusal.Of("role-not-allowed");

    // What the series is already is not looked at again: its day may have gone out of range since.
    private static IEnumerable<Fault> Check(SeriesPlan plan, SeriesPlan? standing, SeriesContext context)
    {
        foreach (var fault in StepForm.Name("/title", context.Act.Text(SeriesFact.Title))) yield return fault;
        foreach (var fault in StepForm.Name("/place", plan.Place)) yield return fault;
        foreach (var (at, person) in (IEnumerable<(string, string?)>)[("/chair", plan.Chair), ("/recorder", plan.Recorder)])
        {
            if (person is not null && !PersonId.IsOne(person)) yield return Fault.Of(at, "bad-person-id");
        }

        if (plan.AheadWorkingDays is < 1 or > FurthestAhead) yield return Fault.Of("/aheadWorkingDays", "bad-number", ("min", 1), ("max", FurthestAhead));
        var (earliest, latest) = (context.Moment.Today.AddYears(-YearsToBegin), context.Moment.Today.AddYears(YearsToBegin));
        if (plan.From != standing?.From && (plan.From < earliest || plan.From > latest)) yield return Fault.Of("/from", "series-from", ("from", earliest), ("to", latest));
        else if (plan.Recurrence != standing?.Recurrence && context.Recurrence.Check(plan.Recurrence) is { } fault) yield return fault;
    }
}
