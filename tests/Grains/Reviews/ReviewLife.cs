using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Reviews;

/// <summary>A session to which commands are given at instants; it begins at 09:00 on Monday 2026-03-02 in Shanghai.</summary>
internal sealed class ReviewLife(CityData? city = null)
{
    public const string Id = "r1";
    public const string Fgw = "511300-FGW";
    public const string Zjj = "511300-ZJJ";
    public const string Province = "510000-SZF";

    private static readonly DepartmentCodes _departments = new(Cities.Shipped);

    public static Actor Office { get; } = new("ada", Role.Office);

    public static Actor Chair { get; } = new("mayor", Role.Leadership);

    /// <summary>Friday 2026-03-06, 09:30.</summary>
    public static DateTimeOffset Start { get; } = At(6, 9, 30);

    public static ReviewPlan Plan { get; } = new(Start, null, "三楼会议室", "mayor", null);

    public Review State { get; private set; } = Review.None;

    public List<Entry<ReviewFact>> Entries { get; } = [];

    public DateTimeOffset Now { get; set; } = At(2, 9);

    public AgendaCheck Known { get; set; } = new("P", true, true, true, null, null);

    public ImmutableArray<PromisedResolution> Promised { get; set; } = [];

    public CityData City { get; } = city ?? Cities.Shipped;

    public static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(8));

    public static DateOnly On(int day) => new(2026, 3, day);

    public static Actor Of(string department) => new($"of {department}", Role.Department, department);

    public static AgendaSubject Subject(params string[] departments) => new("P", null, null, null, [.. departments], []);

    public ReviewView? View(Actor? actor = null) => ReviewView.Of(Id, State, actor ?? Office, Moment, City, Shipped.Calendar, _departments);

    public AgendaEntryView Entry(string id) => View()!.Agenda.Single(e => e.Id == id);

    /// <summary>The codes of a command's refusal, of its faults if it has some; null: it was done.</summary>
    public string? Do(ReviewFact command, Actor? actor = null, string? reason = null, DateOnly? occurredOn = null, string? onBehalfOf = null, long? ifVersion = null, params (string Name, string Text)[] texts)
    {
        Now = Now.AddSeconds(1);
        (string Name, string Text)[] all = [.. texts, .. reason is null ? [] : new[] { (Act.Reason, reason) }, .. occurredOn is null ? [] : new[] { (Act.LateReason, "补录") }];
        if (command is ReviewDrafted && !all.Any(t => t.Name == ReviewFact.Title)) all = [.. all, (ReviewFact.Title, "三月例会")];
        if (command is EntryAdded or EntryChanged && !all.Any(t => t.Name == ReviewFact.Question)) all = [.. all, (ReviewFact.Question, "是否同意容缺受理")];
        var act = new Act(actor ?? Office, $"c{State.Version}", occurredOn, onBehalfOf, all.ToImmutableSortedDictionary(t => t.Name, t => (string?)t.Text, StringComparer.Ordinal), ifVersion);
        var context = new ReviewContext(act, Moment, Shipped.Calendar, City, _departments)
        {
            Known = Known,
            Promised = Promised,
            Projects = ImmutableDictionary<string, string>.Empty.Add("P", "P").Add("ALIAS", "P"),
        };
        var decision = ReviewDecider.Decide(Id, command, State, context);
        if (decision.Refusal is { } refusal) return refusal.Faults.IsEmpty ? refusal.Code : string.Join(' ', refusal.Faults.Select(f => $"{f.At} {f.Code}"));
        foreach (var entry in decision.Facts)
        {
            Assert.Equal(State.Version + 1, entry.Version);

            // As it is read again.
            State = State.With(ReviewFact.Codec.Decode(ReviewFact.Codec.Encode(entry, ReviewFact.StreamOf(Id), new byte[32])));
            Entries.Add(entry);
        }

        return null;
    }

    public IEnumerable<string> Last(int count) => Entries.TakeLast(count).Select(e => $"{ReviewFact.Codec.NameOf(e.Fact)} {e.Actor.Role}");

    public ReviewLife Drafted(ReviewKind kind = ReviewKind.JointConference, ReviewPlan? plan = null, params AgendaSubject[] entries)
    {
        Assert.Null(Do(new ReviewDrafted(kind, plan ?? Plan)));
        foreach (var subject in entries) Assert.Null(Do(new EntryAdded("", subject)));
        return this;
    }

    public ReviewLife Convened(params AgendaSubject[] entries)
    {
        Drafted(entries: entries);
        Assert.Null(Do(new Convened()));
        return this;
    }

    public ReviewLife InSession(params AgendaSubject[] entries)
    {
        Convened(entries);
        Now = Start;
        Assert.Null(Do(new Opened()));
        return this;
    }

    public string? Say(string department, Stance stance = Stance.Agree, string entry = "E1", Actor? actor = null, string? ground = null, DateOnly? occurredOn = null) =>
        Do(new OpinionGiven(entry, department, stance), actor ?? Of(department), occurredOn: occurredOn, texts: ground is null ? [] : [(ReviewFact.Ground, ground)]);

    public string? Conclude(Outcome outcome = Outcome.Adopted, string entry = "E1", Actor? actor = null, DateOnly? occurredOn = null, string? onBehalfOf = null, params ResolutionDraft[] resolutions) =>
        Do(new EntryConcluded(entry, outcome, [.. resolutions]), actor ?? Chair, occurredOn: occurredOn, onBehalfOf: onBehalfOf, texts: [.. resolutions.Select((_, i) => (ResolutionDraft.TextName(i, "action"), "完成审批"))]);

    private Moment Moment => new(Now, ShanghaiTime.DayOf(Now));
}
