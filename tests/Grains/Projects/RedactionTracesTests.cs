using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Tests.Grains.Projects;

public sealed class RedactionTracesTests
{
    [Theory]
    [InlineData(1, "a", "b c")] // a command brings several facts
    [InlineData(3, "b", "c")]
    [InlineData(4, "c", "")]
    public void What_may_tell_a_text_is_the_command_that_brought_it_and_those_after_it_up_to_the_redaction(long sequence, string brought, string since)
    {
        var redaction = new TextRedacted(sequence, "reason");
        ProjectFact other = new AliasReleased();
        var entries = "a a b c r d".Split(' ').Select((command, i) => new Entry<ProjectFact>(i + 1, command == "r" ? redaction : other, default, default, Actor.System, null, command, null, Act.NoTexts));
        var traces = Redactions.Traces(redaction, 5, ProjectState.None.With([.. entries]).Entries);
        Assert.Equal((brought, since), (traces.Brought, string.Join(' ', traces.Since)));
    }
}
