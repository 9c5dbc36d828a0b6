using Baton.Text;

namespace Baton.Tests.Text;

public sealed class PlainYesTests
{
    [Theory]
    [InlineData("yes")]
    [InlineData("Yes, please proceed with it. Thank you!")]
    [InlineData("OK, that's right")]
    [InlineData("Please do. 91.00 USD to my card is what I want", "We pay back 91.00 USD")]
    [InlineData("Ja, gerne")]
    [InlineData("Sí, adelante")]
    [InlineData("Yes.\n\nOn Monday Baton wrote:\n> Shall we? Answer no if not.")]
    public void Agrees(string reply, string? shown = null) => Assert.True(PlainYes.Is(reply, shown));

    [Theory]
    [InlineData("")]
    [InlineData("thanks")]
    [InlineData("no")]
    [InlineData("yes, but keep the shoes")]
    [InlineData("I don’t agree")]
    [InlineData("yes if it is free")]
    [InlineData("Yes, and also cancel the other one")]
    [InlineData("yes, 95.00", "We pay back 91.00 USD")]
    [InlineData("is that ok?")]
    [InlineData("yesterday you said so")]
    [InlineData("nein, aber ja")]
    public void Does_not_agree_plainly(string reply, string? shown = null) => Assert.False(PlainYes.Is(reply, shown));
}
