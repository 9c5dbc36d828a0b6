using System.Text;
using Baton.Channels;
using Baton.Channels.Email;
using Baton.Conversations.Inbound;
using Baton.Text;

namespace Baton.Tests.Channels.Email;

public sealed class InboundMailTests
{
    private const int FuzzedInputs = 2_000;

    private static readonly EmailOptions Options = new()
    {
        Address = "help@shop.test", Keys = "a key of thirty-two characters!!", AuthenticationServer = "mx.shop.test",
    };

    private static readonly MailTags Tags = new(Options);

    public static TheoryData<string> Names => [.. AwkwardMails.All.Select(m => m.Name)];

    [Fact]
    public void Knows_at_least_forty_awkward_mails()
    {
        Assert.InRange(AwkwardMails.All.Count, 40, 1_000);
        Assert.Equal(AwkwardMails.All.Count, AwkwardMails.All.Select(m => m.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_a_mail_as_a_person_does(string name)
    {
        var mail = AwkwardMails.All.Single(m => m.Name == name);

        var content = Opened(mail.Raw);

        var text = Assert.Single(content.Messages);
        Assert.Equal(mail.Text, text.Text);
        Assert.Equal((mail.Subject, mail.From), (content.Subject, content.CustomerEmail));
        Assert.Equal(mail.Files, text.Attachments.Select(f => f.Name));
        Assert.Equal(mail.IsAutomatic, AutomaticMail.Of(text.Headers, content.Subject, text.Text) is not null);
    }

    [Fact]
    public void Names_a_mail_by_its_id_and_one_without_by_what_it_holds()
    {
        var named = Opened("Message-ID: <m1@x>\r\nFrom: a@b.c\r\n\r\nHello");
        var one = Opened("From: a@b.c\r\nTo: d@e.f\r\n\r\nHello");
        var other = Opened("From: a@b.c\r\nTo: d@e.f\r\n\r\nHello!");

        Assert.Equal(("m1@x", InboundMail.TicketId("m1@x")), (named.ExternalId, named.TicketId));
        Assert.StartsWith("none-", one.ExternalId, StringComparison.Ordinal);
        Assert.NotEqual(one.ExternalId, other.ExternalId);
        Assert.Equal(one.ExternalId, Opened("From: a@b.c\r\nTo: d@e.f\r\n\r\nHello").ExternalId);
    }

    [Theory]
    [InlineData("To: {tag}\r\n", true)]
    [InlineData("Cc: \"Help\" <{tag}>\r\n", true)]
    [InlineData("To: x@y.z\r\nDelivered-To: {tag}\r\n", true)]
    [InlineData("To: {TAG}\r\n", true)]
    [InlineData("In-Reply-To: <{id}>\r\n", true)]
    [InlineData("References: <other@x> <{id}> <more@x>\r\n", true)]
    [InlineData("To: help+abcdefghijklmnopqrstuvwxyz234567@shop.test\r\n", false)]
    [InlineData("In-Reply-To: <baton.VC0xLzI.aaaaaaaaaaaaaaaa@shop.test>\r\n", false)]
    [InlineData("Subject: {id} {tag}\r\n", false)]
    public void Belongs_to_the_ticket_that_a_signed_name_proves(string head, bool belongs)
    {
        var raw = ("Message-ID: <m2@x>\r\nFrom: a@b.c\r\n" + head + "\r\nHello")
            .Replace("{tag}", Tags.AddressOf("T-1"), StringComparison.Ordinal)
            .Replace("{TAG}", Tags.AddressOf("T-1").ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{id}", Tags.MessageIdOf("T-1/2"), StringComparison.Ordinal);

        Assert.Equal(belongs ? ["T-1"] : [], Read(raw).Tickets);
    }

    [Fact]
    public void Gives_the_nearest_reference_first() => Assert.Equal(
        ["c@x", "b@x", "a@x"],
        Read("From: a@b.c\r\nTo: d@e.f\r\nIn-Reply-To: <c@x>\r\nReferences: <a@x>\r\n <b@x> <c@x>\r\n\r\nHi").Names);

    [Fact]
    public void Takes_no_tag_of_another_key()
    {
        var other = new MailTags(Options with { Keys = "another key of thirty-two letters" });
        var both = new MailTags(
            Options with { Keys = "another-key-of-thirty-two-letters " + Options.Keys.Replace(' ', '-') });

        Assert.Null(Tags.TicketOf(other.AddressOf("T-1")));
        Assert.Empty(Tags.MessagesIn("<" + other.MessageIdOf("T-1/2") + ">"));
        Assert.Equal("T-1", both.TicketOf(both.AddressOf("T-1")));
    }

    [Theory]
    [InlineData("T-1")]
    [InlineData("mail-abcdefghijkl")]
    [InlineData("a/b:c#d._-")]
    [InlineData("Ä€")]
    [InlineData("")]
    public void A_tag_brings_its_ticket_back_whatever_its_id(string id) =>
        Assert.Equal(id.Length == 0 ? null : id, Tags.TicketOf(Tags.AddressOf(id)));

    [Fact]
    public void An_id_that_is_too_long_for_an_address_goes_without_a_tag() =>
        Assert.Equal("help@shop.test", Tags.AddressOf(new string('x', 60)));

    [Theory]
    [InlineData("Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user",
        "5.1.1 smtp; 550 no such user")]
    [InlineData("Action: failed", "the mail came back")]
    [InlineData("Action: delayed\r\nStatus: 4.4.1", null)]
    [InlineData("Action: delivered\r\nStatus: 2.0.0", null)]
    public void Tells_of_our_mail_that_came_back(string status, string? why)
    {
        var arrived = Assert.IsType<ParsedRequest.Arrived>(Mail().Read(Encoding.UTF8.GetBytes(
            "From: mailer-daemon@example.net\r\nMessage-ID: <r@x>\r\nContent-Type: multipart/report; "
            + "report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nIt failed.\r\n--b\r\n"
            + $"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n{status}\r\n\r\n--b\r\n"
            + $"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{Tags.MessageIdOf("T-1/2")}>\r\n--b--\r\n"))).All;

        if (why is null) Assert.Empty(arrived);
        else Assert.Equal(new Arrival.Failure("T-1/2", why), Assert.Single(arrived));
    }

    [Fact]
    public void Takes_nothing_from_a_copy_of_what_we_sent() => Assert.Empty(Assert.IsType<ParsedRequest.Arrived>(
        Mail().Read(Encoding.UTF8.GetBytes(
            $"From: help@shop.test\r\nMessage-ID: <{Tags.MessageIdOf("T-1/2")}>\r\n\r\nHello"))).All);

    [Theory]
    [InlineData("mx.shop.test; spf=pass smtp.mailfrom=a@b.c; dkim=fail; dmarc=none", "dkim=fail dmarc=none spf=pass")]
    [InlineData("mx.evil.test; spf=pass; dkim=pass; dmarc=pass", "")]
    [InlineData("mx.shop.test; none", "")]
    [InlineData(";;;", "")]
    public void Believes_its_own_server_only_about_the_sender(string header, string checks)
    {
        var content = Opened(
            $"Authentication-Results: {header}\r\nAuthentication-Results: mx.evil.test; dmarc=pass\r\nFrom: a@b.c\r\n"
            + "To: d@e.f\r\n\r\nHello");

        Assert.Equal(checks, string.Join(' ', content.Fields.OrderBy(f => f.Key).Select(f => $"{f.Key}={f.Value}")));
    }

    [Fact]
    public void Believes_the_topmost_result_only() => Assert.Equal("fail", Opened(
        "Authentication-Results: mx.shop.test; dmarc=fail\r\nAuthentication-Results: mx.shop.test; dmarc=pass; spf=pass\r\n"
        + "From: a@b.c\r\nTo: d@e.f\r\n\r\nHello").Fields.Single().Value);

    [Fact]
    public void Reads_only_the_head_of_a_mail_that_is_too_large()
    {
        var read = Assert.IsType<ParsedRequest.Arrived>(Mail().Read(
            "From: a@b.c\r\nMessage-ID: <m@x>\r\nSubject: Photos\r\n\r\n"u8.ToArray(), 50_000_000));

        var content = Assert.IsType<Arrival.Reply>(Assert.Single(read.All)).Content;
        Assert.Equal("Photos", content.Subject);
        Assert.StartsWith("[This mail has 50,000,000 bytes", content.Messages[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("Hello, this is no mail at all")]
    public void Says_what_is_no_mail(string raw) =>
        Assert.Equal("body", Assert.IsType<ParsedRequest.Refused>(Mail().Read(Encoding.UTF8.GetBytes(raw))).Field);

    [Fact]
    public void Reads_any_bytes_without_an_exception() => Fuzz(FuzzedInputs, 20_261_130);

    /// <summary>Takes a minute or two: when the reading of mail has changed.</summary>
    [Fact(Explicit = true)]
    public void Reads_a_hundred_thousand_broken_mails_without_an_exception() => Fuzz(100_000, 20_261_201);

    private static void Fuzz(int inputs, int seed)
    {
        var random = new Random(seed);
        var (mails, reader) = (AwkwardMails.All.Where(m => m.Raw.Length < 20_000).ToList(), Mail());
        for (var i = 0; i < inputs; i++)
        {
            var raw = mails[random.Next(mails.Count)].Raw.ToList();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                var at = random.Next(raw.Count + 1);
                switch (random.Next(5))
                {
                    case 0 when at < raw.Count: raw[at] = (byte)random.Next(256); break;
                    case 1: raw.RemoveRange(at, Math.Min(random.Next(40), raw.Count - at)); break;
                    case 2: raw.InsertRange(at, raw.Take(random.Next(60))); break;
                    case 3: raw = [.. raw.Take(at)]; break;
                    default:
                        raw.InsertRange(at, Encoding.UTF8.GetBytes(((string[])
                        ["\r\n", "--b\r\n", "=?utf-8?B?", "Content-Type: multipart/mixed; boundary=b\r\n", "\0", "<",
                            ";", "=\r\n"])
                            [random.Next(8)]));
                        break;
                }
            }
            var body = raw.ToArray();
            var error = Record.Exception(() => reader.Read(body));
            Assert.True(error is null, $"input {i}: {error}\n{Convert.ToBase64String(body)}");
        }
    }

    private static InboundMail Mail() => new(Options, Tags, 10 * 1024 * 1024);

    private static Arrival.Reply Read(string raw) => Assert.IsType<Arrival.Reply>(Assert.Single(
        Assert.IsType<ParsedRequest.Arrived>(Mail().Read(Encoding.UTF8.GetBytes(raw))).All));

    private static InboundTicket Opened(byte[] raw) => Assert.IsType<Arrival.Reply>(Assert.Single(
        Assert.IsType<ParsedRequest.Arrived>(Mail().Read(raw)).All)).Content;

    private static InboundTicket Opened(string raw) => Opened(Encoding.UTF8.GetBytes(raw));
}
