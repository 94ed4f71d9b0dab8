using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Agency.Catalogue;
using Agency.EventSourcing;
using Orleans.Storage;

namespace Agency.Notifications;

[GrainType("agency.webhooks")]
internal sealed class WebhooksGrain(IRowStore rows, CityData city, IWebhookAddresses addresses, TimeProvider clock) : Grain, IWebhooksGrain
{
    private const string Partition = "webhook";
    private const int SecretBytes = 32;
    private static readonly TimeSpan _lookUp = TimeSpan.FromSeconds(5);

    public async Task<Answer<Webhook>> Register(WebhookDraft draft, Act act)
    {
        var id = DerivedId.OfCommand('w', act.CommandId);
        var hash = act.Key is { } key ? Convert.ToHexStringLower(key.BodyHash.Span) : null;
        if (await Read(id) is { Webhook: var made }) return Again(made, hash);
        var faults = WebhookDecider.Check(draft, city.Reminders, addresses.AllowHttp).ToList();
        if (faults.Count == 0 && WebhookDecider.UrlOf(draft, addresses.AllowHttp) is { } url)
        {
            using var time = new CancellationTokenSource(_lookUp, clock);
            if (WebhookDecider.Check(await addresses.Reach(url.IdnHost, time.Token)) is { } fault) faults.Add(fault);
        }

        if (faults.Count > 0) return new(Refusal.Of("invalid-webhook", faults), 0, null);
        var secret = draft.Secret ?? Webhook.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var webhook = new Webhook(id, draft.Url, draft.Kinds ?? [MessageKind.Notice], draft.Rules, secret, clock.GetUtcNow(), null, hash);
        return await rows.Create(KeyOf(id), Bytes(webhook)) is not null ? new(null, 0, webhook)
            : await Read(id) is { Webhook: var other } ? Again(other, hash)
            : throw new InconsistentStateException($"The webhook {id} was there and is not.");
    }

    public async Task<ImmutableArray<Webhook>> List() => [.. (await rows.All(Partition).ToListAsync()).Select(Of)];

    public async Task<Webhook?> Find(string id) => (await Read(id))?.Webhook;

    public async Task Disable(string id)
    {
        while (await Read(id) is { Webhook: { DisabledAt: null } webhook, Tag: var tag })
        {
            if (await rows.Replace(KeyOf(id), Bytes(webhook with { DisabledAt = clock.GetUtcNow() }), tag) is not null) return;
        }
    }

    public async Task<bool> Delete(string id) => await rows.Erase(KeyOf(id)) || Repeat.IsOne;

    private async Task<(Webhook Webhook, string Tag)?> Read(string id) => await rows.Get(KeyOf(id)) is { } row ? (Of(row), row.Tag) : null;

    private static Webhook Of(Row row) => JsonSerializer.Deserialize<Webhook>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty webhook.");

    private static Answer<Webhook> Again(Webhook made, string? hash) => made.BodyHash == hash ? new(null, 0, made, Replayed: true) : new(Refusal.Of(Refusals.KeyReused), 0, null);

    private static RowKey KeyOf(string id) => new(Partition, id);

    private static byte[] Bytes(Webhook webhook) => JsonSerializer.SerializeToUtf8Bytes(webhook, FactJson.Options);
}
