namespace Agency.Reviews;

/// <summary>Which session was the last before another.</summary>
internal static class LastSession
{
    /// <summary>The latest of the same kind that has concluded, held on the day or before; null: there is none.</summary>
    /// <param name="review">Id of the session that asks.</param>
    /// <param name="heldOn">The day on which that one is held; null: it has none, and any is before it.</param>
    public static (string Id, ReviewSummary Summary)? Of(string review, ReviewKind kind, DateOnly? heldOn, IEnumerable<(string Id, ReviewSummary Summary)> sessions) => sessions
        .Where(s => s.Id != review && s.Summary.Kind == kind && s.Summary.HasConcluded && !(s.Summary.HeldOn > heldOn))
        .OrderByDescending(s => s.Summary.HeldOn).ThenByDescending(s => s.Summary.Plan.StartsAt).ThenBy(s => s.Id, StringComparer.Ordinal)
        .Select(s => ((string, ReviewSummary)?)s).FirstOrDefault();
}
