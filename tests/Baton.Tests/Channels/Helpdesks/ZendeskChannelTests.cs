using System.Text;
using Baton.Channels;
using Baton.Channels.Zendesk;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Helpdesks;

public sealed class ZendeskChannelTests : HelpdeskConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => [ZendeskSignature.Signature, ZendeskSignature.Timestamp];

    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInZendesk(clock);

    protected override IChannel SetUp(StandInHelpdesk desk) => Channel(((StandInZendesk)desk).Options);

    protected override bool Says(VendorRequest request) =>
        request.Method == "PUT" && request.Body.Contains("\"comment\"", StringComparison.Ordinal);

    protected override VendorResponse TooMany() => new(429, "Too Many Requests")
    {
        ContentType = "text/plain", Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
    };

    /// <summary>
    /// Computed from the scheme; the key is the one of the vendor's own documentation, in parts so that no scanner
    /// trips.
    /// </summary>
    [Fact]
    public void Signs_as_the_documentation_says() => Assert.Equal(
        "OhyuASlMysBOYZdC/6lrc3gA+Lv49zMKyTnxzdRguy4=",
        ZendeskSignature.Sign("dGhpc19zZWNyZXRfaXNf" + "Zm9yX3Rlc3Rpbmdfb25seQ==", "2021-03-25T05:09:27Z", "{}"u8));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Believes_a_time_of_five_minutes_around_its_own(int seconds, bool believed)
    {
        var clock = new ManualClock();
        var stand = new StandInZendesk(clock);
        var request = stand.Webhook(stand.Open("hi"), clock.GetUtcNow().AddSeconds(seconds));
        var signature = new ZendeskSignature([StandInZendesk.Secret], TimeSpan.FromMinutes(5), clock);

        Assert.Equal(believed, signature.Problem(request) is null);
    }

    [Theory]
    [InlineData("""{"type":"zen:event-type:ticket.comment_added","detail":{"id":"17","actor_id":"5"}}""", "17")]
    [InlineData("""{"type":"zen:event-type:ticket.created","detail":{"id":17}}""", "17")]
    [InlineData("""{"ticket_id":"17"}""", "17")]
    [InlineData("""{"ticket_id":17}""", "17")]
    [InlineData("""{"type":"zen:event-type:ticket.comment_added","detail":{"id":"17","actor_id":"701"}}""", null)]
    [InlineData("""{"type":"zen:event-type:ticket.tags_changed","detail":{"id":"17","actor_id":701}}""", null)]
    [InlineData("""{"type":"zen:event-type:user.created","detail":{"id":"17"}}""", null)]
    public void Reads_which_ticket_somebody_else_has_changed(string body, string? id)
    {
        var read = Assert.IsType<ParsedRequest.Arrived>(ZendeskJson.ReadWebhook(Encoding.UTF8.GetBytes(body), 701));

        Assert.Equal(id is null ? [] : [new Arrival.Changed(id)], read.All);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "detail.id")]
    [InlineData("""{"type":"something else"}""", "detail.id")]
    [InlineData("""{"ticket_id":"../17"}""", "ticket_id")]
    [InlineData("""{"ticket_id":"12345678901234567890"}""", "ticket_id")]
    [InlineData("""{"type":"zen:event-type:ticket.created","detail":{}}""", "detail.id")]
    public void Says_what_is_wrong_with_a_body(string body, string field) => Assert.Equal(
        field == "detail.id" && body == "{}" ? "ticket_id" : field,
        Assert.IsType<ParsedRequest.Refused>(ZendeskJson.ReadWebhook(Encoding.UTF8.GetBytes(body), 701)).Field);

    [Fact]
    public async Task Writes_priority_group_fields_and_tags_and_keeps_those_of_people()
    {
        await using var stand = new StandInZendesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        ticket.Tags.Add("vip");

        var outcome = await Channel(stand.Options).DeliverAsync(Handoff(ticket), Cancel);

        Assert.IsType<DeliveryOutcome.Delivered>(outcome);
        Assert.Equal(("high", "8001", "open"), (ticket.Priority, ticket.Group, ticket.Status));
        Assert.Equal([new("9002", "order_status"), new("9003", "0.5")], ticket.Fields.OrderBy(f => f.Key));
        Assert.Equal(["baton", "baton_escalated", "baton_l1", "baton_order_status", "vip"], ticket.Tags);
    }

    [Fact]
    public async Task Reads_the_custom_fields_that_are_named()
    {
        await using var stand = new StandInZendesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        ticket.Fields["9001"] = "NW-1";
        ticket.Fields["9002"] = "ours";
        ticket.Fields["9009"] = "nobody's";

        var read = (Baton.Channels.Reading.ReadOutcome.Found)await Channel(stand.Options).ReadAsync(ticket.Id, Cancel);

        Assert.Equal([new("order_id", "NW-1")], read.Ticket.Opening.Fields);
    }

    [Fact]
    public async Task Stops_before_the_vendor_has_to_stop_it()
    {
        await using var stand = new StandInZendesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var (ticket, channel) = (stand.Open("hi"), Channel(stand.Options));
        stand.CallsLeft = 1;

        var outcome = await channel.DeliverAsync(SampleOutgoing.Text() with { ExternalId = ticket.Id }, Cancel);

        Assert.InRange(Assert.IsType<DeliveryOutcome.Retry>(outcome).After!.Value.TotalSeconds, 39, 41);
        Assert.Single(stand.Requests);
    }

    [Fact]
    public async Task Says_why_a_closed_ticket_takes_nothing()
    {
        await using var stand = new StandInZendesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        ticket.Status = "closed";

        var outcome = await Channel(stand.Options)
            .DeliverAsync(SampleOutgoing.Text() with { ExternalId = ticket.Id }, Cancel);

        Assert.Contains("422: Record validation errors", Assert.IsType<DeliveryOutcome.Rejected>(outcome).Why,
            StringComparison.Ordinal);
    }

    private static ZendeskChannel Channel(ZendeskOptions options) =>
        new(new ChannelOptions { Zendesk = options }, TimeProvider.System);

    private static OutgoingRecord Handoff(StandInTicket ticket) => new()
    {
        IdempotencyKey = "r", TicketId = "T-1", ExternalId = ticket.Id, Channel = "zendesk", Turn = 1,
        Outcome = "escalated", Route = "l1", Priority = "high", Queue = "billing", Intent = "order_status",
        Confidence = 0.5, Note = "note", At = ticket.CreatedAt,
    };
}

public sealed class ZendeskTicketTests : HelpdeskTickets
{
    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInZendesk(clock);

    protected override IChannel NewChannel(StandInHelpdesk there, TimeProvider clock) =>
        new ZendeskChannel(new ChannelOptions { Zendesk = ((StandInZendesk)there).Options }, clock);
}
