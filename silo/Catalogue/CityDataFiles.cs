using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Progress;
using Agency.Reminders;
using Agency.Reviews;
using Agency.Services;

namespace Agency.Silo.Catalogue;

/// <summary>Reads what a city edits: organs, districts, clusters, the catalogue, the rules of the service, of review sessions and of reminders, a JSON file each.</summary>
public static class CityDataFiles
{
    private const string Catalogue = "catalogue.json";

    // Nothing is lost in silence: a misspelt member stops the start.
    private static readonly JsonSerializerOptions _options = new(FactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads and checks the files in <paramref name="directory"/>.</summary>
    /// <exception cref="StartupException">A file cannot be read, or what it says cannot be: one sentence, naming file and place.</exception>
    public static CityData Load(string directory)
    {
        var organs = Read<ImmutableArray<Organ>>(directory, "organs.json");
        var districts = Read<DistrictsFile>(directory, "districts.json");
        var clusters = Read<ClustersFile>(directory, "clusters.json");
        var catalogue = Read<CatalogueFile>(directory, Catalogue);
        var service = Read<ServiceFile>(directory, "service.json");
        var reviews = Read<JsonObject>(directory, "reviews.json");
        reviews.Remove("note");
        var reminders = Read<JsonObject>(directory, "reminders.json");
        reminders.Remove("note");
        var draft = new CityDraft(
            new(districts.City.Code, districts.City.Name, districts.Districts),
            organs,
            clusters.Clusters,
            catalogue.Stages,
            catalogue.Procedures,
            catalogue.Conditions,
            [.. catalogue.Items.Select(Item)],
            [.. catalogue.Flows.Select(Flow)],
            new(service.ProblemDays, service.ProblemCategories, service.Visits, service.YellowWorkingDays, service.DutyYellowWorkingDays, service.RatingCaseWorkingDays, service.Published),
            As<ReviewRules>(reviews, "reviews.json", "/"),
            As<ReminderRules>(reminders, "reminders.json", "/"));
        return CityData.Check(draft, out var problems) ?? throw new StartupException(More(problems));
    }

    private static string More(ImmutableArray<CityProblem> problems) =>
        problems.Length == 1 ? $"{problems[0]}." : $"{problems[0]}, and {problems.Length - 1} more: {string.Join("; ", problems.Skip(1).Take(9))}.";

    private static CatalogueItemDraft Item(JsonObject entry, int index)
    {
        var (after, neededBefore) = (Take<ImmutableArray<string>?>(entry, "after", $"/items/{index}"), Take<ImmutableArray<string>?>(entry, "neededBefore", $"/items/{index}"));
        var reserved = Take<bool?>(entry, "reserved", $"/items/{index}");
        if (entry["code"] is { } code && entry.Remove("code")) entry["item"] = code;
        return new(As<ItemDraft>(entry, Catalogue, $"/items/{index}"), after ?? [], neededBefore ?? [], reserved ?? false);
    }

    private static ShippedFlow Flow(JsonObject entry, int index)
    {
        var pointer = $"/flows/{index}";
        var (code, exchangeType) = (Take<string?>(entry, "code", pointer), Take<int?>(entry, "exchangeType", pointer));

        // The record numbers the versions; the file's number tells its reader which draft it is.
        entry.Remove("version");
        return new(code ?? "", exchangeType, As<FlowDraft>(entry, Catalogue, pointer));
    }

    private static T? Take<T>(JsonObject entry, string member, string pointer) =>
        entry.Remove(member, out var node) && node is not null ? As<T>(node, Catalogue, $"{pointer}/{member}") : default;

    private static T Read<T>(string directory, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(directory, file)), _options) ?? throw new StartupException($"data/{file} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartupException($"data/{file} cannot be read: {e.Message}", e);
        }
    }

    private static T As<T>(JsonNode node, string file, string pointer)
    {
        try
        {
            return node.Deserialize<T>(_options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new StartupException($"data/{file} at {pointer} cannot be read: {e.Message}", e);
        }
    }

    private sealed record DistrictsFile(CityFile City, ImmutableArray<District> Districts);

    private sealed record CityFile(string Code, string Name);

    private sealed record ClustersFile(ImmutableArray<Cluster> Clusters, string? Note = null);

    private sealed record ServiceFile(
        ProblemDays ProblemDays,
        ImmutableArray<ProblemCategory> ProblemCategories,
        VisitRules Visits,
        int YellowWorkingDays,
        int DutyYellowWorkingDays,
        int RatingCaseWorkingDays,
        ImmutableArray<PublishedPart> Published,
        string? Note = null);

    private sealed record CatalogueFile(
        ImmutableArray<CatalogueStage> Stages,
        ImmutableArray<Procedure> Procedures,
        ImmutableArray<Condition> Conditions,
        ImmutableArray<JsonObject> Items,
        ImmutableArray<JsonObject> Flows,
        string? Note = null);
}
