using Agency.Calendar;
using Agency.Clocks;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Portfolio;

/// <summary>Deadlines that two calendars move apart, against a look at every clock by both.</summary>
public sealed class ImpactTests
{
    [Property(MaxTest = 20)]
    public static void It_is_what_a_look_at_every_clock_by_both_calendars_tells(int seed)
    {
        var random = new Random(seed);
        var lives = Enumerable.Range(0, 15).Select(i => (Code: $"2026-511302-47-01-{i:000000}", Life: Lived(random.Next(120)))).ToArray();
        PortfolioShard[] shards = [new(), new()];
        foreach (var (code, life) in lives) shards[random.Next(2)].Take(life.State.Version, life.Summary(code));

        // What is past stays as it was: only days to come are taken off.
        var day = lives.Max(l => l.Life.Today).AddDays(random.Next(3));
        DateOnly[] off = [.. Enumerable.Range(1, 40).Select(day.AddDays).Where(d => RandomLife.Calendar.IsWorkingDay(d) && random.Next(8) == 0)];
        var moved = new WorkingCalendar(2, Shipped.Years.SetItem(2025, Shipped.Years[2025] with { Off = [.. Shipped.Years[2025].Off, .. off] }));
        var naive = lives.SelectMany(l => Deadlines(l.Code, l.Life, day, RandomLife.Calendar).Join(Deadlines(l.Code, l.Life, day, moved), d => d.Of, d => d.Of, (a, b) => new MovedDeadline(a.Of, "n", a.Department, a.Due, b.Due)))
            .Where(d => d.DueFrom != d.DueTo).OrderBy(d => d.Of, DeadlinePlace.Order).ToArray();

        var department = naive.Select(d => d.Department).FirstOrDefault(d => d is not null) ?? "511300-FGW";
        Compare(naive, new("o", Role.Supervisor));
        Compare([.. naive.Where(d => d.Department == department)], new("d", Role.Department, department));

        void Compare(MovedDeadline[] expected, Actor actor)
        {
            var found = new List<MovedDeadline>();
            for (var after = default(DeadlinePlace); ;)
            {
                var page = ImpactPage.First([.. shards.Select(s => s.Impact(new(1, 2, after, 3), new(actor, []), day, RandomLife.Calendar, moved))], 3);
                found.AddRange(page.Items);
                Assert.Equal(expected.Length, page.Total);
                if (!page.HasMore) break;
                after = page.Items[^1].Of;
            }

            Assert.Equal(expected, found);
        }
    }

    private static IEnumerable<(DeadlinePlace Of, string? Department, DateOnly Due)> Deadlines(string code, RandomLife life, DateOnly day, WorkingCalendar calendar)
    {
        var views = life.ViewsOn(day, calendar);
        var project = views.Project(Cities.Shipped.Service);
        if (project.State != ProjectStatus.Active) return [];
        return views.Plan().Items.Select(i => (Scope: ClockScope.Item, i.Code, Department: (string?)i.Department, i.Clock))
            .Concat(project.Stages.Select(s => (Scope: ClockScope.Stage, s.Code, Department: (string?)null, s.Clock)))
            .Append((Scope: ClockScope.Total, Code: "", Department: null, project.Clock))
            .Where(c => c.Clock.State == ClockState.Running)
            .Select(c => (new DeadlinePlace(code, c.Scope, c.Code), c.Department, c.Clock.DueDate!.Value));
    }

    private static RandomLife Lived(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++) life.Step();
        return life;
    }
}
