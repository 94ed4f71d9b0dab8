using Agency.Progress;

namespace Agency.Tests.Grains.Progress;

public sealed class OwnerProofTests
{
    [Theory]
    [InlineData("91511302MA62900AX9", true)]
    [InlineData("91511302ma62900ax9", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void It_proves_the_owner_it_was_made_of(string? owner, bool proves) => Assert.Equal(proves, OwnerProof.Of("91511302MA62900AX9").Proves(owner));

    [Fact]
    public void An_empty_code_proves_no_project_that_there_is_not() => Assert.False(OwnerProof.Of("").Proves(null));

    [Fact]
    public void It_does_not_tell_the_code() => Assert.DoesNotContain("91511302", $"{OwnerProof.Of("91511302MA62900AX9")}", StringComparison.Ordinal);
}
