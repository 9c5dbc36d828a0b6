using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// Reads a text into feature keys: words (long numbers as classes by their number of digits), stems, pairs of words in
/// a row, and the letters within words (2 to 5 in a row, with the word's borders), which survive typing errors.
/// </summary>
internal static class IntentFeatures
{
    private const int LongestWord = 40, ShortestGram = 2, LongestGram = 5;
    private const uint WordFamily = 1, StemFamily = 2, PairFamily = 3, LettersFamily = 4, NumberFamily = 5;

    public static void Extract(ReadOnlySpan<char> text, FeatureScratch scratch)
    {
        foreach (var keys in scratch.Keys) keys.Clear();
        scratch.ReserveText(text.Length + 4);
        var previous = 0UL;
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind == TokenKind.Mark && !Counts(token.In(text))) continue;
            // The word stands between two blanks, so that n-grams know where it begins and ends.
            var word = Normal(token.In(text), scratch.Normal);
            if (word.Length == 0) continue;
            var key = token.Kind == TokenKind.Number && word.Length > 2
                ? FeatureKey.Of(NumberFamily, word[..Math.Min(word.Length, 12)].Length.ToString())
                : FeatureKey.Of(WordFamily, word);
            scratch.Keys[(int)FeatureFamily.Word].Add(key);
            if (previous != 0) scratch.Keys[(int)FeatureFamily.Pair].Add(FeatureKey.Pair(PairFamily, previous, key));
            previous = key;
            if (token.Kind != TokenKind.Number || word.Length <= 2) AddLetters(word.Length, scratch);
            if (token.Kind == TokenKind.Word) AddStem(word.Length, scratch);
        }
    }

    /// <summary>Question marks, money signs and emoji mean something; other marks are noise.</summary>
    private static bool Counts(ReadOnlySpan<char> mark) => mark is "?" or "$" or "€" or "£" or "%" || mark.Length == 2;

    private static Span<char> Normal(ReadOnlySpan<char> token, char[] buffer)
    {
        var length = Letters.Normalize(token, buffer.AsSpan(1));
        var kept = 1;
        for (var i = 1; i <= length && kept <= LongestWord; i++)
            if (buffer[i] != '\'') buffer[kept++] = buffer[i];
        buffer[0] = buffer[kept] = ' ';
        return buffer.AsSpan(1, kept - 1);
    }

    private static void AddLetters(int wordLength, FeatureScratch scratch)
    {
        var padded = scratch.Normal.AsSpan(0, wordLength + 2);
        var keys = scratch.Keys[(int)FeatureFamily.Letters];
        for (var start = 0; start + ShortestGram <= padded.Length; start++)
        {
            var hash = FeatureKey.Start(LettersFamily);
            var end = Math.Min(padded.Length, start + LongestGram);
            for (var i = start; i < end; i++)
            {
                hash = FeatureKey.Step(hash, padded[i]);
                if (i - start + 1 >= ShortestGram) keys.Add(FeatureKey.Finish(hash));
            }
        }
    }

    private static void AddStem(int wordLength, FeatureScratch scratch)
    {
        var length = EnglishStemmer.Stem(scratch.Normal.AsSpan(1), wordLength);
        scratch.Keys[(int)FeatureFamily.Stem].Add(FeatureKey.Of(StemFamily, scratch.Normal.AsSpan(1, length)));
    }
}
