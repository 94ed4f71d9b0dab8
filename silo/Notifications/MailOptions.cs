using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Agency.Silo.Notifications;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailTls
{
    /// <summary>It is not: for a server on this computer.</summary>
    None,

    /// <summary>By STARTTLS, without which nothing is sent.</summary>
    StartTls,

    /// <summary>From its beginning.</summary>
    Implicit,
}

/// <summary>The mail server. Section <c>Agency:Mail</c>; without a host no mail is sent.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Agency:Mail";

    /// <summary>Name or address of the server; null: there is none.</summary>
    public string? Host { get; set; }

    /// <summary>The default is 587.</summary>
    [Range(1, 65535, ErrorMessage = "The port of the mail server (Agency:Mail:Port) must be a number from 1 to 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>The default is STARTTLS.</summary>
    public MailTls Tls { get; set; } = MailTls.StartTls;

    /// <summary>Who signs in; null: nobody.</summary>
    public string? User { get; set; }

    /// <summary>The password of who signs in; null: it is in a file, or there is none.</summary>
    public string? Password { get; set; }

    /// <summary>File that holds the password instead.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The sender: <c>agency@example.cn</c>, or with a name.</summary>
    public string? From { get; set; }

    /// <summary>The password, wherever it is.</summary>
    internal string Secret => Password ?? (PasswordFile is null ? "" : File.ReadAllText(PasswordFile).TrimEnd('\r', '\n'));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is null) yield break;
        if (string.IsNullOrWhiteSpace(Host)) yield return new("The mail server (Agency:Mail:Host) is empty: name it, or leave it out.");
        if (!MailboxAddress.TryParse(From, out var from) || from.Domain.Length == 0)
            yield return new("The sender of mails (Agency:Mail:From) must be a mail address.");
        if (User is not null && Tls == MailTls.None) yield return new("The mail server's password would be sent in the clear: set Agency:Mail:Tls to StartTls or Implicit, or leave out Agency:Mail:User.");
        if (User is not null && Password is null && PasswordFile is null) yield return new("Agency:Mail:User needs Agency:Mail:Password or Agency:Mail:PasswordFile.");
        if (PasswordFile is not null && !File.Exists(PasswordFile)) yield return new($"The file of the mail server's password (Agency:Mail:PasswordFile), {PasswordFile}, is not there.");
    }
}
