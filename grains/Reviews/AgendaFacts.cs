using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Forecasts;

namespace Agency.Reviews;

/// <summary>Why an entry is proposed for an agenda.</summary>
public enum AgendaRule
{
    /// <summary>An item or the project is red.</summary>
    Red,

    /// <summary>A problem stands at the level of joint reviews, or higher.</summary>
    Problem,

    /// <summary>A resolution is open: overdue, due, or still to be done.</summary>
    Resolution,

    /// <summary>Nothing has been recorded for some working days, construction apart.</summary>
    NoProgress,

    /// <summary>A major project is new.</summary>
    NewProject,

    /// <summary>An entry was deferred by an earlier session, and none has taken it up since.</summary>
    Deferred,
}

/// <summary>What an agenda entry is about. Question and decision wanted are texts.</summary>
/// <param name="Project">Code of the project; null: about none in particular.</param>
/// <param name="Item">Code of an item of it.</param>
/// <param name="Problem">Id of a problem of it.</param>
/// <param name="Resolution">Id of the resolution that it is about.</param>
/// <param name="Departments">Codes of the departments concerned.</param>
/// <param name="Materials">What is to be read for it.</param>
/// <param name="Rule">The rule that proposed it; null: the office itself.</param>
/// <param name="Scenario">What would be so if it is adopted: its promised decisions become resolutions then.</param>
/// <param name="DeferredFrom">The entry of an earlier session that was deferred and is taken up by this one: the session's id and its own there, <c>r1f0c/E3</c>.</param>
/// <param name="ProblemItem">Code of the item that its problem is about; given by the decider.</param>
/// <param name="ResolutionItem">Code of the item that its resolution is about; given by the decider.</param>
[GenerateSerializer, Immutable, Alias("agency.agenda-subject")]
public sealed record AgendaSubject(
    [property: Id(0)] string? Project,
    [property: Id(1)] string? Item,
    [property: Id(2)] string? Problem,
    [property: Id(3)] string? Resolution,
    [property: Id(4)] ImmutableArray<string> Departments,
    [property: Id(5)] ImmutableArray<SubmittedMaterial> Materials,
    [property: Id(6)] AgendaRule? Rule = null,
    [property: Id(7)] Scenario? Scenario = null,
    [property: Id(8)] string? DeferredFrom = null,
    [property: Id(9)] string? ProblemItem = null,
    [property: Id(10)] string? ResolutionItem = null)
{
    /// <summary>The most departments of one entry.</summary>
    public const int MostDepartments = 200;

    /// <summary>The most materials of one entry.</summary>
    public const int MostMaterials = 50;

    /// <summary>Whether the two are about the same, whoever is concerned and whatever is to be read for it, wherever it comes from.</summary>
    internal bool AsksAs(AgendaSubject other) =>
        (this with { Departments = other.Departments, Materials = other.Materials, Rule = other.Rule, DeferredFrom = other.DeferredFrom, ProblemItem = other.ProblemItem, ResolutionItem = other.ResolutionItem }).IsAs(other);

    // Arrays are equal by reference alone.
    internal bool IsAs(AgendaSubject other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, FactJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, FactJson.Options));
}

/// <summary>An entry is on the agenda.</summary>
/// <param name="Entry">Its id, counted per session and never used again: E1, E2. Given by the decider, empty in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.review.entry-added")]
public sealed record EntryAdded([property: Id(0)] string Entry, [property: Id(1)] AgendaSubject Subject) : ReviewFact;

/// <summary>An entry is this from now on.</summary>
/// <param name="AsksAnew">Whether another thing is asked by it, so that what was said before counts no longer: texts that may be redacted cannot tell. Given by the decider.</param>
[GenerateSerializer, Immutable, Alias("agency.review.entry-changed")]
public sealed record EntryChanged([property: Id(0)] string Entry, [property: Id(1)] AgendaSubject Subject, [property: Id(2)] bool AsksAnew = false) : ReviewFact;

/// <summary>An entry is off the agenda; with a reason, a text, once departments have been told of it.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-removed")]
public sealed record EntryRemoved([property: Id(0)] string Entry) : ReviewFact;

/// <summary>How a department attends.</summary>
public enum Attendance
{
    /// <summary>It will come.</summary>
    Confirmed,

    /// <summary>A delegate comes for it 代会.</summary>
    Delegated,

    /// <summary>It is excused, and gives a written opinion.</summary>
    Excused,

    /// <summary>It was there.</summary>
    Present,

    /// <summary>It was not.</summary>
    Absent,
}

/// <summary>A department says whether it comes, or the office whether it came.</summary>
/// <param name="Delegate">Opaque id of the delegate.</param>
[GenerateSerializer, Immutable, Alias("agency.review.attendance")]
public sealed record AttendanceGiven(
    [property: Id(0)] string Department, [property: Id(1)] Attendance Attendance, [property: Id(2)] string? Delegate = null) : ReviewFact;

/// <summary>What a department says to an entry.</summary>
public enum Stance
{
    /// <summary>同意.</summary>
    Agree,

    /// <summary>有条件同意.</summary>
    AgreeWithConditions,

    /// <summary>不同意, with a legal ground.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the trade, promised to clients.")]
    Object,

    /// <summary>需补充.</summary>
    NeedMore,
}

/// <summary>A department's opinion on an entry; the last one before the deadline counts.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opinion")]
public sealed record OpinionGiven([property: Id(0)] string Entry, [property: Id(1)] string Department, [property: Id(2)] Stance Stance) : ReviewFact;

/// <summary>A department that kept silent counts as agreeing 缺席默认. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.opinion-deemed")]
public sealed record OpinionDeemed([property: Id(0)] string Entry, [property: Id(1)] string Department) : ReviewFact;
