namespace Agency.Demo;

/// <summary>How far the play is.</summary>
/// <param name="Step">The item or work, and what happened to it.</param>
internal sealed record Progress(DateOnly Day, int Approved, int Applicable, string Step);

/// <summary>Plays the building from registration to completion through the REST interface: day by day, everybody does what is next.</summary>
internal sealed class Play(Service service)
{
    private readonly Course _course = new(new WorkingDays(service));

    /// <summary>Plays to the end; what was played before stays.</summary>
    /// <returns>Whether the project is new; false if it was there already.</returns>
    public async Task<bool> Run(Action<Progress> tell, CancellationToken cancellationToken)
    {
        var isNew = await service.Register(Building.Registration, cancellationToken);
        var project = await service.Project(Building.Code, cancellationToken);
        if (project is { State: not "completed", Works.Count: 1 })
        {
            await service.Divide(Building.Code, Building.SecondWork, cancellationToken);
            project = await service.Project(Building.Code, cancellationToken);
        }

        var plan = await service.Plan(Building.Code, cancellationToken);
        if (plan.Items.FirstOrDefault(i => i.State == "undetermined") is { } open) throw new DemoException($"{open.Code} is undetermined: the flow asks something that the building does not answer.");
        while (true)
        {
            var (step, finish) = (await NextStep(plan, project, cancellationToken), await NextFinish(project, cancellationToken));
            if (finish is not null && !(step?.Day < finish.Day))
            {
                project = await service.ReportFinished(Building.Code, finish, cancellationToken);
                Tell(finish.Day, $"{finish.Work.Name ?? $"work {finish.Work.Number}"}: reported finished");
            }
            else if (step is not null)
            {
                var item = await service.Take(Building.Code, step, cancellationToken);
                plan = plan.With(item);
                if (step.Path == "decision") (project, plan) = (await service.Project(Building.Code, cancellationToken), await service.Plan(Building.Code, cancellationToken));
                Tell(step.Day, $"{item.Code} {item.Name}: {step.Path}");
            }
            else
            {
                return isNew;
            }
        }

        void Tell(DateOnly day, string what) => tell(new(day, plan.Items.Count(i => i.Approved), plan.Items.Count(i => i.Applies), what));
    }

    // The earliest next step of all items, so that nothing is recorded before what it follows from.
    private async Task<Step?> NextStep(Plan plan, Project project, CancellationToken cancellationToken)
    {
        Step? next = null;
        foreach (var item in plan.Items)
        {
            if (Since(item, plan, project) is not { } since) continue;
            var step = await _course.Next(item, since, cancellationToken);
            if (step is not null && (next is null || step.Day < next.Day)) next = step;
        }

        return next;
    }

    private async Task<Finish?> NextFinish(Project project, CancellationToken cancellationToken)
    {
        Finish? next = null;
        foreach (var work in project.Works)
        {
            var finish = await _course.Next(work, project.PlannedConstructionDays, cancellationToken);
            if (finish is not null && (next is null || finish.Day < next.Day)) next = finish;
        }

        return next;
    }

    // The day of the last approval that the item waited for, in S4 or of the report that its works are finished. The owner hands in an
    // item for all works together, which is how they share the stages' days; so it waits for its slowest work, and null is not yet.
    private static DateOnly? Since(Item item, Plan plan, Project project)
    {
        Item[] together = [.. plan.Items.Where(i => i.BaseCode == item.BaseCode)];
        if (together.Any(i => i.State == "notReady")) return null;
        var awaited = together.SelectMany(i => i.Prerequisites).ToHashSet();
        var days = plan.Items.Where(i => awaited.Contains(i.Code)).Select(i => i.Approved ? i.Round.DecidedOn : null).Append(project.RegisteredOn);
        if (item.Stage != "S4") return days.Max();
        return project.Works.All(w => w.FinishedOn is not null) ? days.Concat(project.Works.Select(w => w.FinishedOn)).Max() : null;
    }
}
