using System.Buffers.Text;
using Agency.EventSourcing;
using Agency.Reminders;

namespace Agency.Notifications;

/// <summary>What a webhook must be.</summary>
internal static class WebhookDecider
{
    private const int LongestUrl = 2000;
    private const int FewestBytes = 24;
    private const int MostBytes = 64;

    /// <summary>All that is wrong with it but whom it reaches, by JSON pointer.</summary>
    public static IEnumerable<Fault> Check(WebhookDraft draft, ReminderRules rules, bool allowHttp)
    {
        if (UrlOf(draft, allowHttp) is null) yield return Fault.Of("/url", "bad-webhook-url", ("max", LongestUrl));
        if (draft.Secret is { } secret && !IsSecret(secret)) yield return Fault.Of("/secret", "bad-webhook-secret", ("from", FewestBytes), ("to", MostBytes));
        if (draft.Kinds is { } kinds)
        {
            foreach (var twice in Fault.Twice("/kinds", kinds)) yield return twice;
        }

        if (draft.Rules is not { } some) yield break;
        foreach (var twice in Fault.Twice("/rules", some)) yield return twice;
        foreach (var (index, code) in some.Index().Where(r => rules.Find(r.Item) is null)) yield return Fault.Of($"/rules/{index}", "unknown-rule", ("code", code));
    }

    /// <summary>Its address; null if it cannot be one.</summary>
    public static Uri? UrlOf(WebhookDraft draft, bool allowHttp) =>
        draft.Url.Length <= LongestUrl && Uri.TryCreate(draft.Url, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (allowHttp && url.Scheme == Uri.UriSchemeHttp)) && url is { UserInfo: "", Fragment: "", Host: not "" }
            ? url
            : null;

    /// <summary>The fault of an address that reaches nobody who may be told; null if it does.</summary>
    public static Fault? Check(HostReach reach) => reach switch
    {
        HostReach.Refused => Fault.Of("/url", "webhook-address-refused"),
        HostReach.Unknown => Fault.Of("/url", "webhook-host-unknown"),
        _ => null,
    };

    private static bool IsSecret(string secret)
    {
        if (!secret.StartsWith(Webhook.SecretPrefix, StringComparison.Ordinal)) return false;
        return Base64.IsValid(secret.AsSpan(Webhook.SecretPrefix.Length), out var bytes) && bytes is >= FewestBytes and <= MostBytes;
    }
}
