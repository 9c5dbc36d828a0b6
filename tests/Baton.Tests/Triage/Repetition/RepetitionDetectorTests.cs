using Baton.Triage.Repetition;

namespace Baton.Tests.Triage.Repetition;

public sealed class RepetitionDetectorTests
{
    [Theory]
    [InlineData("Where is my parcel?", "I asked where my package is.")]
    [InlineData("My tent pole is broken, I want a replacement.",
        "As I said, the pole of the tent broke and I need a new one as replacement.")]
    [InlineData("I was charged twice for order 4711.", "You billed me two times for order 4711!")]
    [InlineData("Where is my order NW-10003?", "Where is my order NW-10003?")]
    [InlineData("Where is my order NW-10003?", "As I said, where is my order NW-10003 from 2026?")]
    [InlineData("I waited 3 days for my parcel.", "I waited 12 days for my parcel.")]
    [InlineData("How can I reset my password?", "again: how do i reset the password")]
    [InlineData("The refund for the boots has not arrived.", "I still have not received my money back for the boots.")]
    [InlineData("Please cancel my subscription.", "I want my subscription cancelled.")]
    public void Notices_the_same_thing_in_other_words(string earlier, string later) =>
        Assert.True(RepetitionDetector.Default.IsRepetition(earlier, later),
            $"similarity {RepetitionDetector.Default.Similarity(earlier, later):0.00}");

    [Theory]
    [InlineData("Where is my parcel?", "Thanks, got it!")]
    [InlineData("Where is my parcel?", "Can I also change the delivery address?")]
    [InlineData("My tent pole is broken, I want a replacement.", "Yes please.")]
    [InlineData("I was charged twice for order 4711.", "How do I reset my password?")]
    [InlineData("Do you sell winter tents?", "Which of your tents is the lightest for two people?")]
    [InlineData("The refund for the boots has not arrived.", "The order number is 88123.")]
    [InlineData("Where is my order NW-10003?", "Where is my order NW-10007?")]
    [InlineData("Where is my order?", "Where is my order NW-10007?")]
    [InlineData("I was charged twice for order 4711.", "I was charged twice for order 4712.")]
    [InlineData("Can I return shoes I wore once?", "And how long do I have to send them?")]
    public void Does_not_take_a_new_matter_for_the_old_one(string earlier, string later) =>
        Assert.False(RepetitionDetector.Default.IsRepetition(earlier, later),
            $"similarity {RepetitionDetector.Default.Similarity(earlier, later):0.00}");

    [Fact]
    public void Equal_messages_are_as_similar_as_can_be() =>
        Assert.Equal(1, RepetitionDetector.Default.Similarity("My stove leaks gas", "my stove leaks gas"), 6);

    [Fact]
    public void A_cue_lowers_the_bar()
    {
        const string Earlier = "The jacket leaks at the left shoulder when it rains.";
        const string Later = "water comes through the shoulder of the jacket";

        var plain = RepetitionDetector.Default.Strength([Earlier], Later);
        var cued = RepetitionDetector.Default.Strength([Earlier], "As I already said, " + Later);

        Assert.True(cued > plain);
    }

    [Fact]
    public void Finds_which_message_was_repeated()
    {
        string[] earlier = ["Hello!", "Where is my parcel?", "It was sent on Monday to Ghent."];

        Assert.Equal(1, RepetitionDetector.Default.FindRepeated(earlier, "So where is the parcel then?"));
        Assert.Null(RepetitionDetector.Default.FindRepeated(earlier, "Fine. Do you also repair stoves?"));
    }

    [Fact]
    public void Strength_passes_the_trigger_threshold_exactly_when_it_is_a_repetition()
    {
        (string, string)[] pairs =
        [
            ("Where is my parcel?", "I asked where my package is."), ("Where is my parcel?", "Thanks, got it!"),
            ("Please cancel my subscription.", "I want my subscription cancelled."), ("Hi", "Do you sell tents?"),
        ];

        Assert.All(pairs, pair => Assert.Equal(
            RepetitionDetector.Default.IsRepetition(pair.Item1, pair.Item2),
            RepetitionDetector.Default.Strength([pair.Item1], pair.Item2) >= 0.6));
    }

    [Fact]
    public void Answers_hostile_input()
    {
        var endless = new string('x', 1_000_000);

        Assert.InRange(RepetitionDetector.Default.Similarity(endless, "\u200b😀"), 0, 1);
        Assert.Equal(0, RepetitionDetector.Default.Similarity("", ""));
    }
}
