using Baton.Text.Words;

namespace Baton.Tests.Text;

public sealed class EnglishStemmerTests
{
    [Theory]
    [InlineData("returns", "return")]
    [InlineData("returned", "return")]
    [InlineData("returning", "return")]
    [InlineData("refunds", "refund")]
    [InlineData("cancellation", "cancel")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("agreed", "agre")]
    [InlineData("ties", "tie")]
    [InlineData("cries", "cri")]
    [InlineData("gas", "gas")]
    [InlineData("boss's", "boss")]
    [InlineData("generously", "generous")]
    [InlineData("relational", "relat")]
    [InlineData("formative", "format")]
    [InlineData("adjustment", "adjust")]
    [InlineData("controll", "control")]
    [InlineData("enjoyable", "enjoy")]
    public void Takes_the_ending_off(string word, string stem) => Assert.Equal(stem, EnglishStemmer.Stem(word));

    [Theory]
    [InlineData("news", "news")]
    [InlineData("dying", "die")]
    [InlineData("succeed", "succeed")]
    [InlineData("outing", "outing")]
    [InlineData("early", "earli")]
    public void Knows_the_exceptions(string word, string stem) => Assert.Equal(stem, EnglishStemmer.Stem(word));

    [Theory]
    [InlineData("")]
    [InlineData("is")]
    [InlineData("'")]
    [InlineData("yyy")]
    [InlineData("größe")]
    [InlineData("🙂🙂🙂")]
    [InlineData("x86-64")]
    public void Survives_what_is_not_an_English_word(string word) => Assert.NotNull(EnglishStemmer.Stem(word));

    [Fact]
    public void Leaves_very_long_words_alone()
    {
        var word = new string('a', 1_000_000) + "ing";

        Assert.Same(word, EnglishStemmer.Stem(word));
    }
}
