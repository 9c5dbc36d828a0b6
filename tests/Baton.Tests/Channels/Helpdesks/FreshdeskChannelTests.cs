using System.Text;
using Baton.Channels;
using Baton.Channels.Freshdesk;
using Baton.Channels.Reading;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Helpdesks;

public sealed class FreshdeskChannelTests : HelpdeskConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IReadOnlyList<string> Signatures => ["Authorization"];

    /// <summary>Only who sends is known; so nothing but an id is read of the body.</summary>
    protected override bool SignsBodies => false;

    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInFreshdesk(clock);

    protected override IChannel SetUp(StandInHelpdesk desk) => Channel(((StandInFreshdesk)desk).Options);

    protected override bool Says(VendorRequest request) => request.Path.EndsWith("/reply", StringComparison.Ordinal);

    protected override VendorResponse TooMany() =>
        new(429, """{"message":"You have exceeded the limit of requests per minute"}""")
    {
        Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
    };

    [Theory]
    [InlineData("""{"ticket_id":"17"}""", "17")]
    [InlineData("""{"freshdesk_webhook":{"ticket_id":17,"ticket_status":"Open"}}""", "17")]
    public void Reads_which_ticket_a_rule_was_about(string body, string id) => Assert.Equal(
        [new Arrival.Changed(id)],
        Assert.IsType<ParsedRequest.Arrived>(FreshdeskJson.ReadWebhook(Encoding.UTF8.GetBytes(body))).All);

    [Fact]
    public void Reads_the_documented_template()
    {
        var stand = new StandInFreshdesk(TimeProvider.System);
        var request = StandInFreshdesk.Template(stand.Open("hi"));

        Assert.IsType<Verification.Verified>(SetUp(stand).Verify(request));
        Assert.Single(Assert.IsType<ParsedRequest.Arrived>(SetUp(stand).Parse(request)).All);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "ticket_id")]
    [InlineData("""{"ticket_id":"{{ticket.id}}"}""", "ticket_id")]
    [InlineData("""{"ticket_id":"17","ticket_subject":"He said "hi"" }""", "body")]
    public void Says_what_is_wrong_with_a_body(string body, string field) => Assert.Equal(
        field, Assert.IsType<ParsedRequest.Refused>(FreshdeskJson.ReadWebhook(Encoding.UTF8.GetBytes(body))).Field);

    [Fact]
    public async Task Writes_priority_group_fields_and_tags_and_keeps_those_of_people()
    {
        await using var stand = new StandInFreshdesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        ticket.Tags.Add("vip");
        ticket.Fields["cf_order"] = "NW-1";
        var record = new OutgoingRecord
        {
            IdempotencyKey = "r", TicketId = "T-1", ExternalId = ticket.Id, Channel = "freshdesk", Turn = 1,
            Outcome = "escalated", Route = "l1", Priority = "urgent", Queue = "billing", Intent = "order_status",
            Note = "note", At = ticket.CreatedAt,
        };

        Assert.IsType<DeliveryOutcome.Delivered>(await Channel(stand.Options).DeliverAsync(record, Cancel));

        Assert.Equal(("4", "8001", "2"), (ticket.Priority, ticket.Group, ticket.Status));
        Assert.Equal("order_status", ticket.Fields["cf_intent"]);
        Assert.Equal(["baton", "baton_escalated", "baton_l1", "baton_order_status", "vip"], ticket.Tags);
        var read = Assert.IsType<ReadOutcome.Found>(await Channel(stand.Options).ReadAsync(ticket.Id, Cancel));
        Assert.Equal([new("order_id", "NW-1")], read.Ticket.Opening.Fields);
    }

    [Fact]
    public async Task Does_without_ratings_where_the_plan_has_none()
    {
        await using var stand = new StandInFreshdesk(TimeProvider.System);
        await stand.StartAsync(Cancel);
        var ticket = stand.Open("hi");
        stand.Fail(new VendorFault
        {
            When = r => r.Path.EndsWith("ratings", StringComparison.Ordinal),
            Answer = new VendorResponse(403, """{"code":"require_feature","message":"no surveys"}"""),
        });

        Assert.IsType<ReadOutcome.Found>(await Channel(stand.Options).ReadAsync(ticket.Id, Cancel));
    }

    private static FreshdeskChannel Channel(FreshdeskOptions options) =>
        new(new ChannelOptions { Freshdesk = options }, TimeProvider.System);
}

public sealed class FreshdeskTicketTests : HelpdeskTickets
{
    protected override StandInHelpdesk NewStandIn(TimeProvider clock) => new StandInFreshdesk(clock);

    protected override IChannel NewChannel(StandInHelpdesk there, TimeProvider clock) =>
        new FreshdeskChannel(new ChannelOptions { Freshdesk = ((StandInFreshdesk)there).Options }, clock);
}
