using System.Runtime.InteropServices;
using System.Text.Json;
using Agency.Progress;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

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
    public void It_proves_on_the_other_side_of_a_call_and_what_travels_does_not_tell_the_code()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<OwnerProof>>();
        var bytes = serializer.SerializeToArray(OwnerProof.Of("91511302MA62900AX9"));
        Assert.True(serializer.Deserialize(bytes)!.Proves("91511302MA62900AX9"));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("91511302"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes("91511302".AsSpan())));
    }

    [Fact]
    public void What_a_log_makes_of_it_does_not_tell_the_code() => Assert.DoesNotContain("91511302", JsonSerializer.Serialize(OwnerProof.Of("91511302MA62900AX9")), StringComparison.Ordinal);
}
