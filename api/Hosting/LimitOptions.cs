using System.ComponentModel.DataAnnotations;

namespace Agency.Api.Hosting;

/// <summary>How much anybody may ask for. Section <c>Agency:Limits</c>. What is more is answered with 429 and Retry-After.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests a second of one person in one role, on the average; twice as many at once. The default is 2000: a department's own
    /// system, or a bulk import, comes as one person and asks 700 times a second where it is fast (<c>./dev demo --projects 300</c>). So it
    /// stops what runs wild, and shares nothing out.</summary>
    [Range(1, 1_000_000, ErrorMessage = "The requests of one person a second (Agency:Limits:RequestsPerSecond) must be a number from 1 to 1000000.")]
    public int RequestsPerSecond { get; set; } = 2000;

    /// <summary>The same of one address whose requests name nobody, or bring a token that is not taken. The default is 100: a whole office may be
    /// behind one address. An IPv6 address stands for its /64 network.</summary>
    [Range(1, 1_000_000, ErrorMessage = "The requests of one address a second (Agency:Limits:AnonymousRequestsPerSecond) must be a number from 1 to 1000000.")]
    public int AnonymousRequestsPerSecond { get; set; } = 100;

    /// <summary>Questions a minute of one address for the progress of projects, of any. The default is 30.</summary>
    [Range(1, 100_000, ErrorMessage = "The questions for progress of one address a minute (Agency:Limits:ProgressPerMinute) must be a number from 1 to 100000.")]
    public int ProgressPerMinute { get; set; } = 30;

    /// <summary>Questions a minute for the progress of one code, of all addresses together, whether there is such a project or not. The default is 10:
    /// nobody finds out a credit code by trying.</summary>
    [Range(1, 100_000, ErrorMessage = "The questions for the progress of one project a minute (Agency:Limits:ProgressPerCodePerMinute) must be a number from 1 to 100000.")]
    public int ProgressPerCodePerMinute { get; set; } = 10;

    /// <summary>Readings of calendar feeds a minute of one address. The default is 120: the calendar programs of a whole office, which ask once or a few times an hour,
    /// may be behind one address.</summary>
    [Range(1, 100_000, ErrorMessage = "The readings of feeds of one address a minute (Agency:Limits:FeedsPerMinute) must be a number from 1 to 100000.")]
    public int FeedsPerMinute { get; set; } = 120;

    /// <summary>Event streams of one person in one role at the same time. The default is 20.</summary>
    [Range(1, 10_000, ErrorMessage = "The event streams of one person (Agency:Limits:StreamsAtOnce) must be a number from 1 to 10000.")]
    public int StreamsAtOnce { get; set; } = 20;

    /// <summary>Seconds until a request that is not answered is given up with 503; event streams have no such end. The default is 30.</summary>
    [Range(1, 600, ErrorMessage = "The seconds of a request (Agency:Limits:RequestSeconds) must be a number from 1 to 600.")]
    public int RequestSeconds { get; set; } = 30;
}
