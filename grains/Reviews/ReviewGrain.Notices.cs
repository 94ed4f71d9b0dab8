using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Feeds;
using Agency.Notifications;
using Agency.People;

namespace Agency.Reviews;

/// <summary>What those concerned are told of the session: in their inboxes, and by invitations.</summary>
internal sealed partial class ReviewGrain
{
    public Task<CalendarEvent?> InCalendar(string language, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(State.IsSeenBy(actor) && (State.IsTold || State.Status != ReviewStatus.Cancelled) ? SessionEvent.Of(Id, State, language, city.City) : null);

    // Whoever is told knows by the id what it has been told already.
    private async Task Notify(IReadOnlyList<Entry<ReviewFact>> commit)
    {
        if (!SessionNotices.MayFollow(commit)) return;
        var (before, after) = Around(commit);
        var notices = SessionNotices.Of(Id, before, after, commit, city.Reminders, calendars.Current);
        await Task.WhenAll(notices.GroupBy(n => n.Recipient).Select(to => GrainFactory.GetGrain<IInboxGrain>($"{to.Key}").Tell([.. to.Select(n => n.Notice)])));
        var happening = SessionEvent.Of(Id, after, FeedTexts.Chinese, city.City);
        ImmutableArray<Delivery> invitations = [.. notices.Where(n => n.Method is not null).Select(n => Invitation(happening, n, commit[^1].RecordedAt))];
        if (!invitations.IsEmpty) await GrainFactory.GetGrain<IDispatchGrain>(IDispatchGrain.Key).Dispatch(invitations);
    }

    private Delivery Invitation(CalendarEvent happening, SessionNotice notice, DateTimeOffset at)
    {
        var (to, method) = (notice.Recipient, notice.Method!.Value);
        var text = writer.Invitation(happening, method, to, to.Kind == RecipientKind.Department ? departments.Find(to.Id!)?.Name : null);
        return new($"{notice.Notice.Id}-invitation", new InvitationMessage(to, Id, text, method == InvitationMethod.Request ? "REQUEST" : "CANCEL", notice.Notice), notice.Notice.NotBefore ?? at);
    }

    // As it was then, whatever has followed since, but for what was redacted: what is delivered late, or again, is the same.
    private (Review Before, Review After) Around(IReadOnlyList<Entry<ReviewFact>> commit)
    {
        var before = State.Entries.TakeWhile(e => e.Version < commit[0].Version).Aggregate(Review.None, (review, entry) => review.With(entry));
        return (before, commit.Aggregate(before, (review, entry) => review.With(entry)));
    }
}
