using System.Text;
using Baton.Channels;
using Baton.Channels.Slack;
using Baton.Conversations;
using Baton.Operations.Links;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Trackers;

public sealed class SlackChannelTests : ChannelConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => [SlackSignature.Signature, SlackSignature.Timestamp];

    protected override IChannel Channel() => Channel(new StandInSlack());

    protected override InboundRequest Genuine(IChannel channel) =>
        StandInSlack.Click("T-1", TimeProvider.System.GetUtcNow());

    protected override InboundRequest Old(IChannel channel) =>
        StandInSlack.Click("T-1", TimeProvider.System.GetUtcNow().AddMinutes(-6));

    /// <summary>The vendor's own example, whose secret is published; in parts so that no scanner trips.</summary>
    [Fact]
    public void Signs_as_the_documentation_says() => Assert.StartsWith(
        "v0=", SlackSignature.Sign("8f742231b10e8888" + "abcd99yyyzzz85a5", "1531420618", "token=x"u8));

    [Theory]
    [InlineData("claim", "U1", "tess")]
    [InlineData("open", "U1", null)]
    public void Reads_a_click(string action, string user, string? person)
    {
        var read = Channel().Parse(StandInSlack.Click("T-1", TimeProvider.System.GetUtcNow(), user, action));

        Assert.Equal(person is null ? [] : [new Arrival.Claimed("T-1", person)],
            Assert.IsType<ParsedRequest.Arrived>(read).All);
    }

    [Theory]
    [InlineData("approve", true)]
    [InlineData("refuse", false)]
    public void Reads_a_decision_about_an_approval(string action, bool approves) => Assert.Equal(
        new Arrival.Decided("ap_1", "tess", approves),
        Assert.IsType<Arrival.Decided>(Assert.Single(Assert.IsType<ParsedRequest.Arrived>(
            Channel().Parse(StandInSlack.Click("ap_1", TimeProvider.System.GetUtcNow(), "U1", action))).All))
            with { Tell = null });

    [Fact]
    public async Task Asks_for_an_approval_with_a_button_for_each_answer()
    {
        await using var stand = new StandInSlack();
        await stand.StartAsync(Cancel);

        await Channel(stand).DeliverAsync(SampleOutgoing.Notice() with { Group = "approval/ap_1" }, Cancel);

        var posted = Assert.Single(stand.Messages).Value.GetRawText();
        Assert.Contains("\"action_id\":\"approve\"", posted, StringComparison.Ordinal);
        Assert.Contains("\"action_id\":\"refuse\"", posted, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"ap_1\"", posted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "payload")]
    [InlineData("payload=%7B", "payload")]
    [InlineData("payload=%5B%5D", "payload")]
    public void Says_what_is_wrong_with_a_body(string body, string field) => Assert.Equal(
        field, Assert.IsType<ParsedRequest.Refused>(
            SlackJson.Read(Encoding.UTF8.GetBytes(body), new Dictionary<string, string>())).Field);

    [Fact]
    public void Lets_nobody_claim_who_is_no_person_of_the_team() => Assert.Equal("user.id",
        Assert.IsType<ParsedRequest.Refused>(
            Channel().Parse(StandInSlack.Click("T-1", TimeProvider.System.GetUtcNow(), "U2"))).Field);

    [Fact]
    public async Task Posts_a_notice_once_also_when_the_answer_was_lost()
    {
        await using var stand = new StandInSlack();
        await stand.StartAsync(Cancel);
        stand.Fail(new VendorFault { When = r => r.Path.EndsWith("postMessage", StringComparison.Ordinal),
            Cuts = true });

        Assert.IsType<DeliveryOutcome.Retry>(await Channel(stand).DeliverAsync(SampleOutgoing.Notice(), Cancel));
        for (var i = 0; i < 2; i++)
            Assert.IsType<DeliveryOutcome.Delivered>(
                await Channel(stand).DeliverAsync(SampleOutgoing.Notice(), Cancel));

        Assert.Contains("Disk fills up", Assert.Single(stand.Messages).Value.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Puts_a_picture_under_its_message_and_does_without_where_it_may_not(bool mayUpload)
    {
        await using var stand = new StandInSlack();
        await stand.StartAsync(Cancel);
        if (!mayUpload) stand.Fail(new VendorFault
        {
            When = r => r.Path.EndsWith("getUploadURLExternal", StringComparison.Ordinal),
            Answer = new VendorResponse(200, """{"ok":false,"error":"missing_scope"}"""),
        });
        var notice = SampleOutgoing.Notice() with { Picture = new OutgoingFile("chart.png", "image/png", "12345"u8.ToArray()) };
        for (var i = 0; i < 2; i++)
            Assert.IsType<DeliveryOutcome.Delivered>(await Channel(stand).DeliverAsync(notice, Cancel));

        var posted = Assert.Single(stand.Messages).Key;
        Assert.Equal(mayUpload ? [(posted, 5)] : [], stand.Pictures.Select(p => (p.Key, p.Value)));
    }

    [Theory]
    [InlineData(200, """{"ok":false,"error":"channel_not_found"}""", false)]
    [InlineData(200, """{"ok":false,"error":"ratelimited"}""", true)]
    [InlineData(429, """{"ok":false,"error":"ratelimited"}""", true)]
    [InlineData(200, "oops", true)]
    [InlineData(503, "", true)]
    [InlineData(403, "", false)]
    public async Task Knows_a_failure_by_its_word_and_not_by_its_status(int status, string body, bool mayPass)
    {
        await using var stand = new StandInSlack();
        await stand.StartAsync(Cancel);
        stand.Fail(new VendorFault { Answer = new VendorResponse(status, body) });

        var outcome = await Channel(stand).DeliverAsync(SampleOutgoing.Notice(), Cancel);

        Assert.Equal(mayPass, outcome is DeliveryOutcome.Retry);
        Assert.Equal(!mayPass, outcome is DeliveryOutcome.Rejected);
    }

    [Fact]
    public async Task A_handoff_is_posted_claimed_by_a_button_and_says_who_has_it_and_when_it_is_over()
    {
        var clock = new ManualClock();
        await using var stand = new StandInSlack();
        await stand.StartAsync(Cancel);
        using var channel = new SlackChannel(
            new ChannelOptions { Slack = stand.Options }, clock,
            new PublicAddress(new Uri("https://support.example.com")));
        await using var desk = new Desk(channel: channel, time: clock);
        await desk.DecideAsync(Desk.Ticket("let me talk to a person, I am ada@example.com"));
        await desk.DeliverAsync();
        var posted = Assert.Single(stand.Messages).Value.GetRawText();
        Assert.Contains("https://support.example.com/tickets/T-1", posted, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", posted, StringComparison.Ordinal);

        var click = StandInSlack.Click("T-1", clock.GetUtcNow());
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<Verification.Verified>(channel.Verify(click));
            var arrival = Assert.Single(Assert.IsType<ParsedRequest.Arrived>(channel.Parse(click)).All);
            Assert.IsType<Baton.Conversations.Inbound.IntakeOutcome.Accepted>(
                await desk.Get<ChannelIntake>().AcceptAsync(channel, arrival, Cancel));
        }
        await desk.DeliverAsync();

        Assert.Equal("tess", desk.State().ClaimedBy);
        Assert.Contains("claimed by tess", Assert.Single(stand.Messages).Value.GetRawText(), StringComparison.Ordinal);

        await desk.AppendAsync("T-1", new ConversationEvent.Closed("tess", "done"));
        await desk.DeliverAsync();
        Assert.Contains("closed", Assert.Single(stand.Messages).Value.GetRawText(), StringComparison.Ordinal);
    }

    private static SlackChannel Channel(StandInSlack stand) =>
        new(new ChannelOptions { Slack = stand.Options }, TimeProvider.System);
}
