namespace Agency.Schedules;

/// <summary>Something that is done at set times. It asks what is due up to an instant, never what is due at it: a fire that was missed is made good by the next.</summary>
public interface IScheduledJob
{
    /// <summary>Its name, by which its times are configured: <c>sweep</c>.</summary>
    string Name { get; }

    /// <summary>Does what is due up to <paramref name="due"/>; done again after a failure.</summary>
    /// <param name="due">The occurrence; up to it everything is to be done.</param>
    /// <returns>What was done, in numbers by name; for who looks after the service.</returns>
    Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken);
}
