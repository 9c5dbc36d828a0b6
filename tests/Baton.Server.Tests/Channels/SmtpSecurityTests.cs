using Baton.Channels;
using Baton.Channels.Email;
using Baton.Testing;

namespace Baton.Server.Tests.Channels;

/// <summary>Mail over TLS to a real server whose authority was made here.</summary>
public sealed class SmtpSecurityTests : IDisposable
{
    private readonly NodeMail _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SmtpSecurityTests() => Assert.SkipUnless(
        Directory.Exists(Path.Combine(NodeMail.Folder, "node_modules")), $"run npm ci in {NodeMail.Folder}");

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(MailSecurity.StartTls, "starttls")]
    [InlineData(MailSecurity.Tls, "tls")]
    public async Task Sends_encrypted_and_logged_in_to_a_server_whose_authority_is_named(
        MailSecurity security, string mode)
    {
        await _server.StartAsync(mode, Token);

        var outcome = await SendAsync(security);

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        var (user, mail) = await _server.NextAsync(Token);
        Assert.Equal(("baton", "Re: Where is it?"), (user, mail.Subject));
    }

    [Theory]
    [InlineData("tls", "localhost", false, false, "nobody here vouches for its certificate")]
    [InlineData("tls", "127.0.0.1", true, false, "its certificate is for localhost, and not for 127.0.0.1")]
    [InlineData("tls", "localhost", true, true, "its certificate was over on")]
    [InlineData("plain", "localhost", true, false, "does not offer")]
    public async Task Says_what_is_wrong_and_sends_nothing(
        string mode, string host, bool isKnown, bool ended, string problem)
    {
        await _server.StartAsync(mode, Token, ended);

        var outcome = await SendAsync(mode == "plain" ? MailSecurity.StartTls : MailSecurity.Tls, host, isKnown);

        Assert.Contains(problem, Assert.IsType<DeliveryOutcome.Retry>(outcome).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_one()
    {
        await _server.StartAsync("starttls", Token);

        var outcome = await SendAsync(MailSecurity.StartTls, password: "guess");

        Assert.Contains("the log-in was refused", Assert.IsType<DeliveryOutcome.Retry>(outcome).Why,
            StringComparison.Ordinal);
    }

    private Task<DeliveryOutcome> SendAsync(
        MailSecurity security, string host = "localhost", bool isKnown = true, string password = "secret") =>
        new EmailChannel(new ChannelOptions
        {
            Email = new EmailOptions
            {
                Address = "help@shop.test", Keys = "a-key-of-thirty-two-characters!!", SmtpHost = host,
                SmtpPort = _server.Port, SmtpSecurity = security, SmtpUser = "baton", SmtpPassword = password,
                Authority = isKnown ? _server.Authority : "",
            },
        }, TimeProvider.System).DeliverAsync(SampleOutgoing.Text(), Token);
}
