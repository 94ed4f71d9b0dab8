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

    /// <summary>Working days after the last that may still be asked about.</summary>
    private const int DaysAhead = 400;

    /// <summary>Plays all of it to the end; what was played before stays.</summary>
    public async Task<PortfolioOutcome> Run(PortfolioOrder order, PortfolioProgress progress, CancellationToken cancellationToken)
    {
        var today = order.Today ?? await service.Today(cancellationToken);
        var flows = await Flows(cancellationToken);
        var calendar = await Calendar(today, cancellationToken);
        var maker = new PortfolioMaker(order.Seed, order.Today ?? await Anchor(order.Seed, today, calendar, flows, cancellationToken), calendar, flows);
        var left = new ConcurrentBag<(string, string)>();
        progress.Begin();
        await Parallel.ForEachAsync(Enumerable.Range(0, order.Projects), new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (index, cancel) =>
        {
            var venture = maker.Of(index);
            var lived = progress.Project(venture.RegisteredOn, today);
            try
            {
                await new ProjectPlay(service, venture, new(venture, flows[venture.Flow], calendar), calendar, today, lived.Tell).Run(cancel);
            }
            catch (RefusedException e)
            {
                // Somebody else may have worked on it.
                left.Add((venture.Code, e.Message));
            }

            lived.End();
        });
        return new(progress.Entries, progress.Took, [.. left.Order()]);
    }

    private async Task<Dictionary<string, FlowAnswer>> Flows(CancellationToken cancellationToken)
    {
        var flows = await Task.WhenAll(Kinds.All.Select(k => k.Value.Flow).Distinct().Select(async code => (code, flow: await IfThere<FlowAnswer>($"/catalogue/flows/{code}", cancellationToken))));
        return flows.Where(f => f.flow is not null).ToDictionary(f => f.code, f => f.flow!);
    }

    private async Task<CityCalendar> Calendar(DateOnly today, CancellationToken cancellationToken)
    {
        var (first, last) = (today.AddDays(-PortfolioMaker.Days - 366), today.AddDays(DaysAhead));
        var years = await Task.WhenAll(Enumerable.Range(first.Year, last.Year - first.Year + 1).Select(year => IfThere<YearAnswer>($"/calendar/{year}", cancellationToken)));
        return new(first, last, years.OfType<YearAnswer>());
    }

    // The day that the portfolio was made by, where an earlier run has left its first project; else today.
    private async Task<DateOnly> Anchor(int seed, DateOnly today, CityCalendar calendar, Dictionary<string, FlowAnswer> flows, CancellationToken cancellationToken)
    {
        // All of a code but year and month, which hang on that day.
        var code = new PortfolioMaker(seed, today, calendar, flows).Of(0).Code[4..];
        var found = await service.Get<ListingPage>($"/projects?q={code}", cancellationToken);
        return found.Items is [var first, ..] ? first.RegisteredOn.AddDays(PortfolioMaker.Days) : today;
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
