using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.Ledgers;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>What there is to know of a round that has ended.</summary>
[Flags]
public enum RoundTraits
{
    None = 0,

    /// <summary>Its days are natural days; else working days.</summary>
    NaturalDays = 1,

    /// <summary>It was accepted, so that its clock counted.</summary>
    Accepted = 1 << 1,

    /// <summary>It ended with a decision, be it revoked since; else with a refusal or withdrawal.</summary>
    Decided = 1 << 2,
    Denied = 1 << 3,

    /// <summary>It ended after its due date.</summary>
    Late = 1 << 4,
    StatutoryBreached = 1 << 5,
    Supplemented = 1 << 6,
    Suspended = 1 << 7,

    /// <summary>A step of it was recorded late 补录.</summary>
    BackFilled = 1 << 8,
}

/// <summary>A round that has ended, as it counts for its department. What was counted was so by the calendar of the project's last commit.</summary>
/// <param name="Item">Code of the item, without the work.</param>
/// <param name="Department">Code of the department whose it was.</param>
/// <param name="EndedOn">Day of the decision, refusal or withdrawal.</param>
/// <param name="Used">Days counted.</param>
/// <param name="Limit">The limit with the extension; 0 for one never accepted.</param>
[GenerateSerializer, Immutable, Alias("agency.ended-round"), JsonConverter(typeof(EndedRoundJson))]
public readonly record struct EndedRound(
    [property: Id(0)] string Item,
    [property: Id(1)] string Department,
    [property: Id(2)] DateOnly EndedOn,
    [property: Id(3)] int Used,
    [property: Id(4)] int Limit,
    [property: Id(5)] RoundTraits Traits)
{
    /// <summary>The project's rounds that have ended, also of items that are no longer in its plan.</summary>
    internal static IEnumerable<EndedRound> Of(ProjectClocks clocks, DepartmentCodes departments)
    {
        foreach (var item in clocks.Items)
        {
            var state = clocks.State.Item(item.Code);
            HashSet<int>? late = null;
            foreach (var round in state.Rounds)
            {
                if (round.EndedOn is not { } day) continue;
                var clock = ItemClock.Of(round, clocks.ChargesOf(item.Code), default, paused: false, clocks.Calendar, LightRule.Default);
                var traits = TraitsOf(round, clock) | ((late ??= BackFilledRounds(state, clocks)).Contains(round.Number) ? RoundTraits.BackFilled : 0);
                var department = round.Terms?.Department ?? clocks.State.Registration!.DepartmentOf(item, departments);
                yield return new(WorkExpansion.BaseOf(item.Code), department, day, clock.UsedDays, clock.LimitDays + clock.ExtensionDays, traits);
            }
        }
    }

    private static RoundTraits TraitsOf(Round round, Clock clock) =>
        (clock.Unit == DayUnit.NaturalDays ? RoundTraits.NaturalDays : 0)
        | (round.Terms is not null ? RoundTraits.Accepted : 0)
        | (round.Status is RoundStatus.Approved or RoundStatus.Denied or RoundStatus.Revoked ? RoundTraits.Decided : 0)
        | (round.Status == RoundStatus.Denied ? RoundTraits.Denied : 0)
        | (clock.Light == Light.Red ? RoundTraits.Late : 0)
        | (clock.StatutoryBreached ? RoundTraits.StatutoryBreached : 0)
        | (round.SupplementRequestedOn is not null ? RoundTraits.Supplemented : 0)
        | (round.Procedures.IsEmpty ? 0 : RoundTraits.Suspended);

    private static HashSet<int> BackFilledRounds(ItemState state, ProjectClocks clocks)
    {
        var (rounds, number) = (new HashSet<int>(), 0);
        foreach (var step in state.Steps)
        {
            if (step.Fact is Submission) number++;
            if (BackFilled.Is(step, clocks.Calendar)) rounds.Add(number);
        }

        return rounds;
    }
}

/// <summary>Writes a round as one short array: a project has many, and writes them all with every commit.</summary>
internal sealed class EndedRoundJson : JsonConverter<EndedRound>
{
    public override EndedRound Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var item = Text(ref reader);
        var department = Text(ref reader);
        var ended = DateOnly.ParseExact(Text(ref reader), "yyyyMMdd", CultureInfo.InvariantCulture);
        return new(item, department, ended, Number(ref reader), Number(ref reader), (RoundTraits)Number(ref reader));
    }

    public override void Write(Utf8JsonWriter writer, EndedRound value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Item);
        writer.WriteStringValue(value.Department);
        writer.WriteStringValue(value.EndedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        writer.WriteNumberValue(value.Used);
        writer.WriteNumberValue(value.Limit);
        writer.WriteNumberValue((int)value.Traits);
        writer.WriteEndArray();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        var text = reader.GetString() ?? throw new JsonException("A round without a code or day.");
        reader.Read();
        return text;
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        var number = reader.GetInt32();
        reader.Read();
        return number;
    }
}
