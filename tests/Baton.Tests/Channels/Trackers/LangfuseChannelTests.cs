using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels;
using Baton.Channels.Langfuse;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Testing;
using Baton.Testing.Conformance;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels.Trackers;

public sealed class LangfuseChannelTests : ChannelConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override IChannel Channel() => new LangfuseChannel(new ChannelOptions(), TimeProvider.System);

    [Fact]
    public async Task Sends_verdicts_as_scores_of_the_trace_of_their_turn()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        await using var desk = new Desk(channels: new ChannelOptions
        {
            Langfuse = new LangfuseOptions
            {
                Url = receiver.Address, PublicKey = "pk", SecretKey = "sk", AllowPrivate = true,
            },
        });
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await desk.AppendAsync("T-1",
            new ConversationEvent.SecondOpinionGiven(1, "reasoning", "m", "returns", "returns", true, Route.Auto, "l1", false),
            new ConversationEvent.Rated(5, null));
        await desk.DeliverAsync();

        var scores = receiver.Received.Where(r => r.Path == "/api/public/scores").ToList();
        Assert.All(scores, s => Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("pk:sk")), s.Headers["Authorization"]));
        var bodies = scores.ConvertAll(s => JsonNode.Parse(s.Body)!);
        Assert.All(bodies, b => Assert.Equal(TraceIds.Of("T-1", 1), (string?)b["traceId"]));
        Assert.Equal([("intent_agreement", 1), ("route_agreement", 0), ("stars", 5)],
            bodies.Select(b => ((string)b["name"]!, (double)b["value"]!)).Order());
    }

    [Fact]
    public void Keeps_its_keys_out_of_its_text() => Assert.DoesNotContain(
        "sk-1", new LangfuseOptions { SecretKey = "sk-1" }.ToString(), StringComparison.Ordinal);
}
