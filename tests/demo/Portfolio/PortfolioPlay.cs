using System.Collections.Concurrent;

namespace Agency.Demo.Portfolio;

/// <summary>What is to be played.</summary>
/// <param name="Today">The day up to which it is; null: the service's.</param>
internal sealed record PortfolioOrder(int Projects, int Seed, DateOnly? Today);

/// <summary>What came of it.</summary>
/// <param name="Left">The projects that were left as they are, and why.</param>
internal sealed record PortfolioOutcome(int Entries, TimeSpan Took, IReadOnlyList<(string Code, string Why)> Left);

/// <summary>Plays a portfolio of projects through the REST interface, many at a time.</summary>
internal sealed class PortfolioPlay(Service service)
{
    // The service writes what comes together in one go; on a small machine more than this brings no more.
    private const int AtATime = 24;

    // How far beyond the last day working days are counted.
    private const int DaysAhead = 400;

    /// <summary>Plays all of it to the end; what was played before stays.</summary>
    public async Task<PortfolioOutcome> Run(PortfolioOrder order, PortfolioProgress progress, CancellationToken cancellationToken)
    {
        var today = order.Today ?? await service.Today(cancellationToken);
        var maker = await Maker(order.Seed, today, cancellationToken);
        if (order.Today is null) maker = await Found(maker, cancellationToken);
        Venture[] ventures = [.. Enumerable.Range(0, order.Projects).Select(maker.Of)];
        var left = new ConcurrentBag<(string, string)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        progress.Begin();
        var staff = await Hire(maker.StaffOf(ventures, await Departments(cancellationToken)), parallel);
        await Parallel.ForEachAsync(ventures, parallel, async (venture, cancel) =>
        {
            var life = progress.Project(venture.RegisteredOn, today);
            try
            {
                var course = new ItemCourse(venture, maker.Flows[venture.Flow], maker.Calendar);
                var helped = new ServiceCourse(venture, staff.ManagerOf(venture), staff.ClerkOf(venture), maker.Day, maker.Calendar);
                await new ProjectPlay(service, venture, course, helped, maker.Calendar, today, life.Tell).Run(cancel);
            }
            catch (RefusedException e)
            {
                // Somebody else may have worked on it.
                left.Add((venture.Code, e.Message));
            }

            life.End();
        });
        return new(progress.Entries, progress.Took, [.. left.Order()]);
    }

    /// <summary>What makes the portfolio of a seed and a day, by the service's flows and calendar.</summary>
    public async Task<PortfolioMaker> Maker(int seed, DateOnly day, CancellationToken cancellationToken) =>
        new(seed, day, await Calendar(day, cancellationToken), await Flows(cancellationToken));

    private async Task<Dictionary<string, FlowAnswer>> Flows(CancellationToken cancellationToken)
    {
        var flows = await Task.WhenAll(Kinds.All.Select(k => k.Value.Flow).Distinct().Select(async code => (code, flow: await IfThere<FlowAnswer>($"/catalogue/flows/{code}", cancellationToken))));
        return flows.Where(f => f.flow is not null).ToDictionary(f => f.code, f => f.flow!);
    }

    private async Task<CityCalendar> Calendar(DateOnly day, CancellationToken cancellationToken)
    {
        var (first, last) = (day.AddDays(-2 * PortfolioMaker.Days), day.AddDays(DaysAhead));
        var years = await Task.WhenAll(Enumerable.Range(first.Year, last.Year - first.Year + 1).Select(year => IfThere<YearAnswer>($"/calendar/{year}", cancellationToken)));
        return new(first, last, years.OfType<YearAnswer>());
    }

    // What an earlier run has begun goes on, by the day that it was made by: its first project tells it. Of that one's code year and month
    // alone hang on the day.
    private async Task<PortfolioMaker> Found(PortfolioMaker maker, CancellationToken cancellationToken)
    {
        var found = await service.Get<ListingPage>($"/projects?q={maker.Of(0).Code[4..]}", cancellationToken);
        return found.Items is [var first, ..] ? maker.On(first.RegisteredOn.AddDays(PortfolioMaker.Days)) : maker;
    }

    private async Task<List<string>> Departments(CancellationToken cancellationToken)
    {
        var (departments, page) = (new List<string>(), new DepartmentPage([], ""));
        while (page.NextCursor is { } cursor)
        {
            page = await service.Get<DepartmentPage>($"/departments?limit=200{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            departments.AddRange(page.Items.Where(d => d.Kind == "department").Select(d => d.Code));
        }

        return departments;
    }

    // Those who stand in for others must be there before them.
    private async Task<Staff> Hire(Staff staff, ParallelOptions parallel)
    {
        foreach (var helpers in staff.Helpers.GroupBy(h => h.Leave is not null))
        {
            await Parallel.ForEachAsync(helpers, parallel, async (helper, cancel) =>
            {
                try
                {
                    await service.Post<object>("/agents", Body(helper), null, cancel);
                }
                catch (RefusedException e) when (e.Code == "agent-exists")
                {
                    // From an earlier run.
                }
            });
        }

        return staff;
    }

    private static Dictionary<string, object?> Body(Helper helper)
    {
        Dictionary<string, object?> body = new()
        {
            ["id"] = helper.Id,
            ["name"] = helper.Name,
            ["phone"] = helper.Phone,
            ["department"] = helper.Department,
            ["rank"] = helper.Rank,
            ["functions"] = helper.Functions,
            ["capacity"] = helper.Capacity,
        };
        if (helper.District is not null) body["district"] = helper.District;
        if (helper.Leave is not null) body["leaves"] = new[] { helper.Leave };
        return body;
    }

    private async Task<T?> IfThere<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await service.Get<T>(path, cancellationToken);
        }
        catch (RefusedException e) when (e.Code is "flow-not-found" or "calendar-year-not-found")
        {
            return null;
        }
    }
}
