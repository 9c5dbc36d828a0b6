using Baton.Channels;
using Baton.Channels.Redelivery;
using Baton.Channels.Webhook;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Redelivery;

/// <summary>Events that a program has lost, sent again.</summary>
public sealed class EventReplayTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LoopbackReceiver _program = null!;
    private Desk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await LoopbackReceiver.StartAsync(Cancel);
        _desk = new Desk(channels: new ChannelOptions
        {
            Webhook = new WebhookOptions
            {
                Url = _program.Address, AllowPrivate = true, Events = "ticket.decided",
                Secrets = "whsec_" + Convert.ToBase64String(new byte[32]),
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _program.DisposeAsync();
    }

    [Fact]
    public async Task All_since_a_time_come_again_in_order_under_the_ids_that_they_had()
    {
        await DecideAsync("T-1");
        _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        var since = _desk.Clock.GetUtcNow();
        await DecideAsync("T-2");
        await DecideAsync("T-3");
        var first = Ids();

        Assert.Equal(2, await Replay.SinceAsync(since, "p_omar", Cancel));
        await _desk.DeliverAsync();

        Assert.Equal([.. first, first[1], first[2]], Ids());
    }

    [Fact]
    public async Task One_comes_again_and_the_ledger_says_who_wanted_it()
    {
        await DecideAsync("T-1");
        await DecideAsync("T-2");
        var newest = Replay.Newest(10);
        Assert.Equal([("ticket.decided", "T-2", "delivered"), ("ticket.decided", "T-1", "delivered")],
            newest.Select(e => (e.Type, e.Ticket, e.State)));

        Assert.Equal(1, await Replay.OneAsync(newest[1].Id, "p_omar", Cancel));
        Assert.Equal(0, await Replay.OneAsync(newest[1].Id, "p_omar", Cancel));
        await _desk.DeliverAsync();

        Assert.Equal(3, Ids().Count);
        Assert.Equal(Ids()[0], Ids()[2]);
        var fact = Assert.Single(_desk.Database.Read(c => Ledger.Read(c, "operations/events")));
        Assert.Equal("EventsReplayed", fact.Type);
        Assert.Contains("p_omar", fact.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_to_a_customer_is_no_event_to_be_sent_again()
    {
        await _desk.DecideAsync(Desk.Ticket("Where is my order NW-10001?") with { Channel = "webhook" });
        await _desk.DeliverAsync();
        var text = _desk.Database.Read(c => c.Number("select id from outbox where idempotency_key = 'T-1/2'"))!.Value;

        Assert.Equal(0, await Replay.OneAsync(text, "p_omar", Cancel));
    }

    private EventReplay Replay => _desk.Get<EventReplay>();

    private List<string> Ids() => [.. _program.Received.Select(r => r.Headers[WebhookSignature.Id])];

    private async Task DecideAsync(string id)
    {
        await _desk.DecideAsync(Desk.Ticket("Where is my order NW-10001?", id));
        await _desk.DeliverAsync();
    }
}
