using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Reviews.Papers;

[GrainType("agency.review-papers"), StatelessWorker]
internal sealed class ReviewPapersGrain(ICalendarSource calendars, TimeProvider clock) : Grain, IReviewPapersGrain
{
    // Each may have to be folded first: others read the store, too.
    private const int AtOnce = 50;
    private const int OpenPage = 200;

    // Held at once, and more than anybody is urged to read; what is left is counted in the paper.
    private const int MostOpen = 5000;

    private IReviewsGrain Reviews => GrainFactory.GetGrain<IReviewsGrain>(IReviewsGrain.Key);

    public async Task<Answer<Paper>> Make(string review, PaperKind kind, Actor actor, CancellationToken cancellationToken)
    {
        var grain = GrainFactory.GetGrain<IReviewGrain>(review);
        if (await grain.View(actor, cancellationToken) is not { } view) return new(Refusal.Of("review-not-found", ("review", review)), 0, null);
        var facts = kind != PaperKind.Minutes ? await AsOfNow(view, kind, cancellationToken) : await grain.AsIssued(actor, cancellationToken) is { } issued ? await Facts(issued, cancellationToken) : null;
        return facts is not null && PaperWriter.Of(kind, facts) is { } paper ? new(null, paper.Version, paper) : new(Refusal.Of("review-not-concluded", ("review", review)), 0, null);
    }

    private async Task<PaperFacts> AsOfNow(ReviewView view, PaperKind kind, CancellationToken cancellationToken)
    {
        var facts = await Facts(new(view, clock.GetUtcNow(), calendars.Current.Version), cancellationToken);
        var (open, left) = kind == PaperKind.Briefing ? await Open(cancellationToken) : ([], 0);
        return facts with { Last = await Last(view, cancellationToken), Portfolio = await GrainFactory.GetGrain<IPortfolioGrain>(0).Overview(Actor.System, cancellationToken), Open = open, OpenLeft = left };
    }

    private async Task<PaperFacts> Facts(IssuedReview review, CancellationToken cancellationToken) =>
        new(review.View, null, await Projects(review.View, cancellationToken), null, [], 0, await Persons(review.View, cancellationToken), review.AsOf, review.CalendarVersion);

    private async Task<(ImmutableArray<ResolutionView> Open, int Left)> Open(CancellationToken cancellationToken)
    {
        var (open, page) = (ImmutableArray.CreateBuilder<ResolutionView>(), default(ResolutionPage));
        do
        {
            page = await Reviews.Resolutions(new(Open: true, After: page?.Last, Limit: OpenPage), Actor.System, cancellationToken);
            open.AddRange(page.Items);
        }
        while (page.More && open.Count < MostOpen);
        return (open.ToImmutable(), page.More ? page.Total - open.Count : 0);
    }

    private async Task<ReviewView?> Last(ReviewView view, CancellationToken cancellationToken) =>
        await Reviews.Last(view.Id, cancellationToken) is { } last ? await GrainFactory.GetGrain<IReviewGrain>(last).View(Actor.System, cancellationToken) : null;

    private async Task<ImmutableSortedDictionary<string, PaperProject>> Projects(ReviewView view, CancellationToken cancellationToken)
    {
        var projects = ImmutableSortedDictionary.CreateBuilder<string, PaperProject>(StringComparer.Ordinal);
        foreach (var some in view.Agenda.Select(e => e.Subject.Project).OfType<string>().Distinct().Chunk(AtOnce))
        {
            foreach (var project in await Task.WhenAll(some.Select(Read)))
            {
                if (project is not null) projects[project.View.Code] = project;
            }
        }

        return projects.ToImmutable();

        async Task<PaperProject?> Read(string code)
        {
            var project = GrainFactory.GetGrain<IProjectGrain>(code);
            return await project.View(AsKnown.Now, Actor.System, cancellationToken) is { } seen && await project.Service(Actor.System, cancellationToken) is { } service
                ? new(seen, service.Problems.All, seen.Light == Light.Red ? (await project.Plan(AsKnown.Now, Actor.System, cancellationToken))?.Items ?? [] : [])
                : null;
        }
    }

    private async Task<ImmutableSortedDictionary<string, string>> Persons(ReviewView view, CancellationToken cancellationToken)
    {
        var names = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var persons = GrainFactory.GetGrain<IPersonsGrain>(IPersonsGrain.Key);
        foreach (var id in view.Attendance.Select(a => a.Delegate).Append(view.Plan.Chair).Append(view.Plan.Recorder).OfType<string>().Distinct())
        {
            if (await persons.Get(id, Actor.System, cancellationToken) is { } person) names[id] = person.Details.Name;
        }

        return names.ToImmutable();
    }
}
