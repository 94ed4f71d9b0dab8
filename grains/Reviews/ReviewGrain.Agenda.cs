using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Codes;

namespace Agency.Reviews;

/// <summary>The session's agenda, with what is asked elsewhere of what it names.</summary>
internal sealed partial class ReviewGrain
{
    public async Task<Answer<AgendaEntryView>> AddEntry(AgendaSubject subject, Act act)
    {
        var command = new EntryAdded("", subject);
        return await Command(act, _ => (command, act), await Known(subject, scenario: true), review => Entry(review, review.Agenda.Last(e => e.MadeBy == act.CommandId).Id, act.Actor));
    }

    public async Task<Answer<AgendaEntryView>> ChangeEntry(string entry, EntryPatch patch, Act act)
    {
        // A scenario that was possible when it was attached is not asked about again because something else is changed.
        var known = State.Find(entry) is { } standing ? await Known(patch.On(standing).Subject, patch.Scenario.IsSet || patch.Project.IsSet) : Unasked;
        return await Command(act, review => review.Find(entry) is { } now ? (patch.On(now), patch.With(act, now)) : (new EntryRemoved(entry), act), known, review => Entry(review, entry, act.Actor));
    }

    public Task<Answer<ReviewView>> RemoveEntry(string entry, Act act) =>
        Command(act, _ => (new EntryRemoved(entry), act), Unasked, review => (View(review, act.Actor)!, review.Version));

    public async Task<Answer<AgendaEntryView>> ConcludeEntry(ConclusionFact command, Act act) =>
        await Command(act, _ => (command, act), command is EntryConcluded concluded ? await Known(concluded) : Unasked, review => Entry(review, command.Entry, act.Actor));

    public Task<Answer<OpinionView>> GiveOpinion(OpinionGiven command, Act act) => Command(act, _ => (command, act), Unasked, review =>
    {
        var entry = review.Find(command.Entry)!;
        var given = entry.Opinions.Last(o => o.Department == command.Department && !o.Deemed);
        return (OpinionView.Of(given, EntryOpinions.Counting(entry, command.Department, review.Plan) == given), given.Version);
    });

    private (AgendaEntryView View, long Version) Entry(Review review, string entry, Actor actor)
    {
        var found = review.Find(entry)!;
        return (AgendaEntryView.Of(Id, found, review, actor, Moment(), city, calendars.Current, departments), found.Version);
    }

    private async Task<Func<ReviewContext, ReviewContext>> Known(AgendaSubject subject, bool scenario)
    {
        var known = await Check(subject, scenario);
        return context => context with { Known = known };
    }

    private async Task<Func<ReviewContext, ReviewContext>> Known(EntryConcluded command)
    {
        var projects = await Projects(command);
        var promised = command.Outcome is Outcome.Adopted or Outcome.AdoptedWithConditions && State.Find(command.Entry) is { Subject: { Project: { } project, Scenario: { } adopted } } ? await Promised(project, adopted) : [];
        return context => context with { Projects = projects, Promised = promised };
    }

    private async Task<AgendaCheck> Check(AgendaSubject subject, bool scenario)
    {
        var resolution = subject.Resolution is { } id ? await FindResolution(id) : null;
        var known = AgendaCheck.Nothing with { HasResolution = resolution is not null, ResolutionItem = resolution?.Item, HasDeferred = subject.DeferredFrom is { } from && await HasDeferred(from) };
        if (subject.Project is not { } named || await Project(named) is not var (code, project)) return known;
        var item = subject.Item is { } wanted ? await project.Item(wanted, Actor.System) : null;
        var problem = subject.Problem is { } raised ? (await project.Service(Actor.System))?.Problems.All.FirstOrDefault(p => p.Id == raised) : null;
        var impossible = scenario && subject.Scenario is { } what ? (await project.WhatIf(default, [what], AsKnown.Now, Actor.System))?.Refusal : null;
        return known with { Project = code, HasItem = item is not null, HasProblem = problem is not null, ProblemItem = problem?.Item, Department = item?.Department, Scenario = impossible };
    }

    private async Task<ImmutableDictionary<string, string>> Projects(EntryConcluded command)
    {
        var projects = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var named in command.Resolutions.Select(r => r.Project).OfType<string>().Distinct())
        {
            if (await Project(named) is var (code, _)) projects[named] = code;
        }

        return projects.ToImmutable();
    }

    // Each decision that was promised, but for what has been decided since, or is needed no longer. What the owner has to do, the project's lead department sees to.
    private async Task<ImmutableArray<PromisedResolution>> Promised(string code, Scenario scenario)
    {
        var (promised, project) = (ImmutableArray.CreateBuilder<PromisedResolution>(), GrainFactory.GetGrain<IProjectGrain>(code));
        foreach (var (item, by) in scenario.Decisions)
        {
            if (await project.Item(item, Actor.System) is not { State: not (ItemStatus.Approved or ItemStatus.NotApplicable) } view) continue;
            var lead = view.Department == DepartmentCodes.Owner ? (await project.View(AsKnown.Now, Actor.System))!.LeadDepartment : view.Department;
            promised.Add(new(new(lead, [], code, by, item), city.Reviews.ActionOf(view.Name, by)));
        }

        return promised.ToImmutable();
    }

    private async Task<(string Code, IProjectGrain Project)?> Project(string named)
    {
        if (!ProjectCode.TryParse(named, out _)) return null;
        var code = await GrainFactory.GetGrain<IProjectGrain>(named).LeadsTo() ?? named;
        var project = GrainFactory.GetGrain<IProjectGrain>(code);
        return await project.Service(Actor.System) is null ? null : (code, project);
    }

    // By the summaries: two sessions that asked each other would wait for ever.
    private async Task<ResolutionSummary?> FindResolution(string id) =>
        ResolutionId.TryParse(id, out var review, out var number) && review != Id ? (await Summary(review))?.Resolutions.FirstOrDefault(r => r.Number == number) : null;

    // Once deferred and taken up it stays so: what is changed of the entry later is not refused because the chair reopened the other.
    private async Task<bool> HasDeferred(string id)
    {
        var review = id.Split('/')[0];
        if (review == Id) return false;
        return State.Agenda.Any(e => e.Subject.DeferredFrom == id)
            || (await Summary(review) is { } session && session.Deferred.Any(d => DeferredEntry.IdOf(review, d.Entry) == id));
    }

    private async Task<ReviewSummary?> Summary(string review)
    {
        await foreach (var (stream, _, bytes) in Store.Summaries(ReviewFact.StreamKind, 0))
        {
            if (stream.Id == review) return ReviewSummary.Read(bytes);
        }

        return null;
    }
}
