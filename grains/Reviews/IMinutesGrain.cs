using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>The numbers of a year's minutes. Key: the year.</summary>
[Alias("agency.minutes"), GrainInterfaceType("agency.minutes")]
public interface IMinutesGrain : IGrainWithIntegerKey
{
    /// <summary>The number of a session's minutes in the year, from 1: taken once, the same each time it is asked for. One that was taken for minutes which are then issued in another year stays unused.</summary>
    [Alias("number")]
    Task<int> Number(string review, Act act);
}
