using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Ratings;

/// <summary>A rating and what was done about it.</summary>
/// <param name="Given">What was rated, and how.</param>
/// <param name="RatedBy">Opaque id of who rated.</param>
/// <param name="Comment">Null for none, and once redacted.</param>
/// <param name="Steps">The steps of its case.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="LastDay">Day of that fact.</param>
public sealed record RatingState(ServiceRated Given, DateOnly RatedOn, string RatedBy, string? Comment, ImmutableArray<CaseStepTaken> Steps, long Version, DateOnly LastDay)
{
    public string Id => Given.Rating;

    /// <summary>Whether it opens a case.</summary>
    public bool HasCase => Given.Satisfaction >= Satisfaction.Dissatisfied;

    public CaseStepTaken? Taken(CaseStep step) => Steps.FirstOrDefault(s => s.Step == step);
}

/// <summary>The ratings of a project, in the order in which they were recorded.</summary>
public sealed record RatingBook(ImmutableArray<RatingState> All)
{
    public static RatingBook None { get; } = new([]);

    /// <summary>Version of the last fact that touched one; 0 for none.</summary>
    public long Version => All.IsEmpty ? 0 : All.Max(r => r.Version);

    /// <summary>The id of the next one.</summary>
    public string NextId => $"R{All.Length + 1}";

    public RatingState? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    internal RatingBook With(RatingFact fact, Entry<ProjectFact> entry) => fact switch
    {
        ServiceRated f => new(All.Add(new(f, entry.OccurredOn, entry.Actor.Id, entry.Texts.GetValueOrDefault(ServiceRated.Comment), [], entry.Version, entry.OccurredOn))),
        RatingCaseStep f => new([.. All.Select(r => r.Id == f.Rating
            ? r with { Steps = r.Steps.Add(new(f.Step, entry.OccurredOn, entry.Actor.Id, entry.Texts.GetValueOrDefault(RatingCaseStep.Text))), Version = entry.Version, LastDay = entry.OccurredOn }
            : r)]),
        _ => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}

/// <summary>A step of a case, taken.</summary>
/// <param name="By">Opaque id of who took it.</param>
/// <param name="Text">Null once redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.case-step-taken")]
public sealed record CaseStepTaken([property: Id(0)] CaseStep Step, [property: Id(1)] DateOnly Day, [property: Id(2)] string By, [property: Id(3)] string? Text);
