using Agency.People;
using Agency.Projects;
using Agency.Projects.Codes;
using Agency.Reviews.Series;

namespace Agency.Reviews;

/// <summary>The resolutions of all sessions.</summary>
internal sealed partial class ReviewsGrain
{
    // What sessions keep of their resolutions chooses and sorts; only those of the page are asked of their grains.
    public async Task<ResolutionPage> Resolutions(ResolutionQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var project = query.Project is { } code && ProjectCode.TryParse(code, out _) ? await GrainFactory.GetGrain<IProjectGrain>(code).LeadsTo() : null;
        var fitting = new List<(string Review, int Number, ResolutionPlace Place)>();
        await foreach (var (stream, _, bytes) in store.Summaries(ReviewFact.StreamKind, 0, cancellationToken))
        {
            if (query.Review is { } review && review != stream.Id) continue;
            fitting.AddRange(ReviewSummary.Read(bytes).Resolutions
                .Where(r => r.IsShownTo(actor) && Fits(r, query, project))
                .Select(r => (stream.Id, r.Number, new ResolutionPlace(r.DueDate, ResolutionId.Of(stream.Id, r.Number)))));
        }

        fitting.Sort((a, b) => Compare(a.Place, b.Place));
        var behind = query.After is { } last ? fitting.SkipWhile(r => Compare(r.Place, last) <= 0).ToArray() : [.. fitting];
        var page = behind.Take(query.Limit).ToArray();
        var views = await Task.WhenAll(page.Select(r => r.Review).Distinct().Select(review => GrainFactory.GetGrain<IReviewGrain>(review).Resolutions(actor, cancellationToken)));
        var byId = views.SelectMany(v => v).ToDictionary(v => v.Id, StringComparer.Ordinal);

        // One may have been taken back since the summaries were read.
        return new([.. page.Select(r => byId.GetValueOrDefault(r.Place.Id)).OfType<ResolutionView>()], behind.Length > page.Length, fitting.Count, page.LastOrDefault().Place);
    }

    public async Task Heal()
    {
        var settling = new List<Task>();
        await foreach (var marker in store.Markers(ReviewFact.StreamKind, 0)) settling.Add(GrainFactory.GetGrain<IReviewGrain>(marker.Stream.Id).Settle(marker.Version));
        await foreach (var marker in store.Markers(SeriesFact.StreamKind, 0)) settling.Add(GrainFactory.GetGrain<IReviewSeriesGrain>(marker.Stream.Id).Settle(marker.Version));
        await Task.WhenAll(settling);
    }

    /// <param name="project">Where the code of the query leads; null: nowhere else.</param>
    private bool Fits(ResolutionSummary resolution, ResolutionQuery query, string? project) =>
        (query.State ?? resolution.Status) == resolution.Status
        && (query.Open ?? resolution.IsOpen) == resolution.IsOpen
        && (query.Department is null || resolution.Concerns(query.Department))
        && (query.Project is null || resolution.Project == query.Project || (project is not null && resolution.Project == project))
        && !(resolution.DueDate > query.DueTo)
        && (query.Light is not { } light || LightOf(resolution) == light);

    private Clocks.Light LightOf(ResolutionSummary resolution) => city.Reviews.LightOf(resolution, ShanghaiTime.DayOf(clock.GetUtcNow()), calendars.Current);

    private static int Compare(ResolutionPlace a, ResolutionPlace b) => a.DueDate.CompareTo(b.DueDate) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id);
}
