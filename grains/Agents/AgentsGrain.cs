using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Orleans.Concurrency;

namespace Agency.Agents;

// Agents are some hundreds: they are read from the store each time, and so as new as their last commit.
[GrainType("agency.agents"), StatelessWorker]
internal sealed class AgentsGrain(IEventStore store, IRowStore rows, TimeProvider clock) : Grain, IAgentsGrain
{
    private readonly PersonDirectory _directory = new(rows);

    public async Task<Answer<AgentView>> Register(string id, AgentDetails details, PersonDetails person, Act act)
    {
        Fault[] faults = [.. PersonId.IsOne(id) ? [] : (Fault[])[Fault.Of("/id", "bad-person-id")], .. person.Check()];
        if (faults.Length > 0) return new(Refusal.Of("invalid-agent", faults), 0, null);
        var answer = await GrainFactory.GetGrain<IAgentGrain>(id).Register(details, act);
        if (answer is { Refusal: null, Replayed: true }) await _directory.PutIfNone(id, person);
        else if (answer.Refusal is null && await _directory.Put(id, person) is null) await _directory.Put(id, person, ifVersion: 0);
        return answer;
    }

    public async Task<AgentListing?> Get(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (!PersonId.IsOne(id) || await GrainFactory.GetGrain<IAgentGrain>(id).View() is not { } agent) return null;
        return (await Shown([agent], await _directory.Of([id], cancellationToken), actor, cancellationToken))[0];
    }

    public async Task<AgentPage> Find(AgentQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var persons = query.Text is null ? null : await _directory.All(cancellationToken);
        var fitting = (await All(cancellationToken)).Where(a => Fits(a, query, persons)).Order(Comparer<AgentView>.Create((a, b) => Compare(query, PlaceOf(a), PlaceOf(b)))).ToArray();
        var behind = query.After is { } last ? fitting.SkipWhile(a => Compare(query, PlaceOf(a), last) <= 0).ToArray() : fitting;
        var page = behind.Take(query.Limit).ToArray();
        persons ??= await _directory.Of([.. page.Select(a => a.Id)], cancellationToken);
        return new(await Shown(page, persons, actor, cancellationToken), behind.Length > query.Limit, fitting.Length);
    }

    public async Task<AgentProposal> Propose(AgentWanted wanted, CancellationToken cancellationToken) => Proposal.Of(await All(cancellationToken), wanted);

    public async Task<ImmutableArray<string>> StoodInBy(string substitute, CancellationToken cancellationToken) =>
        [.. (await All(cancellationToken)).Where(a => a.Substitute == substitute).Select(a => a.Id)];

    public async Task<ImmutableDictionary<string, string>> Substitutes(CancellationToken cancellationToken) =>
        (await All(cancellationToken)).Where(a => a.Substitute is not null).ToImmutableDictionary(a => a.Id, a => a.Substitute!);

    public async Task Heal()
    {
        // All at once: one that cannot be asked must not keep from the others.
        var asking = new List<Task>();
        await foreach (var (stream, _, bytes) in store.Summaries(AgentFact.Kind, 0))
        {
            if (AgentSummary.Read(bytes).Places.Any(p => !p.Confirmed)) asking.Add(GrainFactory.GetGrain<IAgentGrain>(stream.Id).IsThere());
        }

        await Task.WhenAll(asking);
    }

    private async Task<ImmutableArray<AgentListing>> Shown(IReadOnlyCollection<AgentView> agents, IReadOnlyDictionary<string, Person> persons, Actor actor, CancellationToken cancellationToken)
    {
        var seen = actor.OwnOnly
            ? await GrainFactory.GetGrain<IPortfolioGrain>(0).SeenOf([.. agents.SelectMany(a => a.Assignments).Select(a => a.Project)], actor, cancellationToken)
            : [];
        return [.. agents.Select(a => new AgentListing(a.ShownTo(actor, seen), persons.GetValueOrDefault(a.Id)?.View(a.Id, actor)))];
    }

    private async Task<ImmutableArray<AgentView>> All(CancellationToken cancellationToken)
    {
        var (all, today) = (ImmutableArray.CreateBuilder<AgentView>(), ShanghaiTime.DayOf(clock.GetUtcNow()));
        await foreach (var (stream, version, bytes) in store.Summaries(AgentFact.Kind, 0, cancellationToken)) all.Add(AgentView.Of(stream.Id, version, AgentSummary.Read(bytes), today));
        var there = all.Where(a => a.IsThere).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return [.. all.Select(a => a.Substitute is { } substitute && !there.Contains(substitute) ? a with { Substitute = null } : a)];
    }

    private static bool Fits(AgentView agent, AgentQuery query, IReadOnlyDictionary<string, Person>? persons) =>
        (query.Department is null || agent.Details.Department == query.Department)
        && (query.District is null || agent.Details.District == query.District)
        && (query.Function is not { } function || agent.Details.Functions.Contains(function))
        && (query.Status is null || agent.Status == query.Status)
        && (query.Text is not { } text
            || agent.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
            || persons?.GetValueOrDefault(agent.Id)?.Details.Name.Contains(text, StringComparison.OrdinalIgnoreCase) is true);

    private static AgentPlace PlaceOf(AgentView agent) => new(agent.Id, agent.Load);

    private static int Compare(AgentQuery query, AgentPlace a, AgentPlace b)
    {
        foreach (var (key, descending) in query.Sort)
        {
            var order = key == AgentKey.Load ? a.Load.CompareTo(b.Load) : string.CompareOrdinal(a.Id, b.Id);
            if (order != 0) return descending ? -order : order;
        }

        return string.CompareOrdinal(a.Id, b.Id);
    }
}
