using Agency.EventSourcing;
using Agency.Problems;
using Agency.Projects;
using Agency.Tests.Grains.Services;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Problems;

/// <summary>Laws of problems over random histories: raised, taken higher and closed on random days, on time or entered late.</summary>
public static class ProblemLaws
{
    private static readonly DateOnly _first = new(2026, 1, 20);

    [Property(MaxTest = 300)]
    public static void No_open_problem_is_past_due_below_the_highest_level_and_none_falls(int seed)
    {
        var life = new Life(seed, 25);
        var levels = new Dictionary<string, ProblemLevel>();
        for (var day = _first; day < life.Today.AddDays(60); day = day.AddDays(1))
        {
            var known = ProjectState.None.With([.. life.Project.State.Entries.Where(e => ShanghaiTime.DayOf(e.RecordedAt) <= day)]);
            foreach (var problem in Agency.Services.ServiceView.Of(known, day, ServedProject.Rules, ServedProject.Calendar).Problems.All)
            {
                Assert.False(problem.State == ProblemStatus.Open && problem.DueOn < day && problem.Level < ProblemLevel.CityLeadership);
                Assert.Equal(problem.DueOn < day, problem.Overdue);
                if (problem.State == ProblemStatus.Open) Assert.Equal((problem.Level, problem.DueOn), Kept(known.Service.Problems.Find(problem.Id)!, day));
                Assert.Equal(problem.Levels, problem.Levels.OrderBy(l => l.Level).ThenBy(l => l.Since));

                // What is entered late takes back only what nobody had recorded.
                if (life.IsLive) Assert.True(levels.GetValueOrDefault(problem.Id) <= problem.Level);
                levels[problem.Id] = problem.Level;
            }
        }
    }

    [Property(MaxTest = 300)]
    public static void Recorded_rises_are_the_derived_ones_whenever_somebody_commands(int seed)
    {
        // The same commands that change no level and no day, given or not: in the end everything stands alike.
        var random = new Random(seed);
        var (once, often) = (new ServedProject(), new ServedProject());
        var (raised, day) = (new ProblemRaised("", null, "land", (ProblemLevel)random.Next(3), null, null, []), _first.AddDays(random.Next(30)));
        foreach (var project in (ServedProject[])[once, often]) Assert.Null(project.Give(raised, day, texts: [("description", "d")]));
        for (var i = 0; i < 6; i++)
        {
            day = day.AddDays(random.Next(20));
            Assert.Null(often.Give(new CountermeasureTaken("P1", null, null), day, texts: [("text", "t")]));
            Assert.Equal(once.On(day).Problems.All[0].Levels, often.On(day).Problems.All[0].Levels);
            Assert.Equal(once.On(day).Problems.All[0].DueOn, often.On(day).Problems.All[0].DueOn);
            Assert.Equal(often.State.Service.Problems.All[0].Level, once.On(day).Problems.All[0].Level);
        }

        var escalated = (ProblemEscalated)new("P1", null);
        var refused = once.Give(escalated, day, texts: [("reason", "r")]);
        Assert.Equal(refused, often.Give(escalated, day, texts: [("reason", "r")]));
        if (refused is null) Assert.Equal(once.State.Service.Problems.All[0].Levels, often.State.Service.Problems.All[0].Levels);
    }

    [Property(MaxTest = 100)]
    public static void Folding_the_stored_facts_gives_the_problems(int seed)
    {
        var entries = new Life(seed, 25).Project.State.Entries;
        var reread = entries.Select(e => ProjectFact.Codec.Decode(ProjectFact.Codec.Encode(e, new("project", "p"), [])));
        Assert.Equal(
            ProjectState.None.With(entries).Service.Problems.All.Select(p => FactJson.Payload(p).GetRawText()),
            ProjectState.None.With([.. reread]).Service.Problems.All.Select(p => FactJson.Payload(p).GetRawText()));
    }

    // As the portfolio has it, from what it keeps of a problem.
    private static (ProblemLevel Level, DateOnly? DueOn) Kept(Problem recorded, DateOnly day) =>
        OpenProblem.Of(recorded).On(day, ServedProject.Rules, ServedProject.Calendar) is var p ? (p.Level, p.DueBy(ServedProject.Rules, ServedProject.Calendar)) : default;

    private sealed class Life
    {
        public Life(int seed, int commands)
        {
            var random = new Random(seed);
            IsLive = random.Next(2) == 0;
            Today = _first;
            for (var i = 0; i < commands; i++)
            {
                if (random.Next(2) == 0) Today = Today.AddDays(random.Next(8));
                DateOnly? occurredOn = !IsLive && random.Next(4) == 0 ? Today.AddDays(-random.Next(1, 12)) : null;
                var id = $"P{random.Next(1, 4)}";
                DateOnly? dueOn = random.Next(3) == 0 ? (occurredOn ?? Today).AddDays(random.Next(6)) : null;
                ProblemFact command = random.Next(6) switch
                {
                    0 or 1 => new ProblemRaised("", null, "land", (ProblemLevel)random.Next(4), null, dueOn, []),
                    2 => new ProblemEscalated(id, random.Next(2) == 0 ? null : (ProblemLevel)random.Next(4)),
                    3 => new ProblemClosed(id, [new("e")]),
                    _ => new CountermeasureTaken(id, null, dueOn),
                };
                Project.Give(command, Today, occurredOn: occurredOn, texts: [("text", "t"), ("reason", "r")]);
            }
        }

        public ServedProject Project { get; } = new();

        public bool IsLive { get; }

        public DateOnly Today { get; private set; }
    }
}
