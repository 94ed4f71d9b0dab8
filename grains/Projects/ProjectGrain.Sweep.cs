using Agency.People;

namespace Agency.Projects;

/// <summary>What a sweep has the project record.</summary>
internal sealed partial class ProjectGrain
{
    public async Task<RecordedDue> RecordDue(CancellationToken cancellationToken)
    {
        var facts = 0;
        await Execute(
            new(Actor.System, $"due-{State.Version}"),
            (state, moment) =>
            {
                var decision = DueDecider.Decide(state, Context(new(Actor.System, $"due-{state.Version}"), moment));
                facts = decision.Facts.Length;
                return decision;
            },
            Nothing);
        return new(facts, new(Version, Summary(State)));
    }
}
