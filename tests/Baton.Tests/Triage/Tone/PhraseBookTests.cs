using Baton.Triage.Tone.Phrases;

namespace Baton.Tests.Triage.Tone;

public sealed class PhraseBookTests
{
    private static string[] Found(string text, params string[] lines)
    {
        var read = PhraseText.Read(text, 1_000);
        return [.. PhraseBookReader.Of(["[t 1]", .. lines]).Find(read).Select(h => read.Words(h.From, h.To))];
    }

    [Fact]
    public void Finds_a_word_with_its_endings() =>
        Assert.Equal(["cancelled", "cancels"], Found("Cancelled! He cancels.", "cancel~"));

    [Fact]
    public void A_gap_lets_other_words_in_but_not_another_sentence()
    {
        Assert.Equal(["lost all of my data"], Found("we lost all of my data", "lost .. data"));
        Assert.Empty(Found("I am lost. My data is fine.", "lost .. data"));
        Assert.Empty(Found("lost one two three four data", "lost .. data"));
    }

    [Fact]
    public void Classes_alternatives_and_optional_words_work_together() =>
        Assert.Equal(["the site is down", "site is down", "our app went down", "app went down"],
            Found("the site is down. our app went down", "@thing = site, app", "(the|our)? @thing (is|went) down"));

    [Fact]
    public void Keeps_the_longest_of_a_topic_at_one_place() =>
        Assert.Equal(["thanks for nothing"], Found("thanks for nothing", "thanks", "thanks for nothing"));

    [Fact]
    public void Numbers_match_as_any_number_and_as_themselves() =>
        Assert.Equal(["3 days", "500"], Found("3 days, 500", "<number> days", "500"));

    [Fact]
    public void Reads_through_capitals_curly_quotes_stretching_and_invisible_letters() =>
        Assert.Equal(["can't wait", "so", "hacked"],
            Found("CAN’T WAIT sooooo ha\u200bcked", "can't wait", "so", "hacked"));

    [Fact]
    public void Emoji_and_emoticons_are_words() =>
        Assert.Equal(["face_angry", "face_happy"], Found("😡 fine :)", "face_angry", "face_happy"));

    [Theory]
    [InlineData("@unknown thing")]
    [InlineData("(open")]
    [InlineData("face_unheard_of")]
    public void A_mistake_in_a_list_is_said(string pattern) =>
        Assert.Throws<FormatException>(() => PhraseBookReader.Of("[t 1]", pattern));
}
