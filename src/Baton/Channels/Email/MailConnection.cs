using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Baton.Channels.Email;

/// <summary>Connects and logs in to the mail servers as the settings say.</summary>
internal sealed class MailConnection(EmailOptions options)
{
    private readonly MailTrust _trust = new(options);

    /// <summary>A connection to the server that takes mail; the caller ends it.</summary>
    public async Task<SmtpClient> SmtpAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient { RequireTLS = false };
        await OpenAsync(client, options.SmtpHost, options.SmtpPort, options.SmtpSecurity, options.SmtpUser,
            options.SmtpPassword, cancellationToken);
        return client;
    }

    /// <summary>A connection to the server that has mail; the caller ends it.</summary>
    public async Task<ImapClient> ImapAsync(CancellationToken cancellationToken)
    {
        var client = new ImapClient();
        await OpenAsync(client, options.ImapHost, options.ImapPort, options.ImapSecurity, options.ImapUser,
            options.ImapPassword, cancellationToken);
        return client;
    }

    /// <summary>What went wrong and what to look at; null when it is no failure of the connection.</summary>
    public static string? Problem(Exception error) => error switch
    {
        AuthenticationException or SaslException => $"the log-in was refused: {error.Message.Trim()}",
        SslHandshakeException { InnerException: SslHandshakeException } refused => refused.Message,
        SslHandshakeException => "the encryption could not be agreed on: check the security setting, the host name and "
            + $"the certificate ({error.GetBaseException().Message.Trim()})",
        NotSupportedException => $"the server does not offer what is asked for: {error.Message}",
        SocketException socket => $"the server was not reached ({socket.SocketErrorCode})",
        IOException or ServiceNotConnectedException or ServiceNotAuthenticatedException or ProtocolException =>
            $"the connection broke: {error.Message.Trim()}",
        TimeoutException => "the server did not answer in time",
        _ => null,
    };

    private async Task OpenAsync(
        MailService client, string host, int port, MailSecurity security, string user, string password,
        CancellationToken cancellationToken)
    {
        string? rejected = null;
        try
        {
            client.Timeout = (int)options.Timeout.TotalMilliseconds;
            client.CheckCertificateRevocation = false;
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
                (rejected = _trust.Problem(host, certificate as X509Certificate2, chain, errors)) is null;
            await client.ConnectAsync(host, port, security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
            if (user.Length > 0) await client.AuthenticateAsync(user, password, cancellationToken);
        }
        catch (SslHandshakeException error) when (rejected is not null)
        {
            client.Dispose();
            throw new SslHandshakeException(rejected, error);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
