using Agency.EventSourcing;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Agency.Tests.Grains;

/// <summary>What a grain throws reaches its caller in another process.</summary>
public sealed class ExceptionsTests
{
    [Fact]
    public void Each_exception_of_the_grains_arrives_as_what_it_is()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var thrown = typeof(StoreUnavailableException).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Exception)) && t != typeof(StartupException)).ToArray();
        Assert.Contains(typeof(ClockMovedException), thrown);
        Assert.All(thrown, type =>
        {
            var exception = (Exception)Activator.CreateInstance(type, "It is away.", new RequestFailedException(500, "No."))!;
            var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(exception))!;
            Assert.Equal((type, "It is away.", "No."), (arrived.GetType(), arrived.Message, arrived.InnerException?.Message));
        });
    }
}
