using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Problems;

/// <summary>A problem, as its facts have it. What rises by itself between two of them is derived (<see cref="Rises"/>).</summary>
/// <param name="Raised">What it is about.</param>
/// <param name="RaisedBy">Who raised it.</param>
/// <param name="Description">Null once redacted, and for the system's.</param>
/// <param name="Levels">The levels that it was at, one after the other.</param>
public sealed record Problem(ProblemRaised Raised, DateOnly RaisedOn, Actor RaisedBy, string? Description, ImmutableArray<LevelReached> Levels)
{
    /// <summary>Last day at this level, where it was given; null: as the level has it.</summary>
    public DateOnly? GivenDueOn { get; private init; }

    public string? PersonInCharge { get; private init; }

    public ImmutableArray<Countermeasure> Countermeasures { get; private init; } = [];

    /// <summary>Null while it is open.</summary>
    public ProblemClosure? Closure { get; private init; }

    /// <summary>Version of the last fact that touched it.</summary>
    public long Version { get; private init; }

    /// <summary>Day of that fact.</summary>
    public DateOnly LastDay { get; private init; }

    public string Id => Raised.Problem;

    public ProblemLevel Level => Levels[^1].Level;

    /// <summary>Since when it is at its level.</summary>
    public DateOnly Since => Levels[^1].Since;

    internal static Problem Of(ProblemRaised fact, Entry<ProjectFact> entry) => new(
        fact,
        entry.OccurredOn,
        entry.Actor,
        entry.Texts.GetValueOrDefault(ProblemRaised.Description),
        [new(fact.Level, entry.OccurredOn, false, null)])
    {
        GivenDueOn = fact.DueOn,
        PersonInCharge = fact.PersonInCharge,
        Version = entry.Version,
        LastDay = entry.OccurredOn,
    };

    internal Problem With(ProblemFact fact, Entry<ProjectFact> entry) => Taken(fact, entry) with { Version = entry.Version, LastDay = entry.OccurredOn };

    /// <summary>Last day at its level: after it, the problem rises.</summary>
    internal DateOnly DueOn(ServiceRules rules, WorkingCalendar calendar) => OpenProblem.Of(this).DueBy(rules, calendar);

    /// <summary>The latest day that can be given as due at its level.</summary>
    internal DateOnly LevelDueOn(ServiceRules rules, WorkingCalendar calendar) => calendar.Add(Since, rules.ProblemDays.Of(Level));

    /// <summary>What it has risen to by itself up to the end of a day, and when: on the day after each due date (domain 10).</summary>
    internal IEnumerable<(ProblemRisen Fact, DateOnly OccurredOn)> Rises(DateOnly day, ServiceRules rules, WorkingCalendar calendar)
    {
        if (Closure is not null) yield break;
        var problem = OpenProblem.Of(this);
        while (problem.Risen(day, rules, calendar) is { } risen)
        {
            problem = risen;
            yield return (new(Id, risen.Level), risen.Since);
        }
    }

    /// <summary>The problem as it stands at the end of a day, whether or not its rises are recorded.</summary>
    internal Problem On(DateOnly day, ServiceRules rules, WorkingCalendar calendar) =>
        Rises(day, rules, calendar).Aggregate(this, (problem, rise) => problem.Risen(rise.Fact.Level, rise.OccurredOn));

    private Problem Taken(ProblemFact fact, Entry<ProjectFact> entry) => fact switch
    {
        ProblemRisen f => Risen(f.Level, entry.OccurredOn),
        ProblemEscalated f => At(new(f.Level!.Value, entry.OccurredOn, false, entry.Texts.GetValueOrDefault(Act.Reason))),
        CountermeasureTaken f => this with
        {
            PersonInCharge = f.PersonInCharge ?? PersonInCharge,
            GivenDueOn = f.DueOn ?? GivenDueOn,
            Countermeasures = Countermeasures.Add(new(entry.Texts.GetValueOrDefault(CountermeasureTaken.Text), f.PersonInCharge, f.DueOn, entry.OccurredOn, entry.Actor.Id)),
        },
        ProblemClosed f => this with { Closure = new(entry.OccurredOn, entry.Actor.Id, f.Evidence, entry.Texts.GetValueOrDefault(ProblemClosed.Outcome)) },
        _ => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };

    private Problem Risen(ProblemLevel level, DateOnly day) => At(new(level, day, true, null));

    // A day that was given was one for the level before.
    private Problem At(LevelReached level) => this with { Levels = Levels.Add(level), GivenDueOn = null };
}

/// <summary>The problems of a project, in the order in which they were recorded.</summary>
public sealed record ProblemBook(ImmutableArray<Problem> All)
{
    public static ProblemBook None { get; } = new([]);

    /// <summary>Version of the last fact that touched one; 0 for none.</summary>
    public long Version => All.IsEmpty ? 0 : All.Max(p => p.Version);

    /// <summary>The id of the next one.</summary>
    public string NextId => $"P{All.Length + 1}";

    public Problem? Find(string id) => All.FirstOrDefault(p => p.Id == id);

    internal ProblemBook With(ProblemFact fact, Entry<ProjectFact> entry) => fact is ProblemRaised raised
        ? new(All.Add(Problem.Of(raised, entry)))
        : new([.. All.Select(p => p.Id == fact.Problem ? p.With(fact, entry) : p)]);
}

/// <summary>A problem came to a level.</summary>
/// <param name="ByItself">Whether because it was past due.</param>
/// <param name="Reason">Why a person took it there; null for none, and once redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.level-reached")]
public sealed record LevelReached([property: Id(0)] ProblemLevel Level, [property: Id(1)] DateOnly Since, [property: Id(2)] bool ByItself, [property: Id(3)] string? Reason);

/// <summary>What was done about a problem.</summary>
/// <param name="TakenBy">Opaque id of who recorded it.</param>
[GenerateSerializer, Immutable, Alias("agency.countermeasure")]
public sealed record Countermeasure(
    [property: Id(0)] string? Text,
    [property: Id(1)] string? PersonInCharge,
    [property: Id(2)] DateOnly? DueOn,
    [property: Id(3)] DateOnly TakenOn,
    [property: Id(4)] string TakenBy);

/// <summary>The end of a problem 销号.</summary>
[GenerateSerializer, Immutable, Alias("agency.problem-closure")]
public sealed record ProblemClosure(
    [property: Id(0)] DateOnly ClosedOn,
    [property: Id(1)] string ClosedBy,
    [property: Id(2)] ImmutableArray<SubmittedMaterial> Evidence,
    [property: Id(3)] string? Outcome);
