using System.Collections.Immutable;
using Agency.People;
using Agency.Portfolio;
using Agency.Problems;
using Agency.Projects;

namespace Agency.Reviews;

/// <summary>What comes on a session's agenda, as projects and earlier sessions have it.</summary>
internal sealed partial class ReviewsGrain
{
    // Others ask projects, too.
    private const int AtOnce = 20;

    public async Task<AgendaProposal?> Propose(string review, CancellationToken cancellationToken)
    {
        if (await GrainFactory.GetGrain<IReviewGrain>(review).View(Actor.System, cancellationToken) is not { } session) return null;
        var (today, calendar, rules) = (ShanghaiTime.DayOf(clock.GetUtcNow()), calendars.Current, city.Reviews);
        var heldOn = session.Plan.HeldOn ?? today;
        var sessions = await Summaries(cancellationToken);

        // A working day more than the rules say: they themselves choose.
        var (newSince, quietSince) = (calendar.Add(today, -rules.NewProjectWorkingDays - 1), calendar.Add(today, 1 - rules.NoProgressWorkingDays));
        var projects = await GrainFactory.GetGrain<IPortfolioGrain>(0).AgendaCandidates(newSince, quietSince, AgendaRules.Most, cancellationToken);
        var found = new List<ProposedEntry>(AgendaRules.Deferred(review, session.Kind, heldOn, sessions));
        found.AddRange(sessions.Where(s => s.Id != review).SelectMany(s => AgendaRules.Resolutions(s.Id, s.Summary, today, calendar)));
        found.AddRange(projects.SelectMany(p => AgendaRules.Red(p, today, calendar).Concat(AgendaRules.New(p, today, calendar, rules)).Concat(AgendaRules.NoProgress(p, today, calendar, rules))));
        foreach (var some in projects.Where(p => p.HasProblem).Chunk(AtOnce)) found.AddRange((await Task.WhenAll(some.Select(Problems))).SelectMany(e => e));
        return new(await Named(AgendaRules.Proposed(found, session.Agenda.Select(e => e.Subject)), cancellationToken));

        async Task<IEnumerable<ProposedEntry>> Problems(AgendaCandidate candidate)
        {
            var (entries, project) = (new List<ProposedEntry>(), GrainFactory.GetGrain<IProjectGrain>(candidate.Code));
            foreach (var problem in ((await project.Service(Actor.System, cancellationToken))?.Problems.All ?? []).Where(p => p is { State: ProblemStatus.Open, Level: >= ProblemLevel.JointReview }))
            {
                var item = problem.Item is { } code ? await project.Item(code, Actor.System, cancellationToken) : null;
                entries.Add(AgendaRules.Problem(candidate, problem, item?.Department, today, calendar));
            }

            return entries;
        }
    }

    private async Task<ImmutableArray<ProposedEntry>> Named(ImmutableArray<ProposedEntry> entries, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var code in entries.Where(e => e.Project is null).Select(e => e.Subject.Project).OfType<string>().Distinct())
            names[code] = (await GrainFactory.GetGrain<IProjectGrain>(code).View(AsKnown.Now, Actor.System, cancellationToken))?.Name;
        return [.. entries.Select(e => e is { Project: null, Subject.Project: { } code } ? e with { Project = names[code] } : e)];
    }
}
