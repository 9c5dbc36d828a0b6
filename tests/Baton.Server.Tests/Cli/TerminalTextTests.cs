using Baton.Conversations;
using Baton.Server.Cli;
using Baton.Server.Cli.Deciding;

namespace Baton.Server.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text, Grüße 你好 [EMAIL_1]", "plain text, Grüße 你好 [EMAIL_1]")]
    [InlineData("a\u001b[2Jb", "a [2Jb")]
    [InlineData("a\u001b]0;title\u0007b", "a ]0;title b")]
    [InlineData("a\rb\nc\td", "a b c d")]
    [InlineData("a\u009b31mb\u0085c", "a 31mb c")]
    [InlineData("a\u202Eb\u2066c\u2028d", "a b c d")]
    [InlineData("a\u0000b\u0008c\u007fd", "a b c d")]
    public void Holds_nothing_that_steers_a_terminal(string text, string shown) =>
        Assert.Equal(shown, TerminalText.Clean(text));

    [Fact]
    public void The_explanation_of_a_ticket_keeps_one_line_per_fact()
    {
        var at = DateTimeOffset.UnixEpoch;
        var lines = WhyText.Lines("T-1",
        [
            (new ConversationEvent.MessageReceived(
                "T-1/1", 1, Author.Customer, "a\u001b[2J\nDECISION auto", 1, false, at), at),
        ]).Select(TerminalText.Clean);

        Assert.DoesNotContain(lines, l => l.Any(char.IsControl));
    }
}
