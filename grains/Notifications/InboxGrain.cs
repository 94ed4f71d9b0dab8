using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Notifications;

[GrainType("agency.inbox")]
internal sealed class InboxGrain : Grain, IInboxGrain
{
    public Task<int> Tell(ImmutableArray<Notice> notices) => Task.FromResult(0);

    public Task<InboxPage> List(InboxQuery query, CancellationToken cancellationToken) => Task.FromResult(new InboxPage([], false, 0, 0));

    public Task<Answer<Notification>> Read(string id, Act act) => throw new NotSupportedException();

    public Task<int> Digest(DateOnly day) => Task.FromResult(0);

    public Task<int> Purge(DateTimeOffset before) => Task.FromResult(0);
}
