using System.Collections.Immutable;
using Agency.People;

namespace Agency.EventSourcing;

/// <summary>One fact in its stream, with who recorded it, when it was recorded and when it happened.</summary>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Fact">What happened.</param>
/// <param name="RecordedAt">When the service learned it; one instant for all facts of a commit, rising along the stream.</param>
/// <param name="OccurredOn">The day it happened, in Asia/Shanghai.</param>
/// <param name="Actor">Who recorded it.</param>
/// <param name="OnBehalfOf">For whom the office entered it from paper: a department, or whoever chairs a session.</param>
/// <param name="CommandId">The command it follows from.</param>
/// <param name="CalendarVersion">The calendar version that it was decided by, where working days were counted.</param>
/// <param name="Texts">Free texts by name; the value is null once redacted.</param>
public sealed record Entry<TFact>(
    long Version,
    TFact Fact,
    DateTimeOffset RecordedAt,
    DateOnly OccurredOn,
    Actor Actor,
    string? OnBehalfOf,
    string CommandId,
    int? CalendarVersion,
    ImmutableSortedDictionary<string, string?> Texts)
    where TFact : class;
