using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;
using Baton.Operations.Links;
using Baton.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.Tests.Operations.Links;

public sealed class SignedLinksTests
{
    private static readonly Uri Here = new("https://help.example.com");
    private static readonly EphemeralDataProtectionProvider Keys = new();

    private readonly ManualClock _clock = new();

    [Fact]
    public void Says_what_a_link_is_for()
    {
        var links = Links(Here);
        var url = links.Make("solved", "T-1 a b", TimeSpan.FromDays(1));

        Assert.StartsWith("https://help.example.com/solved/", url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("T-1 a b", links.Subject("solved", url.Segments[^1]));
    }

    [Fact]
    public void Is_worth_nothing_for_another_purpose_changed_or_after_its_end()
    {
        var links = Links(Here);
        var token = links.Make("solved", "T-1", TimeSpan.FromDays(1)).Segments[^1];

        Assert.Null(links.Subject("rate", token));
        Assert.Null(links.Subject("solved", token[..^3] + "abc"));
        Assert.Null(links.Subject("solved", ""));
        Assert.Null(links.Subject("solved", "not a token"));
        Assert.Null(links.Subject("solved", new string('a', 100_000)));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(links.Subject("solved", token));
    }

    [Theory]
    [InlineData("https://help.example.com", true)]
    [InlineData("http://127.0.0.1:7150", true)]
    [InlineData("http://localhost:7150", true)]
    [InlineData("http://help.example.com", false)]
    [InlineData(null, false)]
    public void Goes_over_tls_or_stays_on_the_machine(string? url, bool on)
    {
        var address = new PublicAddress(url is null ? null : new Uri(url));

        Assert.Equal(on, new SignedLinks(Keys, address, _clock).IsOn);
        Assert.Equal(url is not null && !on, address.Notice is not null);
    }

    [Theory]
    [InlineData("help.example.com")]
    [InlineData("ftp://help.example.com")]
    [InlineData("https://help.example.com/baton")]
    public void Takes_scheme_and_host_only(string url) => Assert.Null(PublicAddress.Read(url));

    [Fact]
    public void Stands_under_each_passage_of_a_message()
    {
        var solved = new SolvedLinks(Links(Here));
        Offer[] offers = [new("a", "A", "One", "First.", 0.6), new("b", "B", "", "Second.", 0.3)];
        var text = "Hello\n\n" + string.Join("\n\n", offers.Select(SolvedLinks.Quoted)) + "\n\nBye";

        var lines = solved.Into(text, "T-1", new ConversationEvent.OfferMade(2, offers)).Split('\n');

        var tokens = lines.Where(l => l.StartsWith(SolvedLinks.Words, StringComparison.Ordinal)).ToList();
        Assert.Equal("Source: A", lines[Array.IndexOf(lines, tokens[0]) - 1]);
        Assert.Equal("Source: B", lines[Array.IndexOf(lines, tokens[1]) - 1]);
        Assert.Equal(text, string.Join('\n', lines.Where(l => !tokens.Contains(l))));
        Assert.Equal(new SolvedLink("T-1", 2, 2),
            solved.Read(new Uri(tokens[1][SolvedLinks.Words.Length..]).Segments[^1]));
        Assert.Equal(text, new SolvedLinks(Links(null)).Into(text, "T-1", new ConversationEvent.OfferMade(2, offers)));
    }

    private SignedLinks Links(Uri? url) => new(Keys, new PublicAddress(url), _clock);
}
