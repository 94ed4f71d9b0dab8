namespace Agency.Reminders;

/// <summary>What somebody may have to be reminded of. Its day is the last day in time, unless it says otherwise.</summary>
public enum MatterKind
{
    /// <summary>The answer to an application: the fifth working day after receipt.</summary>
    Answer,

    /// <summary>An item's clock becomes yellow: the first such day.</summary>
    ItemYellow,

    /// <summary>An item's clock: its due date.</summary>
    Item,

    /// <summary>A special procedure: the day on which it was announced to end.</summary>
    Procedure,

    /// <summary>The delivery of a decision.</summary>
    Delivery,

    /// <summary>The end of a result's validity.</summary>
    Validity,

    /// <summary>A supplement that is owed.</summary>
    Supplement,

    /// <summary>A tolerated material that is owed.</summary>
    Material,

    /// <summary>A problem at its level.</summary>
    Problem,

    /// <summary>A problem has risen: the day of that.</summary>
    ProblemRisen,

    /// <summary>A visit of the manager.</summary>
    Visit,

    /// <summary>The answer to a mandate's request, or the appointment of its clerk.</summary>
    Mandate,

    /// <summary>A follow-up of a visit or a coordination.</summary>
    FollowUp,

    /// <summary>The case that a bad rating opened.</summary>
    Case,

    /// <summary>Nothing but the system's own has been recorded of a project: the day of the last that was.</summary>
    Progress,

    /// <summary>A session: the day on which it is held.</summary>
    Session,

    /// <summary>An opinion on an agenda entry.</summary>
    Opinion,

    /// <summary>The receipt of a resolution.</summary>
    Receipt,

    /// <summary>A resolution: its due date.</summary>
    Resolution,

    /// <summary>The minutes of a session that has concluded.</summary>
    Minutes,
}

/// <summary>A matter that stands, on a working calendar.</summary>
/// <param name="Code">What of the subject it is: an item, the id of a problem, the number of a follow-up; empty for the subject itself.</param>
/// <param name="Department">Code of the department that has to act; null: none has.</param>
/// <param name="Person">Id of the person who has to act; null: none is named.</param>
/// <param name="Until">After this day there is no use in reminding of it; null: there is while it stands.</param>
/// <param name="AskedAt">Version of the subject since which it is as it is, where it can become another on the same day: what was told before was of another; 0: it cannot.</param>
public readonly record struct Matter(MatterKind Kind, string Code, DateOnly Day, string? Department = null, string? Person = null, DateOnly? Until = null, long AskedAt = 0);
