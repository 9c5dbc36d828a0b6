namespace Baton.Text.Words;

/// <summary>
/// The English stemmer known as Porter2: "returns", "returned" and "returning" become "return". Written from the
/// published description of the algorithm (M. F. Porter, Snowball, 2001, with the later exception lists).
/// Words are expected in lower case; anything that is not a–z or an apostrophe is treated as a consonant.
/// </summary>
public static class EnglishStemmer
{
    /// <summary>
    /// Words longer than this (in UTF-16 units) are returned as they are: they are not English words.
    /// </summary>
    public const int LongestWord = 40;

    /// <summary>The stem of a lower-case word.</summary>
    public static string Stem(string word)
    {
        if (word.Length is <= 2 or > LongestWord) return word;
        Span<char> buffer = stackalloc char[LongestWord + 2];
        word.CopyTo(buffer);
        var stem = buffer[..Stem(buffer, word.Length)];
        return stem.SequenceEqual(word) ? word : stem.ToString();
    }

    /// <summary>
    /// Stems the first <paramref name="length"/> characters of a buffer in place, without allocating, and returns the
    /// new length. The buffer needs room for one more character than the word has.
    /// </summary>
    public static int Stem(Span<char> buffer, int length)
    {
        if (length is <= 2 or > LongestWord) return length;
        if (EnglishStems.Exception(buffer[..length]) is { } fixedStem)
        {
            fixedStem.CopyTo(buffer);
            return fixedStem.Length;
        }
        var word = new StemmedWord(buffer, length);
        word.MarkRegions();
        word.RemoveApostrophe();
        word.RemovePlural();
        word.RemoveInflection();
        word.SoftenFinalY();
        word.ShortenSuffix(EnglishStems.Step2, deleteInsideR2: false);
        word.ShortenSuffix(EnglishStems.Step3, deleteInsideR2: false);
        word.ShortenSuffix(EnglishStems.Step4, deleteInsideR2: true);
        word.RemoveFinalLetter();
        word.RestoreY();
        return word.Length;
    }
}
