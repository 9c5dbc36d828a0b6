using System.Runtime.CompilerServices;
using Baton.Channels;
using Baton.Testing;

namespace Baton.Tests.Channels;

/// <summary>What somebody who sets a channel up is told.</summary>
public sealed class ChannelTrialTests
{
    [Fact]
    public async Task Tells_every_step_until_one_fails()
    {
        var steps = await RunAsync(new Tried(
            new TestStep("call"), new TestStep("log in", "the password is wrong"), new TestStep("send")));

        Assert.Equal([("read the settings", null), ("call", null), ("log in", "the password is wrong")], steps);
    }

    [Fact]
    public async Task Begins_with_what_is_not_set()
    {
        var steps = await RunAsync(new Tried(new TestStep("call")) { Lacks = "BATON__Channels__Tried__Url is not set" });

        Assert.Equal([("read the settings", "BATON__Channels__Tried__Url is not set")], steps);
    }

    [Fact]
    public async Task Takes_an_exception_for_a_failed_step()
    {
        var steps = await RunAsync(new Tried(new TestStep("call")) { Throws = true });

        Assert.Equal(("go on", "IOException: the line is cut"), steps[^1]);
    }

    private static async Task<List<(string What, string? Problem)>> RunAsync(IChannel channel) =>
        await new ChannelTrial(new ManualClock()).RunAsync(channel, TestContext.Current.CancellationToken)
            .Select(s => (s.Step.What, s.Step.Problem)).ToListAsync(TestContext.Current.CancellationToken);

    private sealed class Tried(params TestStep[] steps) : IChannel
    {
        public string Name => "tried";

        public ChannelWays Ways => ChannelWays.Out;

        public string? Lacks { get; init; }

        public bool Throws { get; init; }

        public string? Missing(ChannelWays way) => Lacks;

        public async IAsyncEnumerable<TestStep> TestAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            foreach (var step in steps) yield return step;
            if (Throws) throw new IOException("the line is cut");
        }
    }
}
