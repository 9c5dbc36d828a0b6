using Baton.Escalation.Triggers;

namespace Baton.Tests.Escalation;

/// <summary>What a customer says they do not want is not what they write about.</summary>
public sealed class DeniedWishesTests
{
    [Theory]
    [InlineData("I don't want to talk to a human, just tell me where NW-10003 is.", "just tell me where NW-10003 is.")]
    [InlineData("No need to have a human call me. Where is NW-10003?", "Where is NW-10003?")]
    [InlineData("Where is NW-10003? You don't have to call me back.", "Where is NW-10003?")]
    [InlineData("Where is my order NW-10003?\nNo need for a human agent", "Where is my order NW-10003?")]
    [InlineData("A real person is not needed, I only want the tracking number.", "I only want the tracking number.")]
    [InlineData("I don't need to speak to a manager; please cancel NW-10003", "please cancel NW-10003")]
    [InlineData("Please do not put me through, I want a refund for the jacket.",
        "Please do not put me through, I want a refund for the jacket.")]
    public void Leaves_out_the_clause_that_says_no_person_is_wanted(string text, string rest) =>
        Assert.Equal(rest, DeniedWishes.Without(text));

    [Theory]
    [InlineData("I want to talk to a human.")]
    [InlineData("I don't want to talk to a human")]
    [InlineData("No, I want a human.")]
    [InlineData("I don't want to talk to a bot, I want a human being.")]
    [InlineData("a human error on my side: I ordered NW-10003 twice")]
    [InlineData("Not a human error: where is my order NW-10003?")]
    [InlineData("Where is my order NW-10003?")]
    [InlineData("")]
    public void Keeps_everything_else(string text) => Assert.Equal(text, DeniedWishes.Without(text));
}
