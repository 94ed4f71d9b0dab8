namespace Agency.Demo;

/// <summary>How far the play is.</summary>
internal sealed record Progress(DateOnly Day, int Approved, int Applicable, Item Item, string Step);

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
        var plan = await service.Plan(Building.Code, cancellationToken);
        if (plan.Items.FirstOrDefault(i => i.State == "undetermined") is { } open) throw new DemoException($"{open.Code} is undetermined: the flow asks something that the building does not answer.");
        while (await Next(plan, project, cancellationToken) is { } step)
        {
            var item = await service.Take(Building.Code, step, cancellationToken);
            plan = item.Approved ? await service.Plan(Building.Code, cancellationToken) : plan.With(item);
            tell(new(step.Day, plan.Items.Count(i => i.Approved), plan.Items.Count(i => i.Applies), item, step.Path));
        }

        return isNew;
    }

    // The earliest next step of all items, so that nothing is recorded before what it follows from.
    private async Task<Step?> Next(Plan plan, Project project, CancellationToken cancellationToken)
    {
        Step? next = null;
        foreach (var item in plan.Items)
        {
            var step = await _course.Next(item, Since(item, plan, project), cancellationToken);
            if (step is not null && (next is null || step.Day < next.Day)) next = step;
        }

        return next;
    }

    // The day of the last approval that the item waited for; in S4 not before the building stands.
    private static DateOnly Since(Item item, Plan plan, Project project)
    {
        var approvals = plan.Items.Where(i => item.Prerequisites.Contains(i.Code)).Select(ApprovedOn);
        if (item.Stage == "S4") approvals = approvals.Append(plan.Items.Where(i => i is { Stage: "S3", Milestone: true, Applies: true }).Max(ApprovedOn)?.AddDays(project.PlannedConstructionDays));
        return approvals.Append(project.RegisteredOn).Max()!.Value;
    }

    private static DateOnly? ApprovedOn(Item item) => item.Approved ? item.Round.DecidedOn : null;
}
