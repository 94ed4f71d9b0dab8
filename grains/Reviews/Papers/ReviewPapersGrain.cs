using System.Collections.Immutable;
using Agency.Calendar;
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
    private const int MostOpen = 200;

    private IReviewsGrain Reviews => GrainFactory.GetGrain<IReviewsGrain>(IReviewsGrain.Key);

    public async Task<Answer<Paper>> Make(string review, PaperKind kind, Actor actor, CancellationToken cancellationToken)
    {
        if (await GrainFactory.GetGrain<IReviewGrain>(review).View(actor, cancellationToken) is not { } view) return new(Refusal.Of("review-not-found", ("review", review)), 0, null);
        var facts = new PaperFacts(
            view,
            await Last(view, cancellationToken),
            await Projects(view, cancellationToken),
            await GrainFactory.GetGrain<IPortfolioGrain>(0).Overview(Actor.System, cancellationToken),
            (await Reviews.Resolutions(new(Open: true, Limit: MostOpen), Actor.System, cancellationToken)).Items,
            await Names(view, cancellationToken),
            clock.GetUtcNow(),
            calendars.Current);
        return PaperWriter.Of(kind, facts) is { } paper ? new(null, view.Version, paper) : new(Refusal.Of("review-not-concluded", ("review", review)), 0, null);
    }

    private async Task<ReviewView?> Last(ReviewView view, CancellationToken cancellationToken)
    {
        var before = view.Plan.StartsAt is { } start ? ShanghaiTime.DayOf(start) : view.Plan.OpinionsBy;
        var page = await Reviews.Find(new(null, view.Kind, null, null, before, null, MostOpen), Actor.System, cancellationToken);
        var last = page.Items.FirstOrDefault(r => r.Id != view.Id && r.State is ReviewStatus.Concluded or ReviewStatus.MinutesDrafted or ReviewStatus.Issued or ReviewStatus.Archived);
        return last is null ? null : await GrainFactory.GetGrain<IReviewGrain>(last.Id).View(Actor.System, cancellationToken);
    }

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
                ? new(seen, service.Problems.All)
                : null;
        }
    }

    private async Task<ImmutableSortedDictionary<string, string>> Names(ReviewView view, CancellationToken cancellationToken)
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
