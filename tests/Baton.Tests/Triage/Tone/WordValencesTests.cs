using Baton.Triage.Tone;
using Baton.Triage.Tone.Phrases;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Tests.Triage.Tone;

public sealed class WordValencesTests
{
    private static readonly List<PolarText> Texts = [.. Enumerable.Range(0, 60).Select(i => (i % 3) switch
    {
        0 => new PolarText("that was grumfy", -1),
        1 => new PolarText("that was plavent", 1),
        _ => new PolarText("that was there", 0),
    })];

    private static WordValences Trained() => new WordValenceTrainer(ToneModel.Phrases).Train(Texts, seed: 1);

    [Fact]
    public void Training_finds_the_words_that_carry_a_mood()
    {
        var valences = Trained();

        Assert.True(valences.Of(PhraseHash.Of("grumfy")) < 0);
        Assert.True(valences.Of(PhraseHash.Of("plavent")) > 0);
        Assert.Equal(0, valences.Of(PhraseHash.Of("that")));
    }

    [Fact]
    public void Training_twice_gives_the_same_file()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        Trained().Save(first);
        Trained().Save(second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void Saved_weights_load_again()
    {
        using var file = new MemoryStream();
        Trained().Save(file);
        file.Position = 0;

        var loaded = WordValences.Load(file);

        Assert.Equal(Trained().Count, loaded.Count);
        Assert.InRange(loaded.Of(PhraseHash.Of("grumfy")) - Trained().Of(PhraseHash.Of("grumfy")), -0.02, 0.02);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(new byte[] { 0x42, 0x57, 0x56, 0x31, 255, 255, 255, 127 })]
    [InlineData(new byte[] { 0x42, 0x57, 0x56, 0x31, 2, 0, 0, 0, 1 })]
    public void A_damaged_file_is_refused(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);

        Assert.Throws<InvalidDataException>(() => WordValences.Load(file));
    }

    [Fact]
    public void The_shipped_weights_are_there_and_small() => Assert.InRange(WordValences.Default.Count, 50, 100_000);
}
