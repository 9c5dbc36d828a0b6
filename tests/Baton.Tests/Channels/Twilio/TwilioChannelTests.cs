using System.Text;
using Baton.Channels;
using Baton.Channels.Twilio;
using Baton.Conversations.Inbound;
using Baton.Operations.Links;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;
using Microsoft.AspNetCore.WebUtilities;

namespace Baton.Tests.Channels.Twilio;

public sealed class TwilioChannelTests : SendingChannelConformance
{
    private const string Account = "AC00000000000000000000000000000001", Token = "12345", Number = "+14155550100";

    private static readonly PublicAddress Outside = new(new Uri("https://support.shop.test"));

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => [TwilioRequest.Signature];

    protected override IChannel SendingTo(Uri address) => Sms(address, TimeProvider.System);

    protected override string? IdempotencyKey(ReceivedRequest request) =>
        QueryHelpers.ParseQuery(request.Body)["StatusCallback"].ToString();

    protected override InboundRequest Genuine(IChannel channel) => Signed("sms", new()
    {
        ["MessageSid"] = "SM1", ["From"] = Number, ["To"] = "+15005550006", ["Body"] = "Where is my order?",
        ["NumMedia"] = "0", ["SomethingNew"] = "x",
    });

    /// <summary>The example of the vendor's own libraries.</summary>
    [Fact]
    public void Signs_as_the_vendor_does() => Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioRequest.Sign(
        "12345", "https://mycompany.com/myapp.php?foo=1&bar=2", new Dictionary<string, string>
        {
            ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+14158675309", ["Digits"] = "1234",
            ["From"] = "+14158675309", ["To"] = "+18005551212",
        }));

    [Theory]
    [InlineData("https://support.shop.test/channels/sms", true)]
    [InlineData("https://support.shop.test:443/channels/sms", true)]
    [InlineData("https://support.shop.test/channels/SMS", false)]
    [InlineData("http://support.shop.test/channels/sms", false)]
    [InlineData("https://evil.test/channels/sms", false)]
    public void Believes_what_is_signed_for_its_own_address(string address, bool verified)
    {
        var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["From"] = Number };
        var request = Request("http://10.0.0.7:8080/channels/sms", form) with
        {
            Headers = new Dictionary<string,
                string> { [TwilioRequest.Signature] = TwilioRequest.Sign(Token, address, form) },
        };

        Assert.Equal(verified, Sms().Verify(request) is Verification.Verified);
    }

    [Fact]
    public void Takes_either_of_two_tokens_while_one_is_changed()
    {
        var request = Genuine(Sms());
        using var both = new TwilioChannel(
            "sms", Options(new Uri("http://127.0.0.1:9"), tokens: "new " + Token), _clock, Outside);
        using var other = new TwilioChannel(
            "sms", Options(new Uri("http://127.0.0.1:9"), tokens: "new"), _clock, Outside);

        Assert.IsType<Verification.Verified>(both.Verify(request));
        Assert.IsType<Verification.Refused>(other.Verify(request));
    }

    [Fact]
    public void Reads_a_message_with_pictures_of_whatsapp()
    {
        var content = Read("whatsapp", new()
        {
            ["MessageSid"] = "MM1", ["From"] = "whatsapp:" + Number, ["ProfileName"] = "Ann", ["NumMedia"] = "1",
            ["MediaUrl0"] = "https://api.twilio.com/x", ["MediaContentType0"] = "image/jpeg",
        });

        Assert.Equal((Number, "Ann", "whatsapp-MM1"), (content.CustomerPhone, content.CustomerName, content.TicketId));
        Assert.Equal(("[No text; files only]", "file1.jpeg"),
            (content.Messages[0].Text, content.Messages[0].Attachments.Single().Name));
        Assert.DoesNotContain(Number[1..], content.CustomerId!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ButtonText", "Yes", "Yes")]
    [InlineData("Latitude", "52.5", "[A place: 52.5,")]
    public void Reads_what_is_no_text(string name, string value, string text) => Assert.StartsWith(
        text, Read("whatsapp", new() { ["MessageSid"] = "SM1", ["From"] = Number, [name] = value }).Messages[0].Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("undelivered", "30003", "30003: the telephone is off or out of reach")]
    [InlineData("failed", "63016", "63016: more than 24 hours after the customer's last message; a template is needed")]
    [InlineData("failed", null, "Twilio could not deliver it")]
    [InlineData("delivered", null, null)]
    [InlineData("sent", null, null)]
    [InlineData("read", null, null)]
    public void Tells_of_what_did_not_arrive(string status, string? code, string? why)
    {
        var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = status };
        if (code is not null) form["ErrorCode"] = code;

        var all = Assert.IsType<ParsedRequest.Arrived>(
            Sms().Parse(Request("https://support.shop.test/channels/sms?message=T-1%2F2&part=1", form))).All;

        if (why is null) Assert.Empty(all);
        else Assert.Equal(new Arrival.Failure("T-1/2", why), Assert.Single(all));
    }

    [Fact]
    public void Leaves_the_end_of_a_subscription_to_the_vendor() => Assert.Empty(Assert.IsType<ParsedRequest.Arrived>(
        Sms().Parse(Request("https://x/",
            new() { ["MessageSid"] = "SM1", ["From"] = Number, ["OptOutType"] = "STOP" }))).All);

    [Fact]
    public async Task Sends_long_texts_in_pieces_and_plain_letters()
    {
        await using var twilio = await TwilioAsync();
        var text = Text() with { Text =
            string.Join("\n\n", Enumerable.Repeat("It’s “ready” – soon… " + new string('x', 480), 4)) };

        Assert.IsType<DeliveryOutcome.Delivered>(await Sms(twilio.Address).DeliverAsync(text, Cancel));

        Assert.Equal(2, twilio.Sent.Count);
        Assert.All(twilio.Sent, m => Assert.InRange(m.Body.Length, 1, 1_600));
        Assert.StartsWith("It's \"ready\" - soon... x", twilio.Sent[0].Body, StringComparison.Ordinal);
        Assert.Equal((Number, "+15005550006"), (twilio.Sent[0].To, twilio.Sent[0].From));
        Assert.Equal("https://support.shop.test/channels/sms?message=T-1%2F2&part=1", twilio.Sent[0].StatusCallback);
    }

    [Fact]
    public async Task Sends_again_only_what_did_not_leave_before()
    {
        await using var twilio = await TwilioAsync();
        var text = Text() with { Text = string.Join("\n\n", new string('a', 1_000), new string('b', 1_000)) };
        twilio.Fail(new VendorFault
        {
            When = r => r.Body.Contains("bbbb", StringComparison.Ordinal), Answer = new VendorResponse(503),
        });

        Assert.IsType<DeliveryOutcome.Retry>(await Sms(twilio.Address).DeliverAsync(text, Cancel));
        // The answer of the second attempt is lost on its way, after the message has left.
        twilio.Fail(new VendorFault { When = r => r.Method == "POST", Cuts = true });
        Assert.IsType<DeliveryOutcome.Retry>(
            await Sms(twilio.Address).DeliverAsync(text with { IsRepeated = true }, Cancel));
        Assert.IsType<DeliveryOutcome.Delivered>(
            await Sms(twilio.Address).DeliverAsync(text with { IsRepeated = true }, Cancel));

        Assert.Equal(["a", "b"], twilio.Sent.Select(m => m.Body[..1]));
    }

    [Theory]
    [InlineData(23, null)]
    [InlineData(25, "HX00000000000000000000000000000001")]
    public async Task Answers_whatsapp_by_template_after_a_day(int hours, string? template)
    {
        await using var twilio = await TwilioAsync();
        using var channel = new TwilioChannel("whatsapp", Options(twilio.Address), _clock, Outside);

        await channel.DeliverAsync(
            Text() with { Text = "One\n\ntwo  three", CustomerWroteAt = _clock.GetUtcNow().AddHours(-hours) }, Cancel);

        var sent = Assert.Single(twilio.Sent);
        Assert.Equal((template, "whatsapp:" + Number), (sent.ContentSid, sent.To));
        Assert.Equal(template is null ? "One\n\ntwo  three" : """{"1":"One two three"}""", sent.Body);
    }

    [Fact]
    public async Task Says_why_nothing_is_sent()
    {
        using var whatsapp = new TwilioChannel(
            "whatsapp", Options(new Uri("http://127.0.0.1:9"), template: ""), _clock, Outside);

        Assert.Contains("WhatsAppTemplate", Assert.IsType<DeliveryOutcome.Rejected>(
            await whatsapp.DeliverAsync(Text(), Cancel)).Why, StringComparison.Ordinal);
        Assert.Contains("no number", Assert.IsType<DeliveryOutcome.Rejected>(
            await Sms().DeliverAsync(Text() with { CustomerPhone = null }, Cancel)).Why, StringComparison.Ordinal);
        Assert.Contains("length", Assert.IsType<DeliveryOutcome.Rejected>(
            await Sms().DeliverAsync(Text() with { Text = new string('x', 9_000) }, Cancel)).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_the_vendor_said()
    {
        await using var twilio = await TwilioAsync();
        twilio.Fail(new VendorFault
        {
            Answer = new VendorResponse(
                400, """{"code":21610,"message":"Attempt to send to unsubscribed recipient","status":400}"""),
        });

        Assert.Contains("21610 Attempt", Assert.IsType<DeliveryOutcome.Rejected>(
            await Sms(twilio.Address).DeliverAsync(Text(), Cancel)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetches_pictures_and_says_which_it_could_not_get()
    {
        await using var media = await LoopbackReceiver.StartAsync(Cancel);
        media.Answer = r => r.Path == "/there" ? new ReceiverAnswer(200) { Body = "GIF89a" } : new ReceiverAnswer(404);
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = "MM1", ["From"] = Number, ["NumMedia"] = "2",
                ["MediaUrl0"] = new Uri(media.Address, "/there").ToString(),
            ["MediaContentType0"] = "image/gif", ["MediaUrl1"] = new Uri(media.Address, "/gone").ToString(),
        };
        var channel = Sms(media.Address);
        var arrival = Assert.Single(
            Assert.IsType<ParsedRequest.Arrived>(channel.Parse(Request("https://x/", form))).All);

        var files = Assert.IsType<Arrival.Reply>(
            await channel.CompleteAsync(arrival, Cancel)).Content.Messages[0].Attachments;

        Assert.Equal([("file1.gif", 6, null), ("file2.", 0, "its server answered 404")],
            files.Select(f => (f.Name, f.Body.Length, f.NotRead)));
    }

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("160", 1)]
    [InlineData("161", 2)]
    [InlineData("307", 3)]
    [InlineData("{80", 1)]
    [InlineData("{81", 2)]
    [InlineData("я70", 1)]
    [InlineData("я71", 2)]
    public void Counts_segments_as_bills_do(string text, int segments)
    {
        var repeated = text switch
        {
            "abc" => text,
            ['{', .. var n] => new string('{', int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)),
            ['я', .. var n] => new string('я', int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)),
            _ => new string('a', int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
        };

        Assert.Equal(segments, SmsText.Segments(repeated));
    }

    private InboundTicket Read(string name, Dictionary<string, string> form)
    {
        using var channel = new TwilioChannel(name, Options(new Uri("http://127.0.0.1:9")), _clock, Outside);
        return Assert.IsType<Arrival.Reply>(Assert.Single(Assert.IsType<ParsedRequest.Arrived>(
            channel.Parse(Request("https://x/", form))).All)).Content;
    }

    private static OutgoingText Text() =>
        SampleOutgoing.Text() with { IdempotencyKey = "T-1/2", CustomerPhone = Number };

    private static async Task<StandInTwilio> TwilioAsync()
    {
        var twilio = new StandInTwilio(Account, Token);
        await twilio.StartAsync(Cancel);
        return twilio;
    }

    private TwilioChannel Sms(Uri? address = null, TimeProvider? clock = null) =>
        new("sms", Options(address ?? new Uri("http://127.0.0.1:9")), clock ?? _clock, Outside);

    private static ChannelOptions Options(
        Uri address, string tokens = Token, string template = "HX00000000000000000000000000000001") => new()
    {
        Twilio = new TwilioOptions
        {
            AccountSid = Account, AuthTokens = tokens, SmsFrom = "+15005550006", WhatsAppFrom = "+15005550007",
            WhatsAppTemplate = template, Url = address, AllowPrivate = true, Timeout = TimeSpan.FromSeconds(1),
        },
    };

    private static InboundRequest Signed(string name, Dictionary<string, string> form)
    {
        var url = $"https://support.shop.test/channels/{name}";
        return Request(url, form) with
        {
            Headers = new Dictionary<string,
                string> { [TwilioRequest.Signature] = TwilioRequest.Sign(Token, url, form) },
        };
    }

    private static InboundRequest Request(string url, Dictionary<string, string> form) => new(
        Encoding.UTF8.GetBytes(string.Join('&', form.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"))),
        new Dictionary<string, string>()) { Url = new Uri(url) };
}
