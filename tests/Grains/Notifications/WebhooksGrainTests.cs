using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Grains.Notifications;

/// <summary>Two activations over the same rows, as there can be while silos die: each does what the other knows nothing of.</summary>
public sealed class WebhooksGrainTests
{
    private static readonly Act _act = new(new("root", Role.Administrator), "c-1");

    private readonly InMemoryRowStore _rows = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task A_webhook_that_the_other_has_registered_keeps_its_secret()
    {
        var (one, other) = (Activated(), Activated());
        var made = await one.Register(Draft("https://a.example/hook"), _act);
        var again = await other.Register(Draft("https://a.example/hook"), _act);
        Assert.Equal((Of(made.View!), true), (Of(again.View!), again.Replayed));
        Assert.Equal([Of(made.View!)], (await other.List()).Select(Of));
        Assert.Equal([Of(made.View!)], (await Activated().List()).Select(Of));
    }

    [Fact]
    public async Task Of_two_that_register_the_same_at_once_both_tell_the_secret_that_is_kept()
    {
        var meanwhile = new Meanwhile();
        var grain = new WebhooksGrain(_rows, FullChecks.City, meanwhile, _clock);
        var made = default(Answer<Webhook>);
        meanwhile.Happens = async () => made = await Activated().Register(Draft("https://a.example/hook"), _act);
        var again = await grain.Register(Draft("https://a.example/hook"), _act);
        Assert.Equal((Of(made!.View!), true), (Of(again.View!), again.Replayed));
        Assert.Equal([Of(made.View!)], (await grain.List()).Select(Of));
    }

    [Fact]
    public async Task A_webhook_that_the_other_has_deleted_does_not_come_back()
    {
        var one = Activated();
        var id = (await one.Register(Draft("https://a.example/hook"), _act)).View!.Id;
        var other = Activated();
        Assert.True(await one.Delete(id));
        await other.Disable(id);
        Assert.Empty(await other.List());
        Assert.Empty(await Activated().List());
    }

    [Fact]
    public async Task A_webhook_that_the_other_has_disabled_stays_so_since_then()
    {
        var one = Activated();
        var id = (await one.Register(Draft("https://a.example/hook"), _act)).View!.Id;
        var other = Activated();
        await one.Disable(id);
        _clock.Advance(TimeSpan.FromHours(1));
        await other.Disable(id);
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromHours(1), (await other.Find(id))!.DisabledAt);
    }

    private static (string, string, DateTimeOffset, DateTimeOffset?) Of(Webhook webhook) => (webhook.Id, webhook.Secret, webhook.CreatedAt, webhook.DisabledAt);

    private static WebhookDraft Draft(string url) => new(url, null, null, null);

    private WebhooksGrain Activated() => new(_rows, FullChecks.City, new Everywhere(), _clock);

    /// <summary>Something happens while a host is looked up.</summary>
    private sealed class Meanwhile : IWebhookAddresses
    {
        public Func<Task> Happens { get; set; } = () => Task.CompletedTask;

        public bool AllowHttp => false;

        public async Task<HostReach> Reach(string host, CancellationToken cancellationToken)
        {
            await Happens();
            return HostReach.Public;
        }
    }

    private sealed class Everywhere : IWebhookAddresses
    {
        public bool AllowHttp => false;

        public Task<HostReach> Reach(string host, CancellationToken cancellationToken) => Task.FromResult(HostReach.Public);
    }
}
