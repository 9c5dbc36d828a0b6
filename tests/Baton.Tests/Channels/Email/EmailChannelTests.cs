using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baton.Channels;
using Baton.Channels.Email;
using Baton.Testing;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels.Email;

public sealed class EmailChannelTests : ChannelConformance
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)7, 32)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => ["webhook-id", "webhook-timestamp", "webhook-signature"];

    protected override IChannel Channel() => Sending(9);

    protected override InboundRequest Genuine(IChannel channel) => Signed(TimeProvider.System.GetUtcNow());

    protected override InboundRequest Old(IChannel channel) => Signed(TimeProvider.System.GetUtcNow().AddMinutes(-6));

    [Fact]
    public async Task Sends_plain_text_first_and_the_same_as_html()
    {
        var mail = await SentAsync(Text() with { Text = "Hello <Ann>,\n\nsee https://shop.test/a?b=1&c=2.\nBye" });

        Assert.True(mail.IndexOf("text/plain", StringComparison.Ordinal)
            < mail.IndexOf("text/html", StringComparison.Ordinal));
        Assert.Contains("Content-Type: multipart/alternative", mail, StringComparison.Ordinal);
        Assert.Contains("Hello <Ann>,\n\nsee https://shop.test/a?b=1&c=2.\nBye\n", mail, StringComparison.Ordinal);
        Assert.Contains("<p>Hello &lt;Ann&gt;,</p>", mail, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://shop.test/a?b=1&amp;c=2\">https://shop.test/a?b=1&amp;c=2</a>.<br>", mail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_in_the_thread_and_asks_for_answers_with_a_tag()
    {
        var mail = await SentAsync(Text() with { ExternalId = "one@x", AnswersId = "three@x", Subject = "Tent" });

        Assert.Contains("\nSubject: Re: Tent\n", mail, StringComparison.Ordinal);
        Assert.Contains("\nIn-Reply-To: <three@x>\n", mail, StringComparison.Ordinal);
        Assert.Contains("\nReferences: <one@x> <three@x>\n", mail, StringComparison.Ordinal);
        Assert.Contains("\nReply-To: Shop <help+", mail, StringComparison.Ordinal);
        Assert.Contains("From: Shop <help@shop.test>\n", mail, StringComparison.Ordinal);
        Assert.Contains("\nAuto-Submitted: auto-replied\n", mail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Re: Tent", "Subject: Re: Tent\n")]
    [InlineData("AW: Zelt", "Subject: AW: Zelt\n")]
    [InlineData("Tent\r\nBcc: all@x", "Subject: Re: Tent  Bcc: all@x\n")]
    [InlineData(null, "Subject: Re: Your request\n")]
    public async Task Writes_a_subject_that_is_one_line(string? subject, string line) =>
        Assert.Contains(line, await SentAsync(Text() with { Subject = subject }), StringComparison.Ordinal);

    [Fact]
    public async Task Says_that_a_person_wrote_what_a_person_wrote() => Assert.DoesNotContain(
        "Auto-Submitted", await SentAsync(Text() with { From = "agent" }), StringComparison.Ordinal);

    [Fact]
    public async Task Sends_the_same_mail_again_and_another_for_another_message()
    {
        await using var server = new StandInSmtp();
        var channel = Sending(server.Port);
        foreach (var position in (int[])[2, 2, 3])
            await channel.DeliverAsync(Text() with { IdempotencyKey = $"T-1/{position}" }, Cancel);

        var ids = server.Received.Select(
            m => m.Split('\n').Single(l => l.StartsWith("Message-Id", StringComparison.Ordinal)));

        Assert.Equal([0, 0, 1], ids.Select(id => ids.Distinct().ToList().IndexOf(id)));
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 <ann@example.net> no such user", true)]
    [InlineData("RCPT", "450 4.2.0 try later", false)]
    [InlineData("MAIL", "552 5.3.4 too large", true)]
    [InlineData("END", "554 5.7.1 looks like spam", true)]
    [InlineData("END", "451 4.3.0 disk is full", false)]
    [InlineData("CONNECT", "421 too busy", false)]
    [InlineData("CONNECT", "554 not you", true)]
    [InlineData("AUTH", "535 5.7.8 wrong", false)]
    [InlineData("EHLO", "", false)]
    [InlineData("END", "", false)]
    public async Task Comes_again_after_4xx_and_gives_up_after_5xx(string command, string answer, bool isRejected)
    {
        await using var server = new StandInSmtp { Answer = word => word == command ? answer : null };

        var outcome = await Sending(server.Port).DeliverAsync(Text(), Cancel);

        if (isRejected)
        {
            var why = Assert.IsType<DeliveryOutcome.Rejected>(outcome).Why;
            Assert.Contains(answer[..3], why, StringComparison.Ordinal);
            Assert.DoesNotContain("ann@", why, StringComparison.Ordinal);
        }
        else
        {
            Assert.NotEmpty(Assert.IsType<DeliveryOutcome.Retry>(outcome).Why);
        }
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task Comes_again_when_nobody_listens() =>
        Assert.IsType<DeliveryOutcome.Retry>(await Sending(9).DeliverAsync(Text(), Cancel));

    [Fact]
    public async Task Comes_again_when_nobody_answers()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();

        Assert.IsType<DeliveryOutcome.Retry>(await Sending(
            ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, TimeSpan.FromSeconds(0.5))
                .DeliverAsync(Text(), Cancel));
    }

    [Theory]
    [InlineData(null, "no e-mail address")]
    [InlineData("not an address at all <", "no e-mail address")]
    [InlineData("help@shop.test", "our own")]
    [InlineData("HELP@shop.test", "our own")]
    public async Task Writes_to_no_one_who_is_not_there(string? address, string why) => Assert.Contains(
        why, Assert.IsType<DeliveryOutcome.Rejected>(
            await Sending(9).DeliverAsync(Text() with { CustomerEmail = address }, Cancel)).Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("operators", "To: ops@shop.test")]
    [InlineData("p_ann", "To: ann@team.test")]
    public async Task Carries_notices_to_whom_they_are_for(string to, string line)
    {
        await using var server = new StandInSmtp();

        Assert.IsType<DeliveryOutcome.Delivered>(
            await Sending(server.Port).DeliverAsync(SampleOutgoing.Notice() with { To = to }, Cancel));

        var mail = Assert.Single(server.Received);
        Assert.Contains(line, mail, StringComparison.Ordinal);
        Assert.Contains("Disk fills up", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_not_set()
    {
        static string? Missing(EmailOptions options, ChannelWays way) => new EmailChannel(
            new ChannelOptions { Email = options }, TimeProvider.System).Missing(way);
        var address = new EmailOptions { Address = "help@shop.test" };
        var keyed = address with { Keys = new string('k', 24) };

        Assert.Contains("Address is not set", Missing(new EmailOptions(), ChannelWays.In), StringComparison.Ordinal);
        Assert.Contains("Keys is not set", Missing(address, ChannelWays.In), StringComparison.Ordinal);
        Assert.Contains("ImapHost nor", Missing(keyed, ChannelWays.In), StringComparison.Ordinal);
        Assert.Contains("SmtpHost is not set", Missing(keyed, ChannelWays.Out), StringComparison.Ordinal);
        Assert.Null(Missing(keyed with { ImapHost = "a" }, ChannelWays.In));
        Assert.Contains("NoticesTo", Missing(keyed with { SmtpHost = "a" }, ChannelWays.Notices),
            StringComparison.Ordinal);
    }

    private static OutgoingText Text() => SampleOutgoing.Text() with
    {
        IdempotencyKey = "T-1/2", CustomerEmail = "ann@example.net", CustomerName = "Ann",
    };

    private static async Task<string> SentAsync(OutgoingText text)
    {
        await using var server = new StandInSmtp();
        Assert.IsType<DeliveryOutcome.Delivered>(await Sending(server.Port).DeliverAsync(text, Cancel));
        return Assert.Single(server.Received);
    }

    private static EmailChannel Sending(int port, TimeSpan? timeout = null) => new(new ChannelOptions
    {
        Email = new EmailOptions
        {
            Address = "help@shop.test", Name = "Shop", Keys = "a-key-of-thirty-two-characters!!",
                SmtpHost = "127.0.0.1",
            SmtpPort = port, SmtpSecurity = MailSecurity.None, SmtpUser = "u", SmtpPassword = "p",
            Secrets = "whsec_" + Convert.ToBase64String(Key), NoticesTo = "ops@shop.test",
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
        },
    }, TimeProvider.System, null, to => to == "p_ann" ? ["ann@team.test"] : []);

    private static InboundRequest Signed(DateTimeOffset at)
    {
        var body = "From: ann@example.net\r\nMessage-ID: <m@x>\r\nSubject: Tent\r\n\r\nGr\u00fc\u00dfe"u8.ToArray();
        body = [.. body, 0xFC, 0xE9];
        var stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new InboundRequest(body, new Dictionary<string, string>
        {
            ["webhook-id"] = "w-1", ["webhook-timestamp"] = stamp,
            ["webhook-signature"] = "v1," + Convert.ToBase64String(
                HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes($"w-1.{stamp}."), .. body])),
        });
    }
}
