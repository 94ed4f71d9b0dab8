using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Notifications;

[GrainType("agency.webhooks")]
internal sealed class WebhooksGrain(IRowStore rows, CityData city, IWebhookAddresses addresses, TimeProvider clock) : Grain, IWebhooksGrain
{
    private const string Partition = "webhook";
    private const int SecretBytes = 32;
    private static readonly TimeSpan _lookUp = TimeSpan.FromSeconds(5);

    private ImmutableSortedDictionary<string, Webhook> _all = ImmutableSortedDictionary.Create<string, Webhook>(StringComparer.Ordinal);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in rows.All(Partition, cancellationToken: cancellationToken))
            Take(JsonSerializer.Deserialize<Webhook>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty webhook."));
    }

    public async Task<Answer<Webhook>> Register(WebhookDraft draft, Act act)
    {
        var id = DerivedId.OfCommand('w', act.CommandId);
        var hash = act.Key is { } key ? Convert.ToHexStringLower(key.BodyHash.Span) : null;
        if (_all.TryGetValue(id, out var made)) return made.BodyHash == hash ? new(null, 0, made, Replayed: true) : new(Refusal.Of(Refusals.KeyReused), 0, null);
        var faults = WebhookDecider.Check(draft, city.Reminders, addresses.AllowHttp).ToList();
        if (faults.Count == 0 && WebhookDecider.UrlOf(draft, addresses.AllowHttp) is { } url)
        {
            using var time = new CancellationTokenSource(_lookUp, clock);
            if (WebhookDecider.Check(await addresses.Reach(url.IdnHost, time.Token)) is { } fault) faults.Add(fault);
        }

        if (faults.Count > 0) return new(Refusal.Of("invalid-webhook", faults), 0, null);
        var secret = draft.Secret ?? Webhook.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        var webhook = new Webhook(id, draft.Url, draft.Kinds ?? [MessageKind.Notice], draft.Rules, secret, clock.GetUtcNow(), null, hash);
        await Store(webhook);
        return new(null, 0, webhook);
    }

    public Task<ImmutableArray<Webhook>> List() => Task.FromResult<ImmutableArray<Webhook>>([.. _all.Values]);

    public Task<Webhook?> Find(string id) => Task.FromResult(_all.GetValueOrDefault(id));

    public async Task Disable(string id)
    {
        if (_all.TryGetValue(id, out var webhook) && webhook.DisabledAt is null) await Store(webhook with { DisabledAt = clock.GetUtcNow() });
    }

    public async Task<bool> Delete(string id)
    {
        if (!_all.ContainsKey(id)) return Repeat.IsOne;
        await rows.Erase(new(Partition, id));
        _all = _all.Remove(id);
        return true;
    }

    private async Task Store(Webhook webhook)
    {
        await rows.Put(new(Partition, webhook.Id), JsonSerializer.SerializeToUtf8Bytes(webhook, FactJson.Options));
        Take(webhook);
    }

    private void Take(Webhook webhook) => _all = _all.SetItem(webhook.Id, webhook);
}
