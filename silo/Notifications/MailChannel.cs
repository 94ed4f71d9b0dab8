using System.Net.Sockets;
using Agency.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Agency.Silo.Notifications;

/// <summary>Mail, to whoever has an address in the directory when it is sent.</summary>
internal sealed class MailChannel(MailOptions options, MailWriter writer, Addressees addressees) : IChannel
{
    public const string Target = "mail";

    private static readonly IReadOnlyList<string> _targets = [Target];

    public string Name => Target;

    public async Task<IReadOnlyList<string>> TargetsOf(Message message) => message is NoticeMessage { Notice.Invited: true } || await addressees.Mail(message.Recipient) is null ? [] : _targets;

    public async Task<Sending> Send(string target, Delivery delivery, CancellationToken cancellationToken)
    {
        if (await addressees.Mail(delivery.Message.Recipient, cancellationToken) is not { } address) return Sending.Never("noAddress");
        using var mail = writer.Write(address, delivery);
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, Security(options.Tls), cancellationToken);
            if (options.User is { } user) await client.AuthenticateAsync(user, options.Secret, cancellationToken);
            await client.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException e)
        {
            // Of a sender or a sign-in that is not taken the operator can do something.
            var reason = $"smtp{(int)e.StatusCode}";
            return e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)e.StatusCode >= 500 ? Sending.Never(reason) : Sending.Later(reason);
        }
        catch (Exception e) when (e is SocketException or IOException or SmtpProtocolException or ServiceNotConnectedException)
        {
            return Sending.Later("unreachable");
        }
        catch (SslHandshakeException)
        {
            return Sending.Later("tls");
        }
        catch (AuthenticationException)
        {
            return Sending.Later("authentication");
        }

        await Quit(client, cancellationToken);
        return Sending.Done;
    }

    // The mail has been taken: whatever comes now is no reason to send it again.
    private static async Task Quit(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ProtocolException)
        {
            // The connection ends with the client.
        }
    }

    private static SecureSocketOptions Security(MailTls tls) => tls switch
    {
        MailTls.None => SecureSocketOptions.None,
        MailTls.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };
}
