using Baton.Conversations;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Solving;

/// <summary>What the playbook says of a channel holds for the tickets of that channel, and for no other.</summary>
public sealed class ChannelPolicyTests
{
    private const string AsksForOrder = $"{DeskPlaybook.AsksForOrder} T-1234";

    [Theory]
    [InlineData("api", OutcomeKind.Escalated)]
    [InlineData("email", OutcomeKind.Replied)]
    public async Task Leaves_a_reply_that_is_too_long_for_the_channel_to_a_person(string channel, OutcomeKind outcome)
    {
        await using var desk = new Desk(With(channel, $"length: 100, brand: {{ greeting: \"{new string('h', 90)}\" }}"));

        var decision = await desk.DecideAsync(Desk.Ticket(AsksForOrder) with { Channel = "api" });

        Assert.Equal(outcome, decision.Outcome);
        if (outcome == OutcomeKind.Replied) return;
        Assert.Contains("shipped", decision.Draft?.Text, StringComparison.Ordinal);
        Assert.Contains("channel api carries 100", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_as_the_brand_of_the_channel()
    {
        await using var desk = new Desk(With("api", "brand: { greeting: \"Hey,\", signature: The window }"));

        var decision = await desk.DecideAsync(Desk.Ticket(AsksForOrder) with { Channel = "api" });

        Assert.StartsWith("Hey,\n", decision.Reply, StringComparison.Ordinal);
        Assert.EndsWith("\nThe window", decision.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_stranger_for_the_tier_of_the_channel()
    {
        await using var desk = new Desk(With("api", "default_tier: enterprise"));

        await desk.DecideAsync(Desk.Ticket(AsksForOrder) with { Channel = "api", CustomerTier = null });

        Assert.Equal("enterprise", desk.Store.Load("T-1").Customer?.Tier);
    }

    private static PlaybookFiles With(string channel, string policy) => DeskPlaybook.Files()
        .With("channels.yaml", $"channels: {{ {channel}: {{ {policy} }} }}\n");
}
