using Baton.Playbooks;
using Baton.Playbooks.Channels;
using Baton.Testing;

namespace Baton.Tests.Playbooks.Channels;

/// <summary>What a playbook says of single channels.</summary>
public sealed class ChannelsReaderTests
{
    private const string File = "channels.yaml";

    [Fact]
    public void A_channel_speaks_as_its_own_brand_and_keeps_what_is_left_out()
    {
        var playbook = With("""
            channels:
              chat:
                brand: { name: Test Shop Chat, signature: "The chat team" }
                tone: One short paragraph.
                length: 1200
                autonomy: draft
            """).Playbook();

        var on = playbook.On("chat");

        Assert.Equal(("Test Shop Chat", "The chat team", "One short paragraph."),
            (on.Brand.Name, on.Brand.Signature, on.Brand.Voice));
        Assert.Equal(playbook.Brand.EscalatedText, on.Brand.EscalatedText);
        Assert.Equal(playbook.Version, on.Version);
        Assert.Equal(1200, playbook.Channels["chat"].Length);
        Assert.Equal(AutonomyRung.Draft, playbook.ChannelAutonomy["chat"]);
        Assert.Same(on, playbook.On("chat"));
        Assert.Same(playbook, playbook.On("email"));
    }

    [Fact]
    public void A_stranger_gets_the_tier_of_the_channel()
    {
        var playbook = With("channels: { chat: { default_tier: enterprise } }").Playbook();

        Assert.Equal("enterprise", playbook.On("chat").UnknownCustomerTier);
        Assert.Equal("free", playbook.On("email").UnknownCustomerTier);
    }

    [Fact]
    public void What_is_said_of_a_channel_is_part_of_the_version() => Assert.NotEqual(
        With("channels: { chat: { length: 1200 } }").Playbook().Version,
        With("channels: { chat: { length: 1300 } }").Playbook().Version);

    [Theory]
    [InlineData("channels: { chat: { lenght: 1200 } }", "unknown field 'lenght'; did you mean 'length'?")]
    [InlineData("channels: { chat: { length: 10 } }", "write a number from 100 to 100000 (characters)")]
    [InlineData("channels: { chat: { length: 1200.5 } }", "'length' must be a whole number")]
    [InlineData("channels: { chat: { default_tier: gold } }", "unknown customer tier 'gold'")]
    [InlineData("channels: { chat: { autonomy: none } }", "'autonomy' cannot be 'none'")]
    [InlineData("channels: { chat: { brand: { nmae: X } } }", "unknown field 'nmae'; did you mean 'name'?")]
    [InlineData("channels: { chat: { brand: { waiting_text: 'Wait {promis}' } } }", "{promis}")]
    [InlineData("channels: { chat: { brand: { escalated_text: Later. } } }", "lacks the hole {promise}")]
    [InlineData("channels: { Chat: { length: 1200 } }", "channel 'Chat' is not a name")]
    [InlineData("channels: [chat]", "expected fields such as")]
    [InlineData("chat: { length: 1200 }", "missing field 'channels'")]
    public void Says_what_is_wrong_and_where(string text, string problem)
    {
        var invalid = Assert.IsType<LoadedPlaybook.Invalid>(With(text).Load());

        Assert.Contains(invalid.Problems, p => p.File == File
            && p.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_freedom_of_a_channel_stands_in_one_file()
    {
        var files = With("channels: { sms: { autonomy: off } }");
        files.With("playbook.yaml", files.Texts["playbook.yaml"] + "\nchannel_autonomy: { sms: draft }\n");

        var problem = Assert.Single(Assert.IsType<LoadedPlaybook.Invalid>(files.Load()).Problems);

        Assert.Contains("'autonomy' is also in playbook.yaml", problem.ToString(), StringComparison.Ordinal);
    }

    private static PlaybookFiles With(string channels) => new PlaybookFiles().With(File, channels + "\n");
}
