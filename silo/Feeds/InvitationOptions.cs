using System.ComponentModel.DataAnnotations;

namespace Agency.Silo.Feeds;

/// <summary>Who invites to sessions. Section <c>Agency:Invitations</c>.</summary>
public sealed class InvitationOptions
{
    public const string Section = "Agency:Invitations";

    /// <summary>The office's mail address, to which calendar programs answer an invitation. The default reaches nobody.</summary>
    [EmailAddress(ErrorMessage = "The organizer of invitations (Agency:Invitations:Organizer) must be a mail address.")]
    public string Organizer { get; set; } = "office@agency.invalid";
}
