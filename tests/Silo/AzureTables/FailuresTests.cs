using System.Net.Sockets;
using Agency.Silo.AzureTables;
using Azure;

namespace Agency.Tests.Silo.AzureTables;

public sealed class FailuresTests
{
    [Fact]
    public void A_connection_that_breaks_however_it_is_told_means_that_the_storage_is_away() => Assert.All(
        (Exception[])
        [
            new IOException(), new HttpRequestException(), new AggregateException(), new TaskCanceledException(), new RequestFailedException(0, ""), new RequestFailedException(503, ""),

            // Reset between its making and its first use, it comes as it is.
            new SocketException((int)SocketError.NotConnected),
        ],
        e => Assert.True(Failures.OfTheMedium(e)));

    [Fact]
    public void A_condition_that_does_not_hold_means_nothing_of_the_storage() => Assert.All((int[])[404, 409, 412], status => Assert.False(Failures.OfTheMedium(new RequestFailedException(status, ""))));
}
