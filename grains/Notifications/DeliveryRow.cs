using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>A delivery as it is stored, and how it goes on. A member, once written, keeps its name and meaning.</summary>
/// <param name="NextAt">When it is tried next; null if it is not pending.</param>
/// <param name="RetriedBy">Id of the command that last sent it again.</param>
internal sealed record DeliveryRow(
    string Id,
    Message Message,
    DateTimeOffset MadeAt,
    DateTimeOffset NotBefore,
    DeliveryState State,
    int Attempts,
    DateTimeOffset? AttemptedAt,
    DateTimeOffset? NextAt,
    string? Reason,
    string? RetriedBy)
{
    private const double Growth = 3.5;
    private const double Jitter = 0.2;

    /// <summary>A message as it is taken in for a target.</summary>
    public static DeliveryRow Of(string target, Delivery delivery, DateTimeOffset now)
    {
        var from = delivery.NotBefore > now ? delivery.NotBefore : now;
        return new(IdOf(target, delivery.Id), delivery.Message, now, from, DeliveryState.Pending, 0, null, from, null, null);
    }

    /// <summary>The id of a message's delivery to a target: 32 hexadecimal digits.</summary>
    public static string IdOf(string target, string message) => DerivedId.Of(target, message);

    /// <summary>The same after an attempt.</summary>
    public DeliveryRow After(Sending sending, DateTimeOffset now, DeliveryOptions options)
    {
        var tried = this with { Attempts = Attempts + 1, AttemptedAt = now, NextAt = null, Reason = sending.Reason };
        if (sending.Reason is null) return tried with { State = DeliveryState.Sent };
        return sending.Final || tried.Attempts >= options.Attempts ? tried with { State = DeliveryState.Dead } : tried with { NextAt = now + tried.Wait(options) };
    }

    /// <summary>The same, sent again by hand: as if it had never been tried.</summary>
    public DeliveryRow Again(string command, DateTimeOffset now) => this with { State = DeliveryState.Pending, Attempts = 0, NextAt = now, RetriedBy = command };

    public Delivery ToDelivery() => new(Id, Message, NotBefore);

    public DeliveryView View() => new(
        Id,
        Message switch { NoticeMessage => MessageKind.Notice, DigestMessage => MessageKind.Digest, _ => MessageKind.Invitation },
        Message.Recipient.ToString(),
        Message switch { NoticeMessage told => told.Notice.Rule, InvitationMessage told => told.Notice.Rule, _ => null },
        State,
        MadeAt,
        Attempts,
        AttemptedAt,
        NextAt,
        Reason);

    // Up to a fifth more or less, by id and attempt: what failed together does not come back together.
    private TimeSpan Wait(DeliveryOptions options)
    {
        var plain = Math.Min(options.FirstRetrySeconds * Math.Pow(Growth, Attempts - 1), TimeSpan.FromHours(options.LongestRetryHours).TotalSeconds);
        var share = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}\n{Attempts}"))) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(plain * (1 - Jitter + (2 * Jitter * share)));
    }
}
