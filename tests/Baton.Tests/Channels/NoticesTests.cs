using Baton.Channels;
using Baton.Conversations.Inbound;
using Baton.Storage.Outgoing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels;

/// <summary>Messages to people of the team.</summary>
public sealed class NoticesTests : IAsyncDisposable
{
    private readonly ListeningChannel _pigeon = new() { Ways = ChannelWays.Out | ChannelWays.Notices };
    private readonly Desk _desk;

    public NoticesTests() => _desk = new Desk(channel: _pigeon);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Goes_out_by_a_channel_that_carries_notices()
    {
        Assert.True(await RaiseAsync());

        await _desk.DeliverAsync();

        var sent = Assert.IsType<OutgoingNotice>(Assert.Single(_pigeon.Sent));
        Assert.Equal(("notice/1", "operators", NoticeUrgency.Normal, "disk", "Disk fills up"),
            (sent.IdempotencyKey, sent.To, sent.Urgency, sent.Group, sent.Title));
    }

    [Fact]
    public async Task Is_counted_and_not_sent_again_while_one_of_its_group_is_open()
    {
        Assert.True(await RaiseAsync());
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await RaiseAsync(text: "91 %"));
        await _desk.DeliverAsync();

        Assert.Single(_pigeon.Sent);
        var open = Assert.Single(Open());
        Assert.Equal((2, "91 %", _desk.Clock.GetUtcNow()), (open.Count, open.Notice.Text, open.LastAt));
    }

    [Fact]
    public async Task Is_sent_again_when_the_group_was_closed()
    {
        await RaiseAsync();
        Assert.Equal(1, await CloseAsync());
        Assert.Empty(Open());
        Assert.True(await RaiseAsync());
        await _desk.DeliverAsync();

        // The first was over before it was sent.
        Assert.Equal("notice/2", Assert.Single(_pigeon.Sent).IdempotencyKey);
    }

    [Fact]
    public async Task Is_a_notice_of_its_own_for_each_recipient_and_group()
    {
        Assert.True(await RaiseAsync());
        Assert.True(await RaiseAsync(to: "billing"));
        Assert.True(await RaiseAsync(group: "memory"));

        Assert.Equal(3, Open().Count);
    }

    [Fact]
    public async Task Is_held_and_stays_open_when_no_channel_carries_notices()
    {
        _pigeon.Unset = "no loft";
        await RaiseAsync();

        await _desk.DeliverAsync();

        Assert.Single(Open());
        Assert.Contains("baton jobs notices", Assert.Single(_desk.Database.Read(Outbox.Held)).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raises_no_notice_about_a_notice()
    {
        _pigeon.Answer = _ => new DeliveryOutcome.Rejected("no");
        await RaiseAsync();

        await _desk.DeliverAsync();

        Assert.Equal("disk", Assert.Single(Open()).Notice.Group);
    }

    [Fact]
    public void Keeps_its_name_for_itself() => Assert.Contains(
        "messages to people",
        Assert.Throws<BatonSettingException>(() => new ChannelList([new ListeningChannel(Notices.Kind)])).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Is_no_channel_of_a_ticket()
    {
        var outcome = await _desk.SubmitAsync(Desk.Ticket("hello") with { Channel = Notices.Kind });

        Assert.Equal("channel", Assert.IsType<IntakeOutcome.Rejected>(outcome).Field);
    }

    private Task<bool> RaiseAsync(string to = "operators", string group = "disk", string text = "90 %") =>
        _desk.Database.WriteAsync(t => _desk.Get<Notices>().Raise(t, new Notice
        {
            To = to, Urgency = NoticeUrgency.Normal, Group = group, Title = "Disk fills up", Text = text,
        }));

    private Task<int> CloseAsync() => _desk.Database.WriteAsync(t => _desk.Get<Notices>().Close(t, "disk"));

    private List<RaisedNotice> Open() => _desk.Database.Read(c => Notices.Open(c, 10));
}
