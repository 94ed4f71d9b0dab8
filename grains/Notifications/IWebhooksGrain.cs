using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Notifications;

/// <summary>The webhooks: addresses of other systems that are told what happens here. The key is <see cref="Key"/>.</summary>
[Alias("agency.webhooks"), GrainInterfaceType("agency.webhooks")]
public interface IWebhooksGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>Registers a webhook; the answer alone tells its secret, to a repeat of the command too. Refusals <c>invalid-webhook</c> with a fault for
    /// each member, <c>idempotency-key-reused</c>.</summary>
    [Alias("register"), ResponseTimeout(LongCall.Patience)]
    Task<Answer<Webhook>> Register(WebhookDraft draft, Act act);

    /// <summary>All of them, by id; it waits for nobody who looks up a host.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<Webhook>> List();

    /// <summary>One of them; null if there is none.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<Webhook?> Find(string id);

    /// <summary>Nothing more is sent to it: its receiver has said that it is gone.</summary>
    [Alias("disable")]
    Task Disable(string id);

    /// <summary>Deletes it with its secret; what is pending becomes dead letters. False if there is none.</summary>
    [Alias("delete")]
    Task<bool> Delete(string id);
}

/// <summary>A webhook as it is asked for.</summary>
/// <param name="Url">Where it is told.</param>
/// <param name="Kinds">What it is told; null: notices.</param>
/// <param name="Rules">Codes of the rules by which notices and invitations interest it; null: all.</param>
/// <param name="Secret">What its messages are signed with, <c>whsec_</c> and 24 to 64 bytes in base64; null: one is made.</param>
[GenerateSerializer, Immutable, Alias("agency.webhook-draft")]
public sealed record WebhookDraft([property: Id(0)] string Url, [property: Id(1)] ImmutableArray<MessageKind>? Kinds, [property: Id(2)] ImmutableArray<string>? Rules, [property: Id(3)] string? Secret)
{
    // Whatever writes it down by mistake writes no secret.
    public override string ToString() => nameof(WebhookDraft);
}

/// <summary>A webhook. A member, once written, keeps its name and meaning.</summary>
/// <param name="Rules">Null: all.</param>
/// <param name="DisabledAt">Since when its receiver is gone; null: it is told.</param>
/// <param name="BodyHash">SHA-256 of the request that registered it, if that came under a key.</param>
[GenerateSerializer, Immutable, Alias("agency.webhook")]
public sealed record Webhook(
    [property: Id(0)] string Id,
    [property: Id(1)] string Url,
    [property: Id(2)] ImmutableArray<MessageKind> Kinds,
    [property: Id(3)] ImmutableArray<string>? Rules,
    [property: Id(4)] string Secret,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset? DisabledAt = null,
    [property: Id(7)] string? BodyHash = null)
{
    /// <summary>The target of its deliveries.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Target => TargetOf(Id);

    public static string TargetOf(string id) => $"{Channel}-{id}";

    /// <summary>The name of the channel.</summary>
    public const string Channel = "webhook";

    /// <summary>What every secret begins with (Standard Webhooks).</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>Whether it is told this.</summary>
    public bool Wants(Message message) => DisabledAt is null && message switch
    {
        NoticeMessage told => Kinds.Contains(MessageKind.Notice) && Wants(told.Notice.Rule),
        InvitationMessage told => Kinds.Contains(MessageKind.Invitation) && Wants(told.Notice.Rule),
        _ => Kinds.Contains(MessageKind.Digest),
    };

    // Whatever writes it down by mistake writes no secret.
    public override string ToString() => $"{nameof(Webhook)} {Id}";

    private bool Wants(string rule) => Rules is not { } some || some.Contains(rule);
}

/// <summary>Says which addresses may be told anything.</summary>
public interface IWebhookAddresses
{
    /// <summary>Whether http will do, without TLS.</summary>
    bool AllowHttp { get; }

    /// <summary>Whether this host may be connected to, by the addresses that it has now.</summary>
    Task<HostReach> Reach(string host, CancellationToken cancellationToken);
}

/// <summary>Whether a host may be connected to.</summary>
public enum HostReach
{
    /// <summary>It may.</summary>
    Public,

    /// <summary>One of its addresses is this computer, a private network, or nobody's.</summary>
    Refused,

    /// <summary>It has no address.</summary>
    Unknown,
}
