using System.ComponentModel.DataAnnotations;

namespace Agency.Notifications;

/// <summary>How often and how long it is tried to send something. Section <c>Agency:Deliveries</c>.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Agency:Deliveries";

    /// <summary>How many attempts are made before it is a dead letter. The default is 11: over about a day.</summary>
    [Range(1, 50, ErrorMessage = "The attempts of a delivery (Agency:Deliveries:Attempts) must be a number from 1 to 50.")]
    public int Attempts { get; set; } = 11;

    /// <summary>Seconds until the second attempt; each next one waits 3.5 times as long. The default is 10.</summary>
    [Range(1, 3600, ErrorMessage = "The seconds until a delivery's second attempt (Agency:Deliveries:FirstRetrySeconds) must be a number from 1 to 3600.")]
    public int FirstRetrySeconds { get; set; } = 10;

    /// <summary>The most hours between two attempts. The default is 6.</summary>
    [Range(1, 48, ErrorMessage = "The hours between two attempts (Agency:Deliveries:LongestRetryHours) must be a number from 1 to 48.")]
    public int LongestRetryHours { get; set; } = 6;

    /// <summary>Seconds until an attempt is given up. The default is 10.</summary>
    [Range(1, 60, ErrorMessage = "The seconds of an attempt (Agency:Deliveries:TimeoutSeconds) must be a number from 1 to 60.")]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>How many are sent at the same time to one target. The default is 4.</summary>
    [Range(1, 100, ErrorMessage = "How much is sent at once to one target (Agency:Deliveries:AtOnce) must be a number from 1 to 100.")]
    public int AtOnce { get; set; } = 4;

    /// <summary>Natural days that deliveries are kept. The default is 180.</summary>
    [Range(7, 3650, ErrorMessage = "The days that deliveries are kept (Agency:Deliveries:KeptDays) must be a number from 7 to 3650.")]
    public int KeptDays { get; set; } = 180;
}
