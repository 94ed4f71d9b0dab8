using Agency.Api.Http;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reviews;

namespace Agency.Api.Reviews;

/// <summary>A session to be drafted.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="StartsAt">When it begins; of all but a written consultation.</param>
/// <param name="OpinionsBy">Last day for opinions; of a written consultation alone.</param>
/// <param name="Place">Where.</param>
/// <param name="Chair">Opaque id of the person who chairs it; of a joint conference needed once it is convened. Left out, the office chairs.</param>
/// <param name="Recorder">Opaque id of the person who records it.</param>
public sealed record ReviewBody(
    ReviewKind Kind,
    string Title,
    DateTimeOffset? StartsAt = null,
    DateOnly? OpinionsBy = null,
    string? Place = null,
    string? Chair = null,
    string? Recorder = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ReviewFact.Title, Title)];

    internal ReviewDrafted ToFact() => new(Kind, new(StartsAt, OpinionsBy, Place, Chair, Recorder));
}

/// <summary>Members of a session to change (RFC 7396): what is left out stays, null takes away.</summary>
public sealed record ReviewPatchBody : ActBody
{
    public Optional<string> Title { get; init; }

    public Optional<DateTimeOffset?> StartsAt { get; init; }

    public Optional<DateOnly?> OpinionsBy { get; init; }

    public Optional<string?> Place { get; init; }

    public Optional<string?> Chair { get; init; }

    public Optional<string?> Recorder { get; init; }

    /// <summary>Why departments that were called are told of another time so late.</summary>
    public string? Reason { get; init; }

    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];

    // A title that is null is none: the decider says so.
    internal ReviewPatch ToCommand() => new()
    {
        Title = Title.IsSet ? new(true, Title.Value ?? "") : default,
        StartsAt = StartsAt,
        OpinionsBy = OpinionsBy,
        Place = Place,
        Chair = Chair,
        Recorder = Recorder,
    };
}

/// <summary>A step of the session, with its reason where it needs one.</summary>
public record ReviewStepBody : ActBody
{
    /// <summary>Why; free text.</summary>
    public string? Reason { get; init; }

    public override IEnumerable<(string Name, string? Text)> Texts() => [(Act.Reason, Reason)];
}

/// <summary>Departments are called together.</summary>
public sealed record ConveningBody : ReviewStepBody;

/// <summary>It is put off, and the deadline for opinions with it: those given stay, whoever was silent has time again, and what has been concluded stays as it is.</summary>
/// <param name="StartsAt">When it begins then.</param>
/// <param name="OpinionsBy">Last day for opinions then; of a written consultation.</param>
public sealed record PostponementBody(DateTimeOffset? StartsAt = null, DateOnly? OpinionsBy = null) : ReviewStepBody;

/// <summary>How a department attends.</summary>
/// <param name="Attendance">A department confirms, sends a delegate, or is excused; who was there the office says.</param>
/// <param name="Delegate">Opaque id of the delegate.</param>
public sealed record AttendanceBody(Attendance Attendance, string? Delegate = null) : ActBody;

/// <summary>A department's opinion.</summary>
/// <param name="Ground">Its conditions, what more is needed, or the legal ground of who objects.</param>
public sealed record OpinionBody(Stance Stance, string? Ground = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ReviewFact.Ground, Ground)];
}

/// <summary>What the chair concludes of an entry; entered by the office, onBehalfOf is the id of whoever chairs. Before the deadline for opinions every department concerned has answered.</summary>
/// <param name="Remarks">What the chair remarks; the conditions, where it is adopted with some.</param>
/// <param name="Resolutions">What is to be done; of what is adopted alone.</param>
public sealed record EntryConclusionBody(Outcome Outcome, string? Remarks = null, IReadOnlyList<ResolutionBody>? Resolutions = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() =>
        [(ReviewFact.Remarks, Remarks), .. (Resolutions ?? []).SelectMany((r, i) => new[] { (ResolutionDraft.TextName(i, "action"), (string?)r.Action), (ResolutionDraft.TextName(i, "deliverable"), r.Deliverable) })];

    internal EntryConcluded ToFact(string entry) => new(entry, Outcome, [.. (Resolutions ?? []).Select(r => new ResolutionDraft(r.Lead, [.. r.Assisting ?? []], r.Project, r.DueDate))]);
}

/// <summary>A resolution 议定事项.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Lead">Code of the lead unit 牵头单位.</param>
/// <param name="DueDate">Last day for it.</param>
/// <param name="Assisting">Codes of the assisting units 配合单位.</param>
/// <param name="Project">Code of the project that it is for.</param>
/// <param name="Deliverable">What shows that it is done.</param>
public sealed record ResolutionBody(string Action, string Lead, DateOnly DueDate, IReadOnlyList<string>? Assisting = null, string? Project = null, string? Deliverable = null);
