using Baton.Channels.Chat;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;

namespace Baton.Tests.Channels.Chat;

/// <summary>What the window shows in its own way is not in the words as well.</summary>
public sealed class ChatTextTests
{
    private const string Rating = "How was this? {link} Thank you.";

    private static readonly Offer First = new("a", "Returns", "How long", "You have 30 days.", 0.5);
    private static readonly Offer Second = new("b", "Care", "", "Wash cold.", 0.4);

    [Fact]
    public void Sources_stand_beside() => Assert.Equal("Hi,\n\n30 days.\n\nYour team", ChatText.Of(
        "Hi,\n\n30 days.\n\nSource: Returns; Care\n\nYour team", ["Returns", "Care"], [], ""));

    [Fact]
    public void Offers_stand_beside_with_and_without_their_links()
    {
        var text = $"A person writes soon.\n\nThis may help:\n\n{SolvedLinks.Quoted(First)}\n{SolvedLinks.Words}"
            + $"https://baton.example/solved/x\n\n{SolvedLinks.Quoted(Second)}\n\nIf it does, say so.";

        Assert.Equal(
            "A person writes soon.\n\nThis may help:\n\nIf it does, say so.", ChatText.Of(text, [], [First, Second], ""));
    }

    [Fact]
    public void The_question_for_a_rating_stands_beside() => Assert.Equal("30 days.", ChatText.Of(
        "30 days.\n\nHow was this? https://baton.example/rate/abc Thank you.", [], [], Rating));

    [Theory]
    [InlineData("30 days.\n\nSource: Returns")]
    [InlineData("How was this? I mean the tent.")]
    [InlineData("You have 30 days.\nSource: Returns")]
    public void What_is_not_found_word_for_word_stays(string text) =>
        Assert.Equal(text, ChatText.Of(text, [], [First], Rating));
}
