using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.PagerDuty;
using Baton.Testing;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels.Trackers;

public sealed class PagerDutyChannelTests : ChannelConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IChannel Channel() => Channel(new Uri("http://127.0.0.1:9"));

    [Fact]
    public async Task Opens_an_incident_and_resolves_the_same()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(202);
        using var channel = Channel(receiver.Address);
        var notice = SampleOutgoing.Notice() with { Group = "alert/a_1" };

        Assert.IsType<DeliveryOutcome.Delivered>(await channel.DeliverAsync(notice, Cancel));
        Assert.IsType<DeliveryOutcome.Delivered>(
            await channel.DeliverAsync(notice with { Group = "alert/a_1/cleared" }, Cancel));

        Assert.All(receiver.Received, r => Assert.Equal("/v2/enqueue", r.Path));
        var (opened, resolved) = (
            JsonNode.Parse(receiver.Received[0].Body)!, JsonNode.Parse(receiver.Received[1].Body)!);
        Assert.Equal(("trigger", "alert/a_1", "key-1"),
            ((string)opened["event_action"]!, (string)opened["dedup_key"]!, (string)opened["routing_key"]!));
        Assert.Equal(("critical", notice.Title, "baton"), ((string)opened["payload"]!["severity"]!,
            (string)opened["payload"]!["summary"]!, (string)opened["payload"]!["source"]!));
        Assert.Equal(("resolve", "alert/a_1"), ((string)resolved["event_action"]!, (string)resolved["dedup_key"]!));
        Assert.Null(resolved["payload"]);
    }

    [Fact]
    public void Takes_no_notice_that_does_not_name_it()
    {
        using var channel = Channel(new Uri("http://127.0.0.1:9"));
        var list = new ChannelList([channel]);

        Assert.Null(list.ForNotices);
        Assert.Null(list.ForNotice("operators"));
        Assert.Same(channel, list.ForNotice("channel:pagerduty"));
        Assert.Null(list.ForNotice("channel:slack"));
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    public async Task Comes_again_only_where_that_may_help(int status, bool again)
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(status);
        using var channel = Channel(receiver.Address);

        Assert.Equal(again, await channel.DeliverAsync(SampleOutgoing.Notice(), Cancel) is DeliveryOutcome.Retry);
    }

    [Fact]
    public void Keeps_its_key_out_of_its_text() => Assert.DoesNotContain(
        "key-1", new PagerDutyOptions { RoutingKey = "key-1" }.ToString(), StringComparison.Ordinal);

    private static PagerDutyChannel Channel(Uri address) => new(new ChannelOptions
    {
        PagerDuty = new PagerDutyOptions
        {
            Url = address, RoutingKey = "key-1", AllowPrivate = true, Timeout = TimeSpan.FromSeconds(5),
        },
    }, TimeProvider.System);
}
