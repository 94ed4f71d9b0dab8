using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Agency.Notifications;

/// <summary>What is sent out of the service. No address is in it: whom it reaches is looked up when it is sent, so that who was erased is written to no more.</summary>
[GenerateSerializer, Immutable, Alias("agency.message")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(NoticeMessage), "notice"), JsonDerivedType(typeof(DigestMessage), "digest"), JsonDerivedType(typeof(InvitationMessage), "invitation")]
public abstract record Message([property: Id(0)] Recipient Recipient);

/// <summary>One thing that was told.</summary>
[GenerateSerializer, Immutable, Alias("agency.message.notice")]
public sealed record NoticeMessage(Recipient Recipient, [property: Id(0)] Notice Notice) : Message(Recipient);

/// <summary>The morning digest of one recipient.</summary>
[GenerateSerializer, Immutable, Alias("agency.message.digest")]
public sealed record DigestMessage(Recipient Recipient, [property: Id(0)] DateOnly Day, [property: Id(1)] ImmutableArray<Notice> Notices) : Message(Recipient);

/// <summary>An invitation to a session, its update or its cancellation.</summary>
/// <param name="Review">Id of the session.</param>
/// <param name="Calendar">The iCalendar object (RFC 5545, 5546) as it is sent.</param>
/// <param name="Method"><c>REQUEST</c> or <c>CANCEL</c>.</param>
[GenerateSerializer, Immutable, Alias("agency.message.invitation")]
public sealed record InvitationMessage(Recipient Recipient, [property: Id(0)] string Review, [property: Id(1)] string Calendar, [property: Id(2)] string Method, [property: Id(3)] Notice Notice) : Message(Recipient);

/// <summary>A message on its way to one target.</summary>
/// <param name="Id">Stable: whoever receives it twice knows it by this.</param>
/// <param name="NotBefore">It waits until then.</param>
[GenerateSerializer, Immutable, Alias("agency.delivery")]
public sealed record Delivery([property: Id(0)] string Id, [property: Id(1)] Message Message, [property: Id(2)] DateTimeOffset NotBefore);
