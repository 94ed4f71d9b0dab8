using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Agency.Faults.Processes;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Faults.Load;

/// <summary>A command that a client sends until it is acknowledged.</summary>
/// <param name="Stream">Where its facts come to lie.</param>
/// <param name="Path">What it is posted to.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="CreationId">The id that the client has chosen for what is made; null where nothing is, or the service chooses.</param>
internal sealed record Command(StreamId Stream, string Path, string Body, string Key, string? CreationId = null)
{
    private const string Base = "/api/v1";

    /// <summary>The id that its facts must bear: computed from the rule that docs/storage.md has, not by the service's code.</summary>
    public string Id
    {
        get
        {
            string?[] scope = [ServiceProcess.Actor.Id, ServiceProcess.Actor.Role.ToString(), "POST", Path, CreationId, Key];
            return Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(scope)));
        }
    }

    /// <param name="on">The day it was registered on paper; null: it is registered now.</param>
    public static Command Registration(string project, string key, DateOnly? on = null) => new(
        StreamOf(project),
        $"{Base}/projects",
        $$"""
        { "code": "{{project}}", "name": "厂房", "flow": "SOC_SMALL", "ownerName": "南充某公司", "ownerCreditCode": "91511302MA62900AX9", "district": "511302", "authority": "city",
          "leadDepartment": "511300-ZJJ", "keyLevel": "other"{{(on is { } day ? $$""", "occurredOn": "{{day:O}}", "lateReason": "补录" """ : "")}} }
        """,
        key,
        project);

    /// <summary>A visit, which can be made at any time and as often as one likes.</summary>
    /// <param name="on">The day it was made; null: now.</param>
    public static Command Visit(string project, string key, DateOnly? on = null) =>
        new(StreamOf(project), $"{Base}/projects/{project}/visits", $$"""{ "findings": "{{key}}"{{(on is { } day ? $$""", "visitedOn": "{{day:O}}" """ : "")}} }""", key);

    /// <summary>A problem, of which there can be as many as one likes.</summary>
    public static Command Problem(string project, string key) =>
        new(StreamOf(project), $"{Base}/projects/{project}/problems", $$"""{ "category": "land", "description": "{{key}}" }""", key);

    /// <summary>A series of review sessions, twice a week; its id follows from the command's.</summary>
    public static Command Series(string key, DateOnly from)
    {
        var command = new Command(default, $"{Base}/review-series", $$"""{ "kind": "workingReview", "title": "例会", "rule": "FREQ=WEEKLY;BYDAY=TU,TH", "startTime": "09:30", "from": "{{from:O}}" }""", key);
        return command with { Stream = SeriesFact.StreamOf(IReviewSeriesGrain.IdOf(command.Id)) };
    }

    /// <summary>The draft of a review session, whose id follows from the command's.</summary>
    public static Command Review(string body, string key)
    {
        var command = new Command(default, $"{Base}/reviews", body, key);
        return command with { Stream = ReviewFact.StreamOf(ReviewFact.IdOf(command.Id)) };
    }

    /// <summary>A step of a review session.</summary>
    public static Command Of(StreamId review, string step, string body, string key) => new(review, $"{Base}/reviews/{review.Id}/{step}", body, key);

    /// <summary>The code of a trial's project.</summary>
    public static string CodeOf(int project) => $"2026-511302-47-01-{project:000000}";

    private static StreamId StreamOf(string project) => new("project", project);
}

/// <summary>What was answered to a command that is done.</summary>
internal sealed record Answer(int Status, string Body, string? Location, bool Replayed);

/// <summary>A command of which the service has said that it is done.</summary>
/// <param name="Began">When it was sent first, as a timestamp of the system's clock.</param>
/// <param name="Took">From then to the acknowledgement.</param>
/// <param name="Service">Which service said so, from 0.</param>
internal sealed record Acknowledgement(Command Command, long Began, TimeSpan Took, int Service)
{
    public long Ended => Began + (long)(Took.TotalSeconds * TimeProvider.System.TimestampFrequency);
}

/// <summary>An answer that asks to come again.</summary>
/// <param name="At">When it came, as a timestamp.</param>
/// <param name="Took">How long it was waited for.</param>
/// <param name="SaysWhen">Whether it bore Retry-After.</param>
/// <param name="Problem">The body.</param>
internal sealed record Refusal(long At, TimeSpan Took, bool SaysWhen, string Problem);
