using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.Faults.Processes;
using Agency.Notifications;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Grains.Notifications;
using Microsoft.AspNetCore.Http;

namespace Agency.Tests.Api.Webhooks;

public sealed class WebhooksApiTests(ChannelsFixture api) : IClassFixture<ChannelsFixture>
{
    private const string Path = "/api/v1/webhooks";

    private readonly HttpClient _root = api.As(Role.Administrator, "root");

    [Fact]
    public async Task A_webhook_is_told_what_it_wants_as_a_signed_event()
    {
        await using var receiver = await HttpReceiver.Start();
        var hook = await Registered(receiver, "\"rules\": [\"itemRed\"]");
        await api.Dispatch(Notices.Delivery(Recipient.Person("p-1"), 1), Notices.Delivery(Recipient.Office, 2, "visitDue"), new Delivery("d-1", new DigestMessage(Recipient.Office, new(2026, 3, 2), []), default));
        await Eventually.Holds(async () => (await Listed(hook, "sent")).Length == 1);

        var request = receiver.Received.Single();
        Assert.Equal(DeliveryRow.IdOf($"webhook-{Id(hook)}", Notices.Of(Recipient.Person("p-1")).Id), request.Id);
        Assert.Equal("application/cloudevents+json; charset=utf-8", request.Headers["Content-Type"]);

        // As a receiver checks it who knows nothing but Standard Webhooks.
        var key = Convert.FromBase64String(hook.GetProperty("secret").GetString()!["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.").Concat(request.Body).ToArray();
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", request.Headers["webhook-signature"]);
        Assert.Equal($"{api.Clock.GetUtcNow().ToUnixTimeSeconds()}", request.Headers["webhook-timestamp"]);

        var told = request.Json;
        Assert.Equal(
            ("1.0", request.Id, "agency.itemRed", "urn:agency", "2026-511302-47-01-000001", "application/json"),
            (Text(told, "specversion"), Text(told, "id"), Text(told, "type"), Text(told, "source"), Text(told, "subject"), Text(told, "datacontenttype")));
        Assert.True(told.GetProperty("time").TryGetDateTimeOffset(out _));
        var data = told.GetProperty("data");
        Assert.Equal(("person-p-1", "itemRed", "project", "A01", "2026-03-02", "第1中学"), (Text(data, "recipient"), Text(data, "rule"), Text(data, "subject"), Text(data, "item"), Text(data, "day"), Text(data.GetProperty("values"), "project")));
        await Delete(hook);
    }

    [Fact]
    public async Task A_webhook_is_told_at_once_what_people_are_told_in_working_hours()
    {
        await using var receiver = await HttpReceiver.Start();
        var hook = await Registered(receiver);
        await api.Dispatch(Notices.Delivery(Recipient.Person("p-1"), 900, notBefore: api.Clock.GetUtcNow().AddDays(2)));
        await Eventually.Holds(async () => (await Listed(hook, "sent")).Length == 1);
        Assert.Equal(api.Clock.GetUtcNow(), receiver.Received.Single().Json.GetProperty("time").GetDateTimeOffset());
        await Delete(hook);
    }

    [Fact]
    public async Task The_secret_is_told_once_and_a_repeat_under_the_key_is_the_same_webhook()
    {
        await using var receiver = await HttpReceiver.Start();
        var secret = $"whsec_{Convert.ToBase64String(new byte[24])}";
        var body = $$"""{ "url": "{{receiver.Url}}/x", "kinds": ["digest", "notice"], "secret": "{{secret}}" }""";
        using var first = await _root.Post(Path, body, ("Idempotency-Key", "w-1"));
        var hook = await first.Body(201);
        Assert.Equal((secret, $"{Path}/{Id(hook)}"), (Text(hook, "secret"), first.Headers.Location!.ToString()));
        using var again = await _root.Post(Path, body, ("Idempotency-Key", "w-1"));
        Assert.Equal((Id(hook), "true"), (Id(await again.Body(201)), again.Headers.GetValues("Idempotency-Replayed").Single()));
        await (await _root.Post(Path, body.Replace("/x", "/y", StringComparison.Ordinal), ("Idempotency-Key", "w-1"))).Problem(422, "idempotency-key-reused");

        var listed = await (await _root.Get(Path)).Content.ReadAsStringAsync(Requests.Cancel);
        Assert.Contains(Id(hook), listed, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", listed, StringComparison.Ordinal);
        await Delete(hook);
        await (await _root.Send(HttpMethod.Delete, $"{Path}/{Id(hook)}")).Problem(404, "webhook-not-found");
        await (await _root.Get($"{Path}/{Id(hook)}/deliveries")).Problem(404, "webhook-not-found");
    }

    [Fact]
    public async Task What_cannot_be_a_webhook_is_refused_member_by_member()
    {
        var refused = await (await _root.Post(Path, """{ "url": "ftp://x", "kinds": ["notice", "notice"], "rules": ["itemRed", "none"], "secret": "whsec_AAAA" }""")).Problem(422, "invalid-webhook");
        Assert.Equal(["/kinds/1", "/rules/1", "/secret", "/url"], refused.ErrorsAt().Order(StringComparer.Ordinal));
        foreach (var url in (string[])["/x", "https://a@example.cn/", "https://example.cn/#x", "https://host.invalid/"])
            Assert.Equal(["/url"], (await (await _root.Post(Path, JsonSerializer.Serialize(new { url }))).Problem(422, "invalid-webhook")).ErrorsAt());
        await (await _root.Post(Path, """{ "url": "https://example.cn", "kind": "notice" }""")).Problem(400, "unknown-member");
    }

    [Fact]
    public async Task A_receiver_that_answers_500_by_turns_is_slow_or_hangs_up_gets_every_id_at_least_once()
    {
        await using var receiver = await HttpReceiver.Start();
        await using var other = await HttpReceiver.Start();
        var (hook, healthy) = (await Registered(receiver), await Registered(other));
        var (hanging, seen) = (0, 0);
        receiver.Answer = async context =>
        {
            // Each id fails twice, by turns in another way.
            var attempt = receiver.Received.Count(r => r.Id == context.Request.Headers["webhook-id"]);
            switch (attempt > 2 ? 3 : Interlocked.Increment(ref seen) % 3)
            {
                case 0:
                    context.Response.StatusCode = 500;
                    break;
                case 1:
                    context.Abort();
                    break;
                case 2:
                    Interlocked.Increment(ref hanging);
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => Interlocked.Decrement(ref hanging), TaskScheduler.Default);
                    break;
                default:
                    await context.Response.WriteAsync(new string('x', 1_000_000));
                    break;
            }
        };
        var messages = Enumerable.Range(100, 30).Select(n => Notices.Delivery(Recipient.Office, n)).ToArray();
        await api.Dispatch(messages);

        // The clock stands, and so whatever the one receiver makes wait; the other has all of it.
        await Eventually.Holds(async () => (await Listed(healthy, "sent")).Length == 30);
        Assert.Equal(30, other.Received.Count);
        await Eventually.Holds(async () =>
        {
            await api.Onward(_root, $"{Path}/{Id(hook)}/deliveries", Volatile.Read(ref hanging));
            return (await Listed(hook, "sent")).Length == 30;
        }, TimeSpan.FromMinutes(2));
        Assert.All(receiver.Received.CountBy(r => r.Id), id => Assert.Equal(3, id.Value));
        Assert.Equal(messages.Select(m => DeliveryRow.IdOf($"webhook-{Id(hook)}", m.Id)).ToHashSet(), receiver.Received.Select(r => r.Id).ToHashSet());
        Assert.All(receiver.Received.GroupBy(r => r.Id), same => Assert.Single(same.Select(r => Convert.ToBase64String(r.Body)).Distinct()));
        await Delete(hook);
        await Delete(healthy);
    }

    [Fact]
    public async Task A_dead_receiver_leaves_dead_letters_that_can_be_sent_again_once_it_lives()
    {
        await using var receiver = await HttpReceiver.Start();
        receiver.Answer = context => Task.FromResult(context.Response.StatusCode = 503);
        var hook = await Registered(receiver);
        await api.Dispatch(Notices.Delivery(Recipient.Office, 200));
        await Eventually.Holds(async () =>
        {
            await api.Onward(_root, $"{Path}/{Id(hook)}/deliveries");
            return (await Listed(hook, "dead")).Length == 1;
        });
        var dead = (await Listed(hook, "dead")).Single();
        Assert.Equal(("status503", 11), (Text(dead, "reason"), dead.GetProperty("attempts").GetInt32()));
        Assert.Equal(JsonValueKind.Null, dead.GetProperty("nextAt").ValueKind);

        receiver.Answer = _ => Task.CompletedTask;
        var retry = $"{Path}/{Id(hook)}/deliveries/{Text(dead, "id")}/retry";
        Assert.Equal("pending", Text(await (await _root.Post(retry, null, ("Idempotency-Key", "r-1"))).Body(200), "state"));
        await Eventually.Holds(async () => (await Listed(hook, "sent")).Length == 1);
        Assert.Equal("sent", Text(await (await _root.Post(retry, null, ("Idempotency-Key", "r-1"))).Body(200), "state"));
        await (await _root.Post(retry, null)).Problem(409, "delivery-sent");
        await (await _root.Post($"{Path}/{Id(hook)}/deliveries/x/retry", null)).Problem(404, "delivery-not-found");
        await (await _root.Post($"{Path}/{Id(hook)}/deliveries/{new string('0', 32)}/retry", null)).Problem(404, "delivery-not-found");
        await (await _root.Post($"{Path}/w0/deliveries/{Text(dead, "id")}/retry", null)).Problem(404, "webhook-not-found");
        Assert.Single(receiver.Received.Select(r => r.Id).Distinct());
        await Delete(hook);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_told_no_more_and_a_redirect_is_not_followed()
    {
        await using var gone = await HttpReceiver.Start();
        await using var moved = await HttpReceiver.Start();
        gone.Answer = context => Task.FromResult(context.Response.StatusCode = 410);
        moved.Answer = context =>
        {
            context.Response.Redirect($"{gone.Url}/elsewhere");
            return Task.CompletedTask;
        };
        var (hook, other) = (await Registered(gone), await Registered(moved));
        await api.Dispatch(Notices.Delivery(Recipient.Office, 300));
        await Eventually.Holds(async () => (await Listed(hook, "dead")).Length == 1 && (await Listed(other, "pending")) is [var one] && Text(one, "reason") == "status302");
        var listed = (await _root.Read(Path)).GetProperty("items").EnumerateArray().Single(w => Id(w) == Id(hook));
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("disabledAt").ValueKind);
        await api.Dispatch(Notices.Delivery(Recipient.Office, 301));
        await Eventually.Holds(async () => (await Listed(other, null)).Length == 2);
        Assert.Equal(["/"], gone.Received.Select(r => r.Path));
        Assert.Single(await Listed(hook, null));
        await Delete(hook);
        await Delete(other);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string Id(JsonElement hook) => Text(hook, "id")!;

    private async Task<JsonElement> Registered(HttpReceiver receiver, string more = "\"kinds\": [\"notice\"]") => await (await _root.Post(Path, $$"""{ "url": "{{receiver.Url}}", {{more}} }""")).Body(201);

    private async Task Delete(JsonElement hook) => Assert.Equal(204, (int)(await _root.Send(HttpMethod.Delete, $"{Path}/{Id(hook)}")).StatusCode);

    private async Task<JsonElement[]> Listed(JsonElement hook, string? state) =>
        [.. (await _root.Read($"{Path}/{Id(hook)}/deliveries?limit=200{(state is null ? "" : $"&state={state}")}")).GetProperty("items").EnumerateArray()];
}
