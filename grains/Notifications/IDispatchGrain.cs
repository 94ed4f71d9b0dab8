using System.Collections.Immutable;

namespace Agency.Notifications;

/// <summary>Hands messages to the channels that are configured, as deliveries. Any activation does the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.dispatch"), GrainInterfaceType("agency.dispatch")]
public interface IDispatchGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>Makes the deliveries of some messages, each once by its id; durable when it returns.</summary>
    [Alias("dispatch")]
    Task Dispatch(ImmutableArray<Delivery> messages);
}
