using System.Collections.Immutable;

namespace Agency.Reviews;

/// <summary>What the chair concludes of an entry.</summary>
public enum Outcome
{
    /// <summary>通过.</summary>
    Adopted,

    /// <summary>附条件通过.</summary>
    AdoptedWithConditions,

    /// <summary>缓议: to the next session.</summary>
    Deferred,

    /// <summary>提请上级研究.</summary>
    ReferredUp,
}

/// <summary>A resolution 议定事项 as it is taken; action and deliverable are texts.</summary>
/// <param name="Lead">Code of the lead unit 牵头单位.</param>
/// <param name="Assisting">Codes of the assisting units 配合单位.</param>
/// <param name="Project">Code of the project that it is for; null: none in particular.</param>
/// <param name="Item">The item whose decision was promised by it, where a scenario was adopted.</param>
[GenerateSerializer, Immutable, Alias("agency.resolution-draft")]
public sealed record ResolutionDraft(
    [property: Id(0)] string Lead,
    [property: Id(1)] ImmutableArray<string> Assisting,
    [property: Id(2)] string? Project,
    [property: Id(3)] DateOnly DueDate,
    [property: Id(4)] string? Item = null)
{
    /// <summary>The most resolutions of one entry.</summary>
    public const int Most = 50;

    /// <summary>Name of a resolution's text, <c>action</c> or <c>deliverable</c>, beside the conclusion.</summary>
    public static string TextName(int index, string member) => $"resolutions/{index}/{member}";
}

/// <summary>What the chair says to an entry.</summary>
[GenerateSerializer, Immutable, Alias("agency.conclusion-fact")]
public abstract record ConclusionFact([property: Id(0)] string Entry) : ReviewFact;

/// <summary>The chair's conclusion of an entry. Its resolutions are numbered on in the session, from 1.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-concluded")]
public sealed record EntryConcluded(string Entry, [property: Id(1)] Outcome Outcome, [property: Id(2)] ImmutableArray<ResolutionDraft> Resolutions) : ConclusionFact(Entry);

/// <summary>The chair takes the conclusion of an entry back, with its resolutions: what was said late counts, too, from now on.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.entry-reopened")]
public sealed record EntryReopened(string Entry) : ConclusionFact(Entry);

/// <summary>It is over: what was concluded stands, and its resolutions are given out.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.concluded")]
public sealed record Concluded : SessionFact;

/// <summary>The minutes are drafted. The system's, with the conclusion.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.minutes-drafted")]
public sealed record MinutesDrafted : ReviewFact;

/// <summary>The chair issues the minutes.</summary>
/// <param name="Year">Of their number; given by the grain, 0 in a command.</param>
/// <param name="Number">Counted per year, from 1.</param>
[GenerateSerializer, Immutable, Alias("agency.review.issued")]
public sealed record Issued([property: Id(0)] int Year, [property: Id(1)] int Number) : SessionFact;

/// <summary>Issued, and every resolution closed. The system's.</summary>
[GenerateSerializer, Immutable, Alias("agency.review.archived")]
public sealed record Archived : ReviewFact;
