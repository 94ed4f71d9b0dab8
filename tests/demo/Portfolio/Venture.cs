namespace Agency.Demo.Portfolio;

/// <summary>What becomes of a project, beside what happens to its items.</summary>
internal enum Fate
{
    /// <summary>It goes on as its owner and the departments do.</summary>
    Usual,

    /// <summary>Departments often decide late.</summary>
    Late,

    /// <summary>From a day on the departments decide nothing any more.</summary>
    Undecided,

    /// <summary>From a day on the owner hands nothing in any more.</summary>
    Neglected,

    /// <summary>From a day on whatever is to be decided is stopped by a procedure first, which does not end.</summary>
    Reviewed,

    /// <summary>It is paused on a day.</summary>
    Paused,

    /// <summary>It is paused on a day, and goes on later.</summary>
    Continued,

    /// <summary>It is given up on a day.</summary>
    Terminated,
}

/// <summary>A project of the portfolio as it is registered, and what decides its course.</summary>
/// <param name="Index">Its place in the portfolio, from 0.</param>
/// <param name="Conditions">The answers to all that its flow asks, save <paramref name="LeftOpen"/>.</param>
/// <param name="LeftOpen">A condition that is not answered at registration; as a rule there is none.</param>
/// <param name="AnsweredOn">When that is answered after all; null: not yet.</param>
/// <param name="Works">How many works it is divided into.</param>
/// <param name="FateOn">The day of its fate, for those that have one.</param>
/// <param name="ContinuedOn">When a paused one goes on.</param>
/// <param name="Lot">What its course is drawn by.</param>
internal sealed record Venture(
    int Index,
    string Code,
    string Name,
    string Flow,
    Owner Owner,
    string District,
    string Authority,
    string LeadDepartment,
    string KeyLevel,
    string Cluster,
    int Investment,
    int ConstructionDays,
    IReadOnlyDictionary<string, bool> Conditions,
    string? LeftOpen,
    DateOnly? AnsweredOn,
    int Works,
    DateOnly RegisteredOn,
    Fate Fate,
    DateOnly FateOn,
    DateOnly ContinuedOn,
    Tempers Tempers,
    Lot Lot);

/// <param name="CreditCode">统一社会信用代码.</param>
internal sealed record Owner(string Name, string CreditCode);

/// <summary>How those who have to do with a project are.</summary>
/// <param name="OwnerPace">How long the owner takes, 1 being usual.</param>
/// <param name="Slack">How many of ten parts of a limit departments use at least.</param>
/// <param name="Supplement">How likely an application lacks something.</param>
/// <param name="Suspension">How likely a procedure stops a clock.</param>
/// <param name="Extension">How likely a limit is extended.</param>
/// <param name="Denial">How likely a first application is denied.</param>
/// <param name="Silence">How likely nobody answers an application.</param>
/// <param name="Late">How likely a decision is late.</param>
internal sealed record Tempers(double OwnerPace, double Slack, double Supplement, double Suspension, double Extension, double Denial, double Silence, double Late);
