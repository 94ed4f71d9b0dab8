using System.Collections.Immutable;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Feeds;
using Agency.Notifications;
using Agency.People;
using Agency.Reminders;

namespace Agency.Reviews;

/// <summary>Something that one of those concerned by a session is told.</summary>
/// <param name="Method">With which invitation; null: the calendar stays as it is.</param>
internal sealed record SessionNotice(Recipient Recipient, Notice Notice, InvitationMethod? Method);

/// <summary>What follows from a commit of a session for those whom it concerns (domain 11.3): who is called is invited; to whom something changes, or the agenda,
/// is told so; who is called no longer, or to nothing any more, is told that; whom the office reminds of an opinion is reminded. Pure: told again it is the same.</summary>
internal static class SessionNotices
{
    private const string ConvenedRule = "sessionConvened";
    private const string ChangedRule = "sessionChanged";
    private const string CancelledRule = "sessionCancelled";
    private const string ReleasedRule = "sessionReleased";
    private const string GivenRule = "resolutionGiven";
    private const string OpinionRule = "opinionDue";

    /// <summary>Whether anything of it can follow from these facts.</summary>
    public static bool MayFollow(IReadOnlyList<Entry<ReviewFact>> commit) =>
        commit.Any(e => e.Fact is Convened or ReviewChanged or Postponed or Cancelled or EntryAdded or EntryChanged or EntryRemoved or Concluded or DepartmentsReminded);

    /// <param name="before">The session before the commit.</param>
    /// <param name="after">And with it.</param>
    public static ImmutableArray<SessionNotice> Of(string id, Review before, Review after, IReadOnlyList<Entry<ReviewFact>> commit, ReminderRules rules, WorkingCalendar calendar)
    {
        var (last, was, calls) = (commit[^1], before.Called(), after.Called());
        var moved = commit.Any(e => SessionRevision.IsMoved(before, after, e.Fact));
        var told = commit.Select(e => e.Fact).OfType<DepartmentsNotified>().SelectMany(f => f.Departments).Select(Recipient.Department).ToHashSet();
        var day = ShanghaiTime.DayOf(last.RecordedAt);
        DateTimeOffset? opens = rules.NextWorking(calendar, last.RecordedAt) is var next && next > last.RecordedAt ? next : null;
        return
        [
            .. calls.Except(was).Select(r => Session(r, ConvenedRule, InvitationMethod.Request)),
            .. calls.Intersect(was).Where(r => moved || told.Contains(r)).Select(r => Session(r, ChangedRule, moved ? InvitationMethod.Request : null)),
            .. was.Except(calls).Select(r => Session(r, after.Status == ReviewStatus.Cancelled ? CancelledRule : ReleasedRule, InvitationMethod.Cancel)),
            .. commit.Where(e => e.Actor.Role != Role.System).Select(e => e.Fact).OfType<DepartmentsReminded>().SelectMany(Reminded),
            .. commit.Any(e => e.Fact is Concluded) ? after.Resolutions.Where(r => r.GivenDay is not null).SelectMany(Resolved) : [],
        ];

        SessionNotice Session(Recipient to, string rule, InvitationMethod? method) => new(to, Notice(to, rule, NoticeSubject.Review, id, Values(after, rules)) with { Invited = method is not null }, method);

        // What the sweep records it has told already.
        IEnumerable<SessionNotice> Reminded(DepartmentsReminded fact) =>
            from entry in after.Agenda.Where(e => e.Outcome is null)
            from department in EntryOpinions.Silent(entry, after.Plan).Intersect(fact.Departments)
            let to = Recipient.Department(department)
            select new SessionNotice(to, Notice(to, OpinionRule, NoticeSubject.Review, id, Values(after, rules).Add("code", entry.Id), entry.Id), null);

        IEnumerable<SessionNotice> Resolved(Resolution r)
        {
            var code = ResolutionId.Of(id, r.Number);
            var values = NoValues.Add("code", code).Add("day", Written(r.Draft.DueDate));
            return r.Draft.Assisting.Prepend(r.Draft.Lead).Distinct().Select(Recipient.Department).Select(to => new SessionNotice(to, Notice(to, GivenRule, NoticeSubject.Resolution, code, values), null));
        }

        Notice Notice(Recipient to, string rule, NoticeSubject subject, string subjectId, ImmutableSortedDictionary<string, string> values, string? code = null) =>
            new(Notifications.Notice.IdOf(to, subject, subjectId, code, rule, $"v{last.Version}"), rule, subject, subjectId, null, day, values) { NotBefore = opens };
    }

    private static ImmutableSortedDictionary<string, string> NoValues { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    // The title is a text that may be redacted.
    private static ImmutableSortedDictionary<string, string> Values(Review review, ReminderRules rules) => NoValues
        .Add("session", rules.Sessions[FactJson.Name(review.Draft!.Kind)])
        .Add("day", Written(review.Plan.HeldOn!.Value))
        .Add("time", review.Plan.HeldAt);

    private static string Written(DateOnly day) => $"{day:yyyy-MM-dd}";
}
