using Baton.Knowledge.Answers;

namespace Baton.Tests.Knowledge;

/// <summary>
/// A question that the answer says nothing about is open; the same matter asked twice, and courtesies, are not.
/// </summary>
public sealed class OpenQuestionsTests
{
    private const string Refunds =
        "Refunds are paid within 5 working days after the parcel is here. It takes your bank 2 days more.";
    private const string Down =
        "Wash a down jacket in a front loader, then tumble dry it on low heat with two clean balls.";
    private const string Cards = "Gift cards come in amounts from $25 to $500, digital or as a plastic card.";

    [Theory]
    [InlineData("How long do refunds take? And do you ship to Norway?", Refunds, 1, 2)]
    [InlineData("Do you ship to Norway? How long do refunds take?", Refunds, 1, 2)]
    [InlineData("how long do refunds take and do you ship to norway", Refunds, 1, 2)]
    [InlineData("How do I wash a down jacket; do you sell kayaks?", Down, 1, 2)]
    [InlineData("How do I wash a down jacket? Can I iron it?", Down, 1, 2)]
    [InlineData("How do I wash a down jacket? Does bear spray expire? Do you rent skis?", Down, 2, 3)]
    [InlineData("Do you have gift cards? Please tell me what a tent pole costs.", Cards, 1, 2)]
    [InlineData("Hi! Do you have gift cards?\n\nPS: is there parking at the Boulder store?", Cards, 1, 2)]
    public void Finds_the_question_that_is_not_answered(string message, string answer, int open, int asked) =>
        Assert.Equal((open, asked), OpenQuestions.Count(message, [answer]));

    [Theory]
    [InlineData("How do I wash a down jacket? Can I put it in the tumble dryer on low heat?", Down)]
    [InlineData("How do I wash a down jacket and can I tumble dry it?", Down)]
    [InlineData("How do I wash a down jacket? Can you please tell me? Thanks in advance!", Down)]
    [InlineData("How do I wash a down jacket? Is that possible at all?", Down)]
    [InlineData("Hi, how are you? How do I wash a down jacket? Thanks, can you help?", Down)]
    [InlineData("Could you tell me how long refunds take? Do you know?", Refunds)]
    [InlineData("Will the refund be paid soon, or did I miss something?", Refunds)]
    [InlineData("I bought a kayak in May. How I love it! When it rained, I was dry. How long do refunds take?",
        Refunds)]
    [InlineData("Have a nice day. Do you have gift cards?", Cards)]
    [InlineData("Do you have gift cards? Any ideas?", Cards)]
    [InlineData("Do you sell kayaks?", Cards)]
    [InlineData("", Cards)]
    public void Takes_one_matter_in_two_clauses_and_courtesies_as_answered(string message, string answer) =>
        Assert.Equal(0, OpenQuestions.Count(message, [answer]).Open);

    [Fact]
    public void Takes_the_parts_of_a_composite_answer_together() =>
        Assert.Equal((0, 2),
            OpenQuestions.Count("How long do refunds take? And do you have gift cards?", [Refunds, Cards]));
}
