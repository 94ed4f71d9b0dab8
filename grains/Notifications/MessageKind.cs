namespace Agency.Notifications;

/// <summary>What kind of message it is.</summary>
public enum MessageKind
{
    /// <summary>One thing that is told to somebody.</summary>
    Notice,

    /// <summary>The morning digest of one recipient.</summary>
    Digest,

    /// <summary>An invitation to a session, its update or its cancellation.</summary>
    Invitation,
}
