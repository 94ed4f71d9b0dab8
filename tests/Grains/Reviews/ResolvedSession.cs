using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Reviews;

/// <summary>A session with one entry and its resolutions, to which steps are given on days of the shipped calendar.</summary>
internal sealed class ResolvedSession
{
    public const string Lead = "511300-FGW";
    public const string Assisting = "511300-ZJJ";
    public const string Stranger = "511303-SWJ";
    public const string Project = "2026-511302-47-01-000001";

    private static readonly DepartmentCodes _departments = new(Cities.Shipped);

    /// <param name="day">The day it is held, and on which its entry is concluded.</param>
    public ResolvedSession(DateOnly day, string id = "r1", params ResolutionDraft[] resolutions)
    {
        Id = id;
        var start = new DateTimeOffset(day, new(9, 30), TimeSpan.FromHours(8));
        Record(day, new ReviewDrafted(ReviewKind.JointConference, new(start, null, "三楼会议室", Chair.Id, Office.Id)));
        Record(day, new EntryAdded("E1", new(Project, null, null, null, [Lead, Assisting], [])), new Convened(), new Opened());
        Record(day, new EntryConcluded("E1", Outcome.Adopted, [.. resolutions]));
    }

    public static Actor Office { get; } = new("ada", Role.Office);

    public static Actor Chair { get; } = new("mayor", Role.Leadership);

    public static WorkingCalendar Calendar => Shipped.Calendar;

    public string Id { get; }

    public Review State { get; private set; } = Review.None;

    public List<Entry<ReviewFact>> Entries { get; } = [];

    public static Actor Of(string department) => new($"of {department}", Role.Department, department);

    public static ResolutionDraft Draft(DateOnly due, string? project = Project, string lead = Lead) => new(lead, [Assisting], project, due);

    /// <summary>Over, so that its resolutions are given.</summary>
    public ResolvedSession Concluded(DateOnly day) => Record(day, new Concluded(), new MinutesDrafted());

    public ResolutionView On(DateOnly day, int number = 1) => ResolutionView.Of(Id, State.Find(number)!, day, Cities.Shipped.Reviews, Calendar);

    /// <summary>Facts of one commit, whatever the rules.</summary>
    public ResolvedSession Record(DateOnly day, params ReviewFact[] facts)
    {
        var context = Context(day, Office, null, null, null, []);
        foreach (var fact in facts) Add(context.Entry(fact, State.Version + 1));
        return this;
    }

    /// <summary>Gives a step; the code of its refusal, or null.</summary>
    /// <param name="today">The day of the command, and of the clock unless <paramref name="occurredOn"/> says when it happened.</param>
    public string? Give(ResolutionFact command, DateOnly today, Actor? actor = null, string? onBehalfOf = null, DateOnly? occurredOn = null, long? ifVersion = null, params (string Name, string Text)[] texts)
    {
        var decision = ResolutionDecider.Decide(Id, command, State, Context(today, actor ?? Office, onBehalfOf, occurredOn, ifVersion, texts));
        if (decision.Refusal is { } refusal) return refusal.Faults is [var fault, ..] ? fault.Code : refusal.Code;
        foreach (var entry in decision.Facts) Add(entry);
        return null;
    }

    /// <summary>Signed for, and done, by the lead unit.</summary>
    public ResolvedSession Completed(DateOnly day, int number = 1)
    {
        Assert.Null(Give(new ResolutionReceived(number), day, Of(Lead)));
        Assert.Null(Give(new ResolutionCompleted(number, [new SubmittedMaterial("批复")]), day, Of(Lead)));
        return this;
    }

    private void Add(Entry<ReviewFact> entry)
    {
        State = State.With(entry);
        Entries.Add(entry);
    }

    // Later in the day with each fact, as instants of recording rise.
    private ReviewContext Context(DateOnly today, Actor actor, string? onBehalfOf, DateOnly? occurredOn, long? ifVersion, (string Name, string Text)[] texts)
    {
        var now = new DateTimeOffset(today, new(4, 0), TimeSpan.Zero).AddSeconds(State.Version);
        var all = texts.Concat(occurredOn is null ? [] : [(Name: Act.LateReason, Text: "补录")]).ToImmutableSortedDictionary(t => t.Name, t => (string?)t.Text, StringComparer.Ordinal);
        return new(new(actor, $"{Id} {State.Version}", occurredOn, onBehalfOf, all, ifVersion), new(now, today), Calendar, Cities.Shipped, _departments);
    }
}
