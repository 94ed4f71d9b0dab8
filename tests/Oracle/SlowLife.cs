namespace Agency.Tests.Oracle;

/// <summary>A random project led by the slow model alone: every command that it accepts is recorded.</summary>
internal sealed class SlowLife
{
    private static readonly SlowCalendar _calendar = new(Enumerable.Range(15, 9).Select(d => new DateOnly(2026, 2, d)), [new(2026, 2, 14), new(2026, 2, 28)]);
    private static readonly string[] _codes = ["A01", "A02", "A03", "A09", "B01", "B01@2", "C01", "C01@2", "D01", "D01@2", "U01"];
    private static readonly SlowKind[] _steps = [.. Enum.GetValues<SlowKind>().Where(k => k <= SlowKind.Revoke)];
    private static readonly SlowKind[] _others = [.. Enum.GetValues<SlowKind>().Where(k => k > SlowKind.Revoke)];

    private readonly Random _random;
    private readonly List<SlowStep> _history = [];

    public SlowLife(int seed, int commands)
    {
        _random = new(seed);
        Today = new DateOnly(2026, 1, 26).AddDays(_random.Next(20));
        SlowPlan plan = new()
        {
            RegisteredOn = Today,
            Answers = _random.Next(3) == 0 ? new Dictionary<string, bool>() : new Dictionary<string, bool> { ["Q"] = _random.Next(3) != 0 },
            CatalogueItems = [Item("A09", "S1")],
            CatalogueEdges = [new("A01", "A09")],
            Procedures = new Dictionary<string, int?> { ["TZ"] = 20, ["ZJPS"] = null },
            Flow = Flow(),
        };
        RegisteredOn = Today;
        Project = new(_calendar, plan);
        for (int i = 0; i < commands; i++)
            Give();
    }

    public SlowProject Project { get; }

    public static SlowCalendar Calendar => _calendar;

    public DateOnly RegisteredOn { get; }

    public DateOnly Today { get; private set; }

    public IReadOnlyList<SlowStep> History => _history;

    /// <summary>How many facts were known after each commit, and on which day it was.</summary>
    public List<(int Recorded, DateOnly Day)> Commits { get; } = [];

    private void Give()
    {
        if (_random.Next(3) == 0)
            Today = Today.AddDays(_random.Next(1, 4));
        if (_random.Next(6) == 0)
            Commit(Project.Sweep(_history, Today));
        Commit(Project.Judge(_history, Next(), Today).Facts);
    }

    private void Commit(IReadOnlyList<SlowStep> facts)
    {
        _history.AddRange(facts);
        if (facts.Count > 0)
            Commits.Add((_history.Count, Today));
    }

    private SlowStep Next()
    {
        SlowKind kind = _random.Next(5) == 0 ? _others[_random.Next(_others.Length)] : _steps[_random.Next(_steps.Length)];
        if (kind == SlowKind.Terminate && _random.Next(4) != 0)
            kind = SlowKind.Continue;
        DateOnly day = Today.AddDays(_random.Next(3) == 0 ? -_random.Next(8) : 0);
        string code = _codes[_random.Next(_codes.Length)];
        if (kind <= SlowKind.Revoke && _random.Next(4) != 0)
            (kind, code) = Likely();
        if (kind == SlowKind.Correct)
        {
            if (_history.Count == 0)
                return new SlowStep(SlowKind.Pause, day);
            int target = _random.Next(_history.Count);
            SlowStep instead = _history[target] with { OccurredOn = _history[target].OccurredOn.AddDays(_random.Next(-3, 4)), Supersedes = [] };
            return new SlowStep(kind, Today) { Target = target, Instead = _random.Next(3) == 0 ? null : instead };
        }
        return new SlowStep(kind, day)
        {
            Item = kind <= SlowKind.Revoke || kind is SlowKind.Strike or SlowKind.Restore or SlowKind.Add or SlowKind.LowerLimit ? code : "",
            Actor = code == "U01" && day == Today && kind is SlowKind.Decide ? SlowActor.Owner : SlowActor.Office, // what the office decides is confirmed
            Tolerated = kind == SlowKind.Accept && _random.Next(3) == 0 ? [new("copy", day)] : [],
            Materials = ["copy"],
            Approved = _random.Next(4) != 0,
            Procedure = _random.Next(2) == 0 ? "TZ" : "ZJPS",
            AnnouncedDays = 3,
            Days = 1,
            GrantedBy = "head",
            Condition = "Q",
            Yes = _random.Next(2) == 0,
            Work = kind is SlowKind.Merge or SlowKind.WorksFinished ? _random.Next(1, 3) : 1,
            Flow = kind == SlowKind.Move ? Flow() : null,
        };
    }

    /// <summary>A step that goes on from the state of an item of the plan.</summary>
    private (SlowKind Kind, string Item) Likely()
    {
        var items = Project.State(_history, Today).Items.ToArray();
        var (code, item) = items[_random.Next(items.Length)];
        return (item.State switch
        {
            SlowItemState.Submitted => _random.Next(3) == 0 ? SlowKind.RequestSupplement : SlowKind.Accept,
            SlowItemState.SupplementRequested => SlowKind.Supplement,
            SlowItemState.Suspended => SlowKind.Resume,
            SlowItemState.Accepted => _random.Next(6) switch { 0 => SlowKind.Suspend, 1 => SlowKind.HandIn, _ => SlowKind.Decide },
            SlowItemState.Approved => _random.Next(12) == 0 ? SlowKind.Revoke : SlowKind.Confirm,
            _ => SlowKind.Submit,
        }, code);
    }

    private SlowFlow Flow()
    {
        List<SlowPlanItem> items = [.. new[] { ("A01", "S1"), ("A02", "S1"), ("A03", "S1"), ("B01", "S2"), ("C01", "S3"), ("D01", "S4"), ("U01", "SP") }
            .Where(i => i.Item1 is "C01" or "D01" ? _random.Next(4) != 0 : i.Item1 == "A01" || _random.Next(2) == 0)
            .Select(i => Item(i.Item1, i.Item2))];
        bool Has(string code) => items.Any(i => i.Code == code);
        SlowEdge[] edges = [new("A01", "A03"), new("A01", "B01"), new("A01", "C01"), new("B01", "C01"), new("C01", "D01"), new("U01", "C01")];
        return new SlowFlow
        {
            Items = items,
            Stages = [new("S1", 10), new("S2", 10), new("S3", 10, _random.Next(2) == 0 ? "all" : "any"), new("S4", 10)],
            Edges = [.. edges.Where(e => Has(e.Before) && Has(e.After) && _random.Next(3) != 0)],
            TolerantEdges = _random.Next(2) == 0 ? [new("A01", "B01")] : [],
        };
    }

    private SlowPlanItem Item(string code, string stage) => new(code, stage, _random.Next(1, 6))
    {
        Department = "511300-FGW",
        Organ = code == "U01" ? SlowOrgan.Other : SlowOrgan.Department,
        Unit = _random.Next(4) == 0 ? SlowUnit.Natural : SlowUnit.Working,
        MaxExtensionDays = 10,
        DeemedAcceptance = code != "U01" && _random.Next(2) == 0,
        CountsInTotal = _random.Next(4) != 0,
        NonEssential = ["copy"],
        Milestone = code is "A01" or "C01",
        Condition = code == "A02" ? "Q" : null,
        AppliesIf = code == "A03" && _random.Next(2) == 0 ? ["A02"] : [],
    };
}
