using System.ComponentModel.DataAnnotations;
using Baton.Channels;
using Baton.Channels.Chat;
using Baton.Operations.Links;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels.Chat;

public sealed class ChatChannelTests : ChannelConformance
{
    protected override IChannel Channel() => With(new ChatOptions());

    [Fact]
    public void Says_what_is_missing_to_come_in_and_never_holds_what_goes_out()
    {
        Assert.Contains("Chat__Key is not set", With(new()).Missing(ChannelWays.Own), StringComparison.Ordinal);
        Assert.Contains("Chat__Origins is not set", With(new() { Key = "shop" }).Missing(ChannelWays.Own),
            StringComparison.Ordinal);
        Assert.Null(With(new() { Key = "shop", Origins = "https://shop.example" }).Missing(ChannelWays.Own));
        Assert.Null(With(new()).Missing(ChannelWays.Out));
    }

    [Theory]
    [InlineData("a key", "", "", nameof(ChatOptions.Key))]
    [InlineData("shop", "https://shop.example/page", "", nameof(ChatOptions.Origins))]
    [InlineData("shop", "shop.example", "", nameof(ChatOptions.Origins))]
    [InlineData("shop", "https://*.example", "", nameof(ChatOptions.Origins))]
    [InlineData("shop", "ftp://shop.example", "", nameof(ChatOptions.Origins))]
    [InlineData("shop", "https://shop.example", "short", nameof(ChatOptions.IdentitySecret))]
    public void Refuses_settings_that_cannot_be_meant(string key, string origins, string secret, string wrong)
    {
        var options = new ChatOptions { Key = key, Origins = origins, IdentitySecret = secret };

        var problem = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Equal([wrong], problem.MemberNames);
    }

    [Fact]
    public void Knows_sites_as_browsers_name_them_and_tells_nobody_the_secret()
    {
        var options = new ChatOptions
        {
            Key = "shop", Origins = "https://Shop.example/, http://localhost:8080", IdentitySecret = new string('s', 40),
        };

        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.Equal(["https://shop.example", "http://localhost:8080"], options.OriginList);
        Assert.DoesNotContain("ssss", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_is_small_and_makes_no_markup_of_texts()
    {
        var script = new ChatScript();

        Assert.InRange(script.Packed.Length, 4_000, 25_000 - 1);
        foreach (var risky in (string[])["innerHTML", "insertAdjacentHTML", "document.cookie", "eval(", "new Function"])
            Assert.DoesNotContain(risky, script.Text, StringComparison.Ordinal);
    }

    private static ChatChannel With(ChatOptions chat) =>
        new(new ChannelOptions { Chat = chat }, new PublicAddress(null));
}
