namespace Baton.Knowledge.Grounding;

/// <summary>An answer, or one sentence of it, prepared for comparison.</summary>
internal sealed class AnswerText
{
    public AnswerText(string text)
    {
        Text = GroundingWords.Rejoin(text);
        Words = GroundingWords.Of(Text);
        Sentences = SentenceRanges.Of(Text, Words);
        Facts = Facts.In(Text, Words);
    }

    public string Text { get; }

    public List<GroundingWord> Words { get; }

    /// <summary>Ranges of words.</summary>
    public List<(int Start, int End)> Sentences { get; }

    public Facts Facts { get; }

    /// <summary>The text of a sentence, with the punctuation that follows it.</summary>
    public string SentenceAt(int number)
    {
        var start = number == 0 ? 0 : Words[Sentences[number].Start].Start;
        var end = number + 1 < Sentences.Count ? Words[Sentences[number + 1].Start].Start : Text.Length;
        return Text[start..end].Trim();
    }
}
