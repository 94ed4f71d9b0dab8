namespace Agency.Demo.Portfolio;

internal enum MoveKind
{
    Continuation,
    Answer,
    Step,

    /// <summary>Of the service to the project.</summary>
    Service,
    WorksFinished,
    Pause,
    Termination,
}

/// <summary>What somebody does next to a project or an item of it.</summary>
/// <param name="Step">The step's resource below the item, or the project.</param>
/// <param name="Body">The request's body, but for day and reason.</param>
internal sealed record Move(MoveKind Kind, DateOnly Day, string Step, Dictionary<string, object?> Body)
{
    public string? Item { get; init; }

    public int Work { get; init; }

    /// <summary>Whether it is a PUT.</summary>
    public bool Puts { get; init; }

    /// <summary>Its place among alike moves of a day.</summary>
    public int Order { get; init; }

    /// <summary>Whether it follows on the completion of the project, after which nothing else of its kind does.</summary>
    public bool IsOfEnd { get; init; }

    /// <summary>What follows from it, on whose paths {id} is the id that it got.</summary>
    public IReadOnlyList<Move> After { get; init; } = [];

    /// <summary>Whether it happens to items or works, and so not while the project is paused.</summary>
    public bool IsOfItems => Kind is MoveKind.Step or MoveKind.WorksFinished;

    public bool IsSubmission => Kind == MoveKind.Step && Step == "submission";

    /// <summary>Its place among the moves of a day: what the departments do comes before what is handed in.</summary>
    public int Rank => ((int)Kind * 2) + (IsSubmission ? 1 : 0);

    public static object[] Materials(IEnumerable<string> names) => [.. names.Select(n => new Dictionary<string, object?> { ["name"] = n })];
}
