using System.Globalization;
using System.Text;
using Baton.Channels;
using Baton.Channels.Intercom;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Helpdesks;

public sealed class IntercomChannelTests : HelpdeskConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => [IntercomChannel.Signature];

    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInIntercom(clock);

    protected override IChannel SetUp(StandInHelpdesk desk) => Channel(((StandInIntercom)desk).Options);

    protected override bool Says(VendorRequest request) =>
        request.Path.EndsWith("/reply", StringComparison.Ordinal)
        && request.Body.Contains("\"comment\"", StringComparison.Ordinal);

    /// <summary>The vendor says the second when it is over, and no Retry-After.</summary>
    protected override VendorResponse TooMany() =>
        new(429, """{"type":"error.list","request_id":"r","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 167 in 10_seconds"}]}""")
        {
            Headers = new Dictionary<string, string>
            {
                ["X-RateLimit-Limit"] = "167", ["X-RateLimit-Remaining"] = "0",
                ["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddSeconds(7).ToUnixTimeSeconds()
                    .ToString(CultureInfo.InvariantCulture),
            },
        };

    /// <summary>Computed from the scheme.</summary>
    [Fact]
    public void Signs_as_the_documentation_says() => Assert.Equal(
        "sha1=4daa94eb99e53512e02105d2e6e3babbd806f19b",
        IntercomChannel.Sign("client_secret", """{"type":"notification_event"}"""u8));

    [Theory]
    [InlineData("""{"topic":"conversation.user.replied","data":{"item":{"id":"17"}}}""", "17")]
    [InlineData("""{"topic":"conversation.user.created","data":{"item":{"id":17}}}""", "17")]
    [InlineData("""{"topic":"conversation.rating.added","data":{"item":{"id":"17"}}}""", "17")]
    [InlineData("""{"topic":"ping","data":{"item":{"type":"ping"}}}""", null)]
    [InlineData("""{"topic":"contact.user.created","data":{"item":{"id":"17"}}}""", null)]
    [InlineData("""{"topic":"conversation.admin.replied","data":{"item":{"id":"17","conversation_parts":{"conversation_parts":[{"author":{"type":"admin","id":"701"}}]}}}}""", null)]
    [InlineData("""{"topic":"conversation.admin.replied","data":{"item":{"id":"17","conversation_parts":{"conversation_parts":[{"author":{"type":"admin","id":"9"}}]}}}}""", "17")]
    public void Reads_which_conversation_somebody_else_has_changed(string body, string? id)
    {
        var read = Assert.IsType<ParsedRequest.Arrived>(IntercomJson.ReadWebhook(Encoding.UTF8.GetBytes(body), "701"));

        Assert.Equal(id is null ? [] : [new Arrival.Changed(id)], read.All);
    }

    [Fact]
    public void Takes_the_ping_of_whoever_sets_it_up() => Assert.Empty(
        Assert.IsType<ParsedRequest.Arrived>(
            SetUp(new StandInIntercom(TimeProvider.System)).Parse(StandInIntercom.Ping())).All);

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "topic")]
    [InlineData("""{"topic":"conversation.user.replied"}""", "data.item.id")]
    [InlineData("""{"topic":"conversation.user.replied","data":{"item":{"id":"../1"}}}""", "data.item.id")]
    public void Says_what_is_wrong_with_a_body(string body, string field) => Assert.Equal(
        field,
        Assert.IsType<ParsedRequest.Refused>(IntercomJson.ReadWebhook(Encoding.UTF8.GetBytes(body), "701")).Field);

    [Fact]
    public async Task Tags_names_and_assigns_once_what_people_take_over()
    {
        await using var stand = new StandInIntercom(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        var record = new OutgoingRecord
        {
            IdempotencyKey = "r", TicketId = "T-1", ExternalId = ticket.Id, Channel = "intercom", Turn = 1,
            Outcome = "escalated", Route = "l1", Priority = "high", Queue = "billing", Intent = "order_status",
            Note = "note", At = ticket.CreatedAt,
        };

        for (var i = 0; i < 2; i++)
            Assert.IsType<DeliveryOutcome.Delivered>(await Channel(stand.Options).DeliverAsync(record, Cancel));

        Assert.Equal("8001", ticket.Group);
        Assert.Equal([new("Baton intent", "order_status")], ticket.Fields);
        Assert.Equal(["baton_escalated"], ticket.Tags);
        Assert.Single(stand.Requests, r => r.Path.EndsWith("/parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Snoozes_what_waits_for_the_customer()
    {
        await using var stand = new StandInIntercom(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");

        await Channel(stand.Options with { Snooze = TimeSpan.FromDays(1) })
            .DeliverAsync(SampleOutgoing.Text() with { ExternalId = ticket.Id }, Cancel);

        Assert.Equal("snoozed", ticket.Status);
    }

    private static IntercomChannel Channel(IntercomOptions options) =>
        new(new ChannelOptions { Intercom = options }, TimeProvider.System);
}

public sealed class IntercomTicketTests : HelpdeskTickets
{
    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInIntercom(clock);

    protected override IChannel NewChannel(StandInHelpdesk there, TimeProvider clock) =>
        new IntercomChannel(new ChannelOptions { Intercom = ((StandInIntercom)there).Options }, clock);
}
