using Baton.Channels;
using Baton.Conversations;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels;

/// <summary>Where a text goes after its decision.</summary>
public sealed class DispatchTests : IAsyncDisposable
{
    private readonly ListeningChannel _pigeon = new();
    private readonly Desk _desk;

    public DispatchTests() => _desk = new Desk(channel: _pigeon);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Gives_a_text_to_the_channel_that_its_ticket_came_by()
    {
        await DecideAsync("pigeon");

        await _desk.DeliverAsync();

        var sent = Assert.IsType<OutgoingText>(Assert.Single(_pigeon.Sent));
        Assert.Equal(
            ("T-1/2", "T-1", 2, "baton", "asked", "coop-7", "c-1", "ada@example.com"),
            (sent.IdempotencyKey, sent.TicketId, sent.Position, sent.From, sent.Kind, sent.ExternalId, sent.CustomerId,
                sent.CustomerEmail));
        Assert.Equal(_desk.Said(), [sent.Text]);
        Assert.Equal("p-1", Row("T-1/2").Receipt);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("playground")]
    [InlineData("file")]
    public async Task Keeps_the_texts_of_channels_that_are_read(string channel)
    {
        await DecideAsync(channel);

        await _desk.DeliverAsync();

        Assert.Equal("kept for reading", Row("T-1/2").Receipt);
    }

    [Fact]
    public async Task Holds_what_no_channel_can_send_and_says_why()
    {
        await DecideAsync("smoke");

        await _desk.DeliverAsync();

        var row = Row("T-1/2");
        Assert.Equal((null, _desk.Clock.GetUtcNow()), (row.DeliveredAt, row.HeldAt));
        Assert.Contains("there is no channel 'smoke' here", row.Error, StringComparison.Ordinal);
        Assert.Contains("BATON__Channels__Read", row.Error, StringComparison.Ordinal);
        Assert.Equal(0, _desk.Database.Read(_desk.Get<Outbox>().Queue.Depth));
    }

    [Fact]
    public async Task Sends_what_was_held_when_it_is_released()
    {
        _pigeon.Unset = "BATON__Pigeon__Loft is not set";
        await DecideAsync("pigeon");
        await _desk.DeliverAsync();
        Assert.Equal(
            new HeldMessages("pigeon", 1, "BATON__Pigeon__Loft is not set"),
            Assert.Single(_desk.Database.Read(Outbox.Held)));

        _pigeon.Unset = null;
        Assert.Equal(1, await _desk.Database.WriteAsync(t => _desk.Get<Outbox>().Release(t, "pigeon")));
        await _desk.DeliverAsync();

        Assert.Single(_pigeon.Sent);
        Assert.Empty(_desk.Database.Read(Outbox.Held));
        Assert.NotNull(Row("T-1/2").DeliveredAt);
    }

    [Fact]
    public async Task Waits_as_long_as_the_other_side_says()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("busy", TimeSpan.FromMinutes(2));
        await DecideAsync("pigeon");

        await _desk.DeliverAsync();

        Assert.Equal(_desk.Clock.GetUtcNow().AddMinutes(2), Row("T-1/2").NextAt);
        _pigeon.Answer = _ => new DeliveryOutcome.Delivered();
        _desk.Clock.Advance(TimeSpan.FromSeconds(119));
        await _desk.DeliverAsync();
        Assert.Single(_pigeon.Sent);
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await _desk.DeliverAsync();
        Assert.Equal(2, _pigeon.Sent.Count);
    }

    [Fact]
    public async Task Waits_an_hour_at_most()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Retry("busy", TimeSpan.FromDays(30));
        await DecideAsync("pigeon");

        await _desk.DeliverAsync();

        Assert.Equal(_desk.Clock.GetUtcNow().AddHours(1), Row("T-1/2").NextAt);
    }

    [Fact]
    public void Says_that_the_channel_of_a_chat_is_live_and_a_new_one_as_it_declares()
    {
        var live = _desk.Get<LiveChannels>();

        Assert.True(live.Contains("chat"));
        Assert.True(live.Contains("playground"));
        Assert.False(live.Contains("api"));
        Assert.False(live.Contains("pigeon"));
    }

    [Fact]
    public void Keeps_texts_of_every_name_that_the_operator_lists()
    {
        var names = new ChannelOptions { Read = "Email,desk/eu" }.ReadNames;

        var list = new ChannelList(names.Select(name => new ReadChannel(name)));

        Assert.Equal(ChannelWays.Read, list.Find("Email")!.Ways);
        Assert.NotNull(list.Find("desk/eu"));
    }

    private Task DecideAsync(string channel) => _desk.DecideAsync(Desk.Ticket("Where is my order NW-10001?") with
    {
        Channel = channel, ExternalId = "coop-7", CustomerEmail = "ada@example.com",
    });

    private OutboxView Row(string key) => _desk.Database.Read(c => _desk.Get<Outbox>().Find(c, key))!;
}
