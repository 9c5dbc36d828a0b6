using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels;

/// <summary>What people learn of a text that did not arrive.</summary>
public sealed class DeliveryFailureTests : IAsyncDisposable
{
    private readonly ListeningChannel _pigeon = new() { Answer = _ => new DeliveryOutcome.Rejected("no such loft") };
    private readonly Desk _desk;

    public DeliveryFailureTests() => _desk = new Desk(channel: _pigeon);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_rejected_text_is_a_fact_on_its_ticket_at_once()
    {
        await DecideAsync();

        var fact = new ConversationEvent.DeliveryFailed("T-1/2", "pigeon", "rejected", "no such loft");
        Assert.Equal(fact, _desk.Events()[^1]);
        Assert.Equal(fact, Assert.Single(_desk.State().Undelivered).Value);
        var ticket = (await _desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None))!;
        Assert.Equal("no such loft", (string?)ticket["undelivered"]![0]!["reason"]);
        Assert.Contains("no such loft", Assert.Single(Dead()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_given_up_after_the_last_attempt()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("storm");
        await DecideAsync();
        Assert.Empty(_desk.State().Undelivered);

        for (var attempt = 1; attempt < Outbox.DefaultOptions.AttemptLimit; attempt++)
        {
            _desk.Clock.Advance(TimeSpan.FromHours(1));
            await _desk.DeliverAsync();
        }

        Assert.Equal(12, _pigeon.Sent.Count);
        Assert.Equal(("gave_up", "storm"),
            _desk.State().Undelivered["T-1/2"] is var lost ? (lost.Kind, lost.Reason) : default);
    }

    [Fact]
    public async Task Operators_are_told_once_while_a_channel_is_down()
    {
        await DecideAsync();
        await DecideAsync("T-2");

        var raised = Assert.Single(_desk.Database.Read(c => Notices.Open(c, 10)));
        Assert.Equal(("operators", NoticeUrgency.High, "delivery/pigeon", 2),
            (raised.Notice.To, raised.Notice.Urgency, raised.Notice.Group, raised.Count));
        Assert.Contains("T-2", raised.Notice.Text, StringComparison.Ordinal);
        Assert.Contains("baton jobs redrive", raised.Notice.Text, StringComparison.Ordinal);
        Assert.Equal(1, _desk.Database.Read(c => c.Number("select count(*) from outbox where kind = 'notice'")));
    }

    [Fact]
    public async Task A_text_that_is_run_again_and_arrives_clears_the_ticket_and_the_notice()
    {
        await DecideAsync();
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();

        await _desk.Database.WriteAsync(t => JobInspection.Redrive(t, Assert.Single(Dead()).Id, _desk.Clock));
        await _desk.DeliverAsync();

        Assert.Empty(_desk.State().Undelivered);
        Assert.Equal(new ConversationEvent.DeliveryRecovered("T-1/2", "pigeon"), _desk.Events()[^1]);
        Assert.Empty(_desk.Database.Read(c => Notices.Open(c, 10)));
    }

    [Fact]
    public async Task A_notice_stays_open_while_another_text_of_the_channel_is_lost()
    {
        await DecideAsync();
        await DecideAsync("T-2");
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();

        await _desk.Database.WriteAsync(t => JobInspection.Redrive(t, Dead()[0].Id, _desk.Clock));
        await _desk.DeliverAsync();

        Assert.Single(_desk.Database.Read(c => Notices.Open(c, 10)));
    }

    [Fact]
    public async Task A_text_that_arrives_at_once_leaves_no_fact()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        await DecideAsync();

        Assert.DoesNotContain(_desk.Events(),
            e => e is ConversationEvent.DeliveryFailed or ConversationEvent.DeliveryRecovered);
    }

    [Fact]
    public async Task A_customer_can_write_on_after_a_failure_and_is_decided_on()
    {
        await DecideAsync();

        await _desk.WriteAsync("NW-10001");

        Assert.Equal(2, _desk.State().DecidedTurn);
    }

    [Fact]
    public async Task What_a_person_replies_goes_the_same_way()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        await DecideAsync(body: "let me talk to a human please");
        await _desk.Get<Inbox>().ActAsync(
            "T-1", (id, redacted) => new PersonAction.Reply(id, redacted), "ann", "Hello, this is Ann.",
            CancellationToken.None);

        await _desk.DeliverAsync();

        var sent = Assert.IsType<OutgoingText>(_pigeon.Sent[^1]);
        Assert.Equal(("agent", "agent_replied", "Hello, this is Ann."), (sent.From, sent.Kind, sent.Text));
    }

    private List<JobView> Dead() => _desk.Database.Read(c => JobInspection.List(c, JobState.Dead, 10));

    private async Task DecideAsync(string id = "T-1", string body = "Where is my order NW-10001?")
    {
        await _desk.DecideAsync(Desk.Ticket(body, id) with { Channel = "pigeon" });
        await _desk.DeliverAsync();
    }
}
