using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;

namespace Agency.Tests.Silo.Reminders;

/// <summary>An inbox in whose place <see cref="ToldNotices"/> answers, as long as the service has none of its own.</summary>
[GrainType("test.inbox")]
internal sealed class NoInbox : Grain, IInboxGrain
{
    public Task<int> Tell(ImmutableArray<Notice> notices) => throw new NotSupportedException();

    public Task<InboxPage> List(InboxQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Answer<Notification>> Read(string id, Act act) => throw new NotSupportedException();

    public Task<int> Digest(DateOnly day) => throw new NotSupportedException();

    public Task<int> Purge(DateTimeOffset before) => throw new NotSupportedException();
}
