using Baton.Channels;
using Baton.Channels.Redelivery;
using Baton.Conversations;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Redelivery;

/// <summary>What a person does about a text that did not arrive.</summary>
public sealed class RedeliveryTests : IAsyncDisposable
{
    private static readonly DeliveryOutcome Refusal = new DeliveryOutcome.Rejected("no such loft");

    private readonly ListeningChannel _pigeon = new() { Answer = _ => Refusal, CanReach = true };
    private readonly Desk _desk;

    public RedeliveryTests() => _desk = new Desk(channel: _pigeon);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Sends_it_again_and_writes_down_who_did()
    {
        await DecideAsync("pigeon");
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();

        Assert.Equal(new RedeliveryOutcome.OnItsWay("pigeon"), await SendAsync());
        Assert.Empty(_desk.State().Undelivered);
        await _desk.DeliverAsync();

        Assert.Equal(
            [
                new ConversationEvent.DeliveryFailed("T-1/2", "pigeon", "rejected", "no such loft"),
                new ConversationEvent.DeliveryRetried("T-1/2", "pigeon", "p_ann"),
                new ConversationEvent.DeliveryRecovered("T-1/2", "pigeon"),
            ],
            _desk.Events().TakeLast(3));
        Assert.True(Assert.IsType<OutgoingText>(_pigeon.Sent[^1]).IsRepeated);
        Assert.Empty(_desk.Database.Read(c => JobInspection.List(c, JobState.Dead, 10)));
        Assert.Empty(_desk.Database.Read(c => Notices.Open(c, 10)));
    }

    [Fact]
    public async Task Shows_it_again_when_it_fails_again()
    {
        await DecideAsync("pigeon");
        await SendAsync();

        await _desk.DeliverAsync();

        Assert.Equal("no such loft", Assert.Single(_desk.State().Undelivered).Value.Reason);
        Assert.IsType<RedeliveryOutcome.OnItsWay>(await SendAsync());
    }

    [Fact]
    public async Task Refuses_what_was_delivered_is_on_its_way_or_never_was()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("storm");
        await DecideAsync("pigeon");
        Assert.Contains("on its way", Why(await SendAsync()), StringComparison.Ordinal);

        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        await _desk.DeliverAsync();

        Assert.Contains("not sent twice", Why(await SendAsync()), StringComparison.Ordinal);
        Assert.IsType<RedeliveryOutcome.NotFound>(await SendAsync(position: 1));
        Assert.IsType<RedeliveryOutcome.NotFound>(await SendAsync(ticket: "T-9"));
        Assert.Equal(2, _pigeon.Sent.Count);
    }

    [Fact]
    public async Task Sends_what_was_brought_back_as_a_new_one()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        await DecideAsync("pigeon");
        await _desk.Get<DeliveryFailures>().ReportAsync(
            "pigeon", new Arrival.Failure("T-1/2", "the loft is full"), CancellationToken.None);

        await SendAsync();
        await _desk.DeliverAsync();

        Assert.Equal(2, _pigeon.Sent.Count);
        // Whoever had it has brought it back: to look for it there would find the old one.
        Assert.False(Assert.IsType<OutgoingText>(_pigeon.Sent[^1]).IsRepeated);
        Assert.Empty(_desk.State().Undelivered);
    }

    [Fact]
    public async Task Sends_it_by_another_channel_under_the_same_name_and_without_the_first_ones_ids()
    {
        await DecideAsync("smoke");
        Assert.Contains("pigeon", _desk.Get<DeliveryDesk>().Others("T-1/2"));
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered("p-9");

        Assert.Equal(new RedeliveryOutcome.OnItsWay("pigeon"), await SendAsync("pigeon"));
        await _desk.DeliverAsync();

        var sent = Assert.IsType<OutgoingText>(Assert.Single(_pigeon.Sent));
        Assert.Equal(("T-1/2", "T-1", null, null, "ada@example.com"),
            (sent.IdempotencyKey, sent.TicketId, sent.ExternalId, sent.AnswersId, sent.CustomerEmail));
        Assert.Equal("p-9", _desk.Database.Read(c => _desk.Get<Outbox>().Find(c, "T-1/2"))!.Receipt);
        Assert.Equal(new ConversationEvent.DeliveryRetried("T-1/2", "pigeon", "p_ann"), _desk.Events()[^1]);
        Assert.Empty(_desk.Get<DeliveryDesk>().Held("T-1"));
    }

    [Theory]
    [InlineData("telegraph", "there is no channel 'telegraph'")]
    [InlineData("api", "no other way to the customer")]
    [InlineData("email", "channel email is not set up")]
    [InlineData("zendesk", "channel zendesk is not set up")]
    public async Task Refuses_channels_that_cannot_carry_it(string channel, string why)
    {
        await DecideAsync("pigeon");

        Assert.Contains(why, Why(await SendAsync(channel)), StringComparison.Ordinal);
        Assert.DoesNotContain(channel, _desk.Get<DeliveryDesk>().Others("T-1/2"));
        Assert.Single(_desk.State().Undelivered);
    }

    [Fact]
    public async Task A_channel_that_knows_only_its_own_tickets_is_no_other_way()
    {
        _pigeon.CanReach = false;
        await DecideAsync("smoke");

        Assert.Contains("only by tickets of its own", Why(await SendAsync("pigeon")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_an_answer_of_automation_that_waits_while_automation_is_stopped_until_a_person_sends_it()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("storm");
        await DecideAsync("pigeon");
        await _desk.KillSwitch.SetAsync(true, "ann", "odd answers", CancellationToken.None);
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        _desk.Clock.Advance(TimeSpan.FromHours(1));

        await _desk.DeliverAsync();
        Assert.Single(_pigeon.Sent);
        Assert.Contains("automation is stopped", Assert.Single(_desk.Get<DeliveryDesk>().Held("T-1")).Error,
            StringComparison.Ordinal);

        await SendAsync();
        await _desk.DeliverAsync();
        Assert.Equal(2, _pigeon.Sent.Count);
    }

    [Fact]
    public async Task Holds_an_answer_of_automation_that_waits_when_people_have_taken_over_and_sends_what_tells_of_it()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("storm");
        await DecideAsync("pigeon");
        await _desk.WriteAsync("Let me talk to a human please");
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        _desk.Clock.Advance(TimeSpan.FromHours(1));

        await _desk.DeliverAsync();

        Assert.Equal("T-1/2", Assert.Single(_desk.Get<DeliveryDesk>().Held("T-1")).Message.IdempotencyKey);
        Assert.Equal(["T-1/2", "T-1/4"], _pigeon.Sent.Select(s => s.IdempotencyKey));
    }

    private static string Why(RedeliveryOutcome outcome) => Assert.IsType<RedeliveryOutcome.Refused>(outcome).Why;

    private Task<RedeliveryOutcome> SendAsync(string? channel = null, string ticket = "T-1", int position = 2) =>
        _desk.Get<DeliveryDesk>().SendAsync(ticket, position, channel, "p_ann", CancellationToken.None);

    private async Task DecideAsync(string channel)
    {
        await _desk.DecideAsync(Desk.Ticket("Where is my order NW-10001?") with
        {
            Channel = channel, ExternalId = "coop-7", CustomerEmail = "ada@example.com",
        });
        await _desk.DeliverAsync();
    }
}
