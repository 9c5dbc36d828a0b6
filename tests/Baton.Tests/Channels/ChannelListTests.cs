using Baton.Channels;

namespace Baton.Tests.Channels;

public sealed class ChannelListTests
{
    [Fact]
    public void Finds_a_channel_by_its_name()
    {
        var pigeon = new ListeningChannel();

        var list = new ChannelList([new ReadChannel("api"), pigeon]);

        Assert.Same(pigeon, list.Find("pigeon"));
        Assert.Null(list.Find("smoke"));
        Assert.Equal(["api", "pigeon"], list.All.Select(c => c.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Pigeon")]
    [InlineData("pi geon")]
    [InlineData("pi/geon")]
    public void Refuses_a_name_that_no_address_can_hold(string name) =>
        Assert.Contains(
            "lower-case letters",
            Assert.Throws<BatonSettingException>(() => new ChannelList([new ListeningChannel(name)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Refuses_two_channels_of_one_name() => Assert.Contains(
        "'pigeon' is registered by ListeningChannel and ListeningChannel",
        Assert.Throws<BatonSettingException>(() => new ChannelList([new ListeningChannel(), new ListeningChannel()]))
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void Lets_a_channel_take_the_place_of_one_that_is_only_read()
    {
        var chat = new ListeningChannel("chat");

        Assert.Same(chat, new ChannelList([new ReadChannel("chat", isLive: true), chat]).Find("chat"));
    }

    [Fact]
    public void Gives_notices_to_a_channel_that_carries_them_and_is_set_up()
    {
        var deaf = new ListeningChannel();
        var unset = new ListeningChannel("a") { Ways = ChannelWays.Notices, Unset = "no address" };
        var ready = new ListeningChannel("b") { Ways = ChannelWays.Out | ChannelWays.Notices };

        Assert.Same(ready, new ChannelList([deaf, unset, ready]).ForNotices);
        Assert.Null(new ChannelList([deaf, unset]).ForNotices);
    }

    [Theory]
    [InlineData("email,sms", "email sms")]
    [InlineData(" email  sms ,", "email sms")]
    [InlineData("email email", "email")]
    [InlineData("", "")]
    public void Reads_the_names_that_an_operator_lists(string setting, string names) =>
        Assert.Equal(names, string.Join(' ', new ChannelOptions { Read = setting }.ReadNames));
}
