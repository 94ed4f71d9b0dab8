using System.Collections.Immutable;
using Agency.Departments;
using Agency.Forecasts;
using Agency.People;
using Agency.Projects;

namespace Agency.Progress;

/// <summary>A part of a project's progress that a city can publish or not (<c>published</c> in data/service.json).</summary>
public enum PublishedPart
{
    State,
    Stage,
    Items,
    Turns,
    Days,
    ExpectedFinish,
}

/// <summary>What anybody is told who names a project's code and its owner's credit code: no person, no free text, nothing of the owner and
/// of what is built. A part that the city does not publish is null.</summary>
/// <param name="AsOf">The day at whose end it stands so: today.</param>
/// <param name="State">Whether the project is under way, paused, completed or given up.</param>
/// <param name="Stage">The first stage not reached; null, too, when all are.</param>
/// <param name="Items">How many items are done and under way.</param>
/// <param name="Turns">Who has to do the next step of an item, each once; nobody while the project is paused or has ended.</param>
/// <param name="Days">Approval days 审批用时 against the total limit.</param>
/// <param name="ExpectedFinish">When it will be finished if departments take what they may and the owner no day; null, too, where nothing is to be expected: the project is paused or has ended.</param>
[GenerateSerializer, Immutable, Alias("agency.public-progress")]
public sealed record PublicProgress(
    [property: Id(0)] DateOnly AsOf,
    [property: Id(1)] ProjectStatus? State,
    [property: Id(2)] ProgressStage? Stage,
    [property: Id(3)] ProgressItems? Items,
    [property: Id(4)] ImmutableArray<ProgressTurn>? Turns,
    [property: Id(5)] ProgressDays? Days,
    [property: Id(6)] ProgressFinish? ExpectedFinish)
{
    /// <param name="forecast">By the limits, as of the day of <paramref name="project"/>.</param>
    /// <param name="departments">The departments as they are called now.</param>
    /// <param name="published">What the city publishes.</param>
    internal static PublicProgress Of(ProjectView project, ForecastView forecast, IEnumerable<Department> departments, ImmutableArray<PublishedPart> published)
    {
        var active = project.State == ProjectStatus.Active;
        return new(
            forecast.AsOf,
            Publishes(PublishedPart.State) ? project.State : null,
            Publishes(PublishedPart.Stage) ? project.Stages.Where(s => s.Code == project.CurrentStage).Select(s => new ProgressStage(s.Code, s.Name, s.NameEn)).FirstOrDefault() : null,
            Publishes(PublishedPart.Items) ? new(project.Items.Applicable, project.Items.UnderWay, project.Items.Approved) : null,
            Publishes(PublishedPart.Turns) ? active ? TurnsOf(project.NextActions, departments) : [] : null,
            Publishes(PublishedPart.Days) ? new(project.Clock.LimitDays, project.Clock.UsedDays, project.Clock.RemainingDays) : null,
            Publishes(PublishedPart.ExpectedFinish) && active ? new(forecast.Finish, forecast.Provisional) : null);

        bool Publishes(PublishedPart part) => published.Contains(part);
    }

    // What the office, managers and clerks have to do beside the items is no matter of the public's.
    private static ImmutableArray<ProgressTurn> TurnsOf(ImmutableArray<NextAction> actions, IEnumerable<Department> departments)
    {
        var names = departments.ToDictionary(d => d.Code, d => d.Name, StringComparer.Ordinal);
        return
        [
            .. actions.Where(a => a.Item is not null)
                .Select(a => new ProgressTurn(a.Who, a.Who == Role.Owner ? null : a.Department, a.Who == Role.Owner || a.Department is null ? null : names.GetValueOrDefault(a.Department)))
                .Distinct()
                .OrderBy(t => t.Who)
                .ThenBy(t => t.Department, StringComparer.Ordinal),
        ];
    }
}

/// <summary>A stage of the project's flow.</summary>
[GenerateSerializer, Immutable, Alias("agency.progress-stage")]
public sealed record ProgressStage([property: Id(0)] string Code, [property: Id(1)] string Name, [property: Id(2)] string? NameEn);

/// <summary>How many items apply, are under way, and are approved.</summary>
[GenerateSerializer, Immutable, Alias("agency.progress-items")]
public sealed record ProgressItems([property: Id(0)] int Applicable, [property: Id(1)] int UnderWay, [property: Id(2)] int Approved);

/// <summary>Whose turn it is.</summary>
/// <param name="Who">The owner, a department, or the office, which also records what a higher authority does.</param>
/// <param name="Department">Code of the department or higher authority; null where it is none's.</param>
/// <param name="Name">What that is called.</param>
[GenerateSerializer, Immutable, Alias("agency.progress-turn")]
public sealed record ProgressTurn([property: Id(0)] Role Who, [property: Id(1)] string? Department, [property: Id(2)] string? Name);

/// <summary>Working days of the project's approval.</summary>
/// <param name="Limit">The total limit of its flow.</param>
/// <param name="Used">Those on which a department's clock counted.</param>
/// <param name="Remaining">The limit less those; negative when it is overrun.</param>
[GenerateSerializer, Immutable, Alias("agency.progress-days")]
public sealed record ProgressDays([property: Id(0)] int Limit, [property: Id(1)] int Used, [property: Id(2)] int Remaining);

/// <summary>When the last item is expected to be approved.</summary>
/// <param name="Provisional">Whether a day is counted over a year whose working days are not arranged yet.</param>
[GenerateSerializer, Immutable, Alias("agency.progress-finish")]
public sealed record ProgressFinish([property: Id(0)] DateOnly Day, [property: Id(1)] bool Provisional);
