using Baton.Channels;
using Baton.Channels.Teams;
using Baton.Testing;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels.Trackers;

public sealed class TeamsChannelTests : ChannelConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IChannel Channel() => Channel(new Uri("http://127.0.0.1:9"));

    [Fact]
    public async Task Sends_a_card_to_the_very_address()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(202);
        var address = new Uri(
            receiver.Address, "/workflows/x/triggers/manual/paths/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sig=a-b_c");

        Assert.IsType<DeliveryOutcome.Delivered>(await Channel(address).DeliverAsync(SampleOutgoing.Notice(), Cancel));

        var card = Assert.Single(receiver.Received).Body;
        Assert.StartsWith("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null""", card, StringComparison.Ordinal);
        Assert.Contains("high: Disk fills up", card, StringComparison.Ordinal);
        Assert.Contains("notice/1", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    public async Task Comes_again_only_where_that_may_help(int status, bool again)
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(status);

        Assert.Equal(again, await Channel(receiver.Address).DeliverAsync(SampleOutgoing.Notice(), Cancel)
            is DeliveryOutcome.Retry);
    }

    [Fact]
    public async Task Stays_far_below_the_size_that_fails_silently()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);

        await Channel(receiver.Address)
            .DeliverAsync(SampleOutgoing.Notice() with { Text = new string('é', 50_000) }, Cancel);

        Assert.InRange(Assert.Single(receiver.Received).Body.Length, 1_000, 60_000);
    }

    [Fact]
    public void Keeps_its_address_out_of_its_text() => Assert.DoesNotContain(
        "sig", new TeamsOptions { Url = new Uri("https://x.logic.azure.com/?sig=abc") }.ToString(),
        StringComparison.Ordinal);

    private static TeamsChannel Channel(Uri address) => new(new ChannelOptions
    {
        Teams = new TeamsOptions { Url = address, AllowPrivate = true, Timeout = TimeSpan.FromSeconds(5) },
    }, TimeProvider.System);
}
