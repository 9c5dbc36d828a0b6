using Baton.Channels;
using Baton.Channels.Freshdesk;
using Baton.Channels.Helpdesks;
using Baton.Channels.Intercom;
using Baton.Channels.Slack;
using Baton.Channels.Zendesk;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Helpdesks;

public sealed class SignatureCheckTests
{
    [Theory]
    [InlineData("b", true)]
    [InlineData("a", true)]
    [InlineData("c", false)]
    [InlineData("", false)]
    [InlineData("ab", false)]
    public void Takes_any_of_those_that_are_right(string given, bool fits) =>
        Assert.Equal(fits, SignatureCheck.Fits(given, ["a", "b"]));

    [Fact]
    public void Takes_nothing_where_nothing_is_right() => Assert.False(SignatureCheck.Fits("a", []));

    [Fact]
    public void Takes_no_value_without_end() =>
        Assert.False(SignatureCheck.Fits(new string('a', 513), [new string('a', 513)]));

    /// <summary>A secret is changed without a gap: while both are set, both are good.</summary>
    [Theory]
    [InlineData("zendesk")]
    [InlineData("intercom")]
    [InlineData("freshdesk")]
    [InlineData("slack")]
    public void Takes_the_old_secret_and_the_new_one_while_both_are_set(string name)
    {
        var (genuine, channel) = Of(name, secrets => $"a-new-secret-of-nobody, {secrets}");
        Assert.IsType<Verification.Verified>(channel.Verify(genuine));
        (genuine, channel) = Of(name, secrets => $"{secrets} a-new-secret-of-nobody");
        Assert.IsType<Verification.Verified>(channel.Verify(genuine));
        (genuine, channel) = Of(name, _ => "a-new-secret-of-nobody");
        Assert.IsType<Verification.Refused>(channel.Verify(genuine));
    }

    private static (InboundRequest Genuine, IChannel Channel) Of(string name, Func<string, string> secrets)
    {
        var clock = TimeProvider.System;
        switch (name)
        {
            case "zendesk":
                var zendesk = new StandInZendesk(clock);
                zendesk.Open("hi");
                return (zendesk.Webhooks()[0], new ZendeskChannel(new ChannelOptions
                {
                    Zendesk = zendesk.Options with { Secrets = secrets(StandInZendesk.Secret) },
                }, clock));
            case "intercom":
                var intercom = new StandInIntercom(clock);
                intercom.Open("hi");
                return (intercom.Webhooks()[0], new IntercomChannel(new ChannelOptions
                {
                    Intercom = intercom.Options with { Secrets = secrets(StandInIntercom.Secret) },
                }, clock));
            case "freshdesk":
                var freshdesk = new StandInFreshdesk(clock);
                freshdesk.Open("hi");
                return (freshdesk.Webhooks()[0], new FreshdeskChannel(new ChannelOptions
                {
                    Freshdesk = freshdesk.Options with { Secrets = secrets(StandInFreshdesk.Secret) },
                }, clock));
            default:
                return (StandInSlack.Click("T-1", clock.GetUtcNow()), new SlackChannel(new ChannelOptions
                {
                    Slack = new StandInSlack().Options with { Secrets = secrets(StandInSlack.Secret) },
                }, clock));
        }
    }
}
