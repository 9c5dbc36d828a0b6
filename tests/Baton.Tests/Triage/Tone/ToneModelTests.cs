using Baton.Triage.Tone;

namespace Baton.Tests.Triage.Tone;

public sealed class ToneModelTests
{
    private static ToneScore Read(string text) => ToneModel.Default.Score(text);

    [Theory]
    [InlineData("Absolutely disgusting service, you are a bunch of liars. I HATE this company!!!", ToneWords.Furious)]
    [InlineData("This is unacceptable. I demand my money back.", ToneWords.Angry)]
    [InlineData("I have emailed three times and still no answer. So frustrating.", ToneWords.Frustrated)]
    [InlineData("I'm disappointed with the quality, I expected better from you.", ToneWords.Disappointed)]
    [InlineData("I am worried that somebody has stolen my card details.", ToneWords.Worried)]
    [InlineData("I don't understand which size I need, your chart is confusing.", ToneWords.Confused)]
    [InlineData("The order was placed on 3 March.", ToneWords.Neutral)]
    [InlineData("Could you please tell me your opening hours?", ToneWords.Polite)]
    [InlineData("Thank you so much for your help, really appreciate it!", ToneWords.Grateful)]
    [InlineData("I love the tent, it's amazing 😍", ToneWords.Happy)]
    public void Names_the_mood(string text, string tone) => Assert.Equal(tone, Read(text).Tone);

    [Theory]
    [InlineData("Thanks for losing my parcel.")]
    [InlineData("Thanks for nothing!")]
    [InlineData("Great, another delay. Just great.")]
    [InlineData("not good at all")]
    [InlineData("my order never arrived and nobody answers")]
    [InlineData("I can't believe how slow this is 😡")]
    [InlineData("Still waiting... 2 hours on hold now")]
    [InlineData("this is not what i ordered")]
    [InlineData("Where the hell is my order?!")]
    [InlineData("WHERE IS MY ORDER??? This is ridiculous!")]
    [InlineData("Where is my order? I have been waiting for weeks and nobody answers.")]
    [InlineData("where is my damn parcel, worst shop ever")]
    [InlineData("Where is my refund? You promised it a month ago. Unacceptable.")]
    public void Hears_a_complaint(string text) => Assert.InRange(Read(text).Sentiment, 1, 4);

    [Theory]
    [InlineData("Thanks, it works now!")]
    [InlineData("great service, thank you")]
    [InlineData("You guys are the best ❤️")]
    [InlineData("No complaints, everything arrived quickly and in perfect shape.")]
    public void Hears_praise(string text) => Assert.InRange(Read(text).Sentiment, 7, 10);

    [Theory]
    [InlineData("Do you ship to Norway?")]
    [InlineData("Hello, I would like to change my delivery address, please.")]
    [InlineData("What is the weight of the two-person tent?")]
    [InlineData("Wie groß ist das Zelt?")]
    [InlineData("Where is my order NW-10003?")]
    [InlineData("where is my order")]
    [InlineData("Where's my parcel?")]
    [InlineData("wheres my refund")]
    [InlineData("Hello, where are my boots?")]
    [InlineData("Could you tell me where our parcels are?")]
    public void Takes_a_request_as_neutral(string text) => Assert.InRange(Read(text).Sentiment, 5, 6);

    [Fact]
    public void Anger_deepens_with_emphasis()
    {
        Assert.True(Read("this is really TERRIBLE!!!").SentimentScore < Read("this is terrible").SentimentScore);
        Assert.True(Read("terrible and disgusting, worst ever").Sentiment < Read("a bit slow").Sentiment);
    }

    [Fact]
    public void Quoted_words_are_not_the_customers() =>
        Assert.Equal(Read("Thanks, all good.").Sentiment,
            Read("Thanks, all good.\n> worst company ever, I hate you").Sentiment);

    [Fact]
    public void Says_what_carried_the_reading()
    {
        var signals = Read("Our site is down and nobody answers.").Signals;

        Assert.Contains(signals, s => s.Kind == "urgency" && s.Meaning == "outage");
        Assert.Contains(signals, s => s.Kind == "sentiment" && s.Text == "nobody answers");
    }

    [Fact]
    public void Is_less_sure_without_evidence() =>
        Assert.True(Read("Lorem dolor").Confidence < Read("I hate this awful, useless tent").Confidence);

    [Fact]
    public void Every_word_is_from_the_closed_set_and_every_scale_is_kept()
    {
        Assert.All(UrgencyTests.Cases, row =>
        {
            var reading = Read(row.Text);
            Assert.Contains(reading.Tone, ToneWords.All);
            Assert.InRange(reading.Sentiment, 1, 10);
            Assert.InRange(reading.SentimentScore, -1, 1);
            Assert.InRange(reading.Confidence, 0, 1);
        });
    }

    [Fact]
    public void Answers_hostile_input()
    {
        string[] hostile =
        [
            "", " ", "\u200b\u200b", new('a', 3_000_000), new('!', 100_000),
            string.Concat(Enumerable.Repeat("😡", 20_000)),
            string.Concat(Enumerable.Repeat("not ", 100_000)), new('\ud83d', 1_000), "\udc00",
            "a\u0301\u0301\u0301", new('>', 50_000),
            string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i:x}")),
            string.Concat(Enumerable.Repeat("On x wrote:\n", 5_000)),
        ];

        Assert.All(hostile, text => Assert.InRange(Read(text).Urgency, 1, 10));
    }

    [Fact]
    public void Zero_width_characters_do_not_hide_a_word() =>
        Assert.Equal(Read("my account was hacked").Urgency, Read("my account was ha\u200bck\u200bed").Urgency);

    [Fact]
    public void Text_beyond_the_limit_is_not_read()
    {
        var model = new ToneModel(new ToneOptions { MaxCharacters = 100 });

        Assert.True(model.Score(new string(' ', 100) + "our site is down").Urgency < 5);
    }
}
