using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// Reads a text into feature keys: words (long numbers as classes by their number of digits), stems, the letters within
/// words (3 and 4 in a row, with the word's borders), which survive typing errors, pairs of words in a row, and stems
/// near each other in any order.
/// </summary>
internal static class IntentFeatures
{
    private const int LongestWord = 40, ShortestGram = 3, LongestGram = 3, Window = 4;
    private const uint WordFamily = 1, StemFamily = 2, PairFamily = 3, LettersFamily = 4, NumberFamily = 5, NearFamily = 6;

    public static void Extract(ReadOnlySpan<char> text, FeatureScratch scratch)
    {
        foreach (var keys in scratch.Keys) keys.Clear();
        scratch.ReserveText(text.Length + 4);
        Span<ulong> near = stackalloc ulong[Window];
        var (previous, count) = (0UL, 0);
        foreach (var token in Tokenizer.Split(text))
        {
            if (token.Kind == TokenKind.Mark && !Counts(token.In(text))) continue;
            // The word stands between two blanks, so that n-grams know where it begins and ends.
            var word = Normal(token.In(text), scratch.Normal);
            if (word.Length == 0) continue;
            var number = token.Kind == TokenKind.Number && word.Length > 2;
            var key = number
                ? FeatureKey.Of(NumberFamily, word[..Math.Min(word.Length, 12)].Length.ToString())
                : FeatureKey.Of(WordFamily, word);
            scratch.Keys[(int)FeatureFamily.Word].Add(key);
            if (previous != 0) scratch.Keys[(int)FeatureFamily.Pair].Add(FeatureKey.Pair(PairFamily, previous, key));
            previous = key;
            if (!number) AddLetters(word.Length, scratch);
            var stem = token.Kind == TokenKind.Word ? AddStem(word.Length, scratch) : key;
            AddNear(near[..Math.Min(count, Window)], stem, scratch);
            near[count++ % Window] = stem;
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

    private static ulong AddStem(int wordLength, FeatureScratch scratch)
    {
        var length = EnglishStemmer.Stem(scratch.Normal.AsSpan(1), wordLength);
        var key = FeatureKey.Of(StemFamily, scratch.Normal.AsSpan(1, length));
        scratch.Keys[(int)FeatureFamily.Stem].Add(key);
        return key;
    }

    private static void AddNear(ReadOnlySpan<ulong> near, ulong stem, FeatureScratch scratch)
    {
        foreach (var other in near)
            if (other != stem)
                scratch.Keys[(int)FeatureFamily.Near].Add(FeatureKey.Pair(NearFamily, Math.Min(other, stem), Math.Max(other, stem)));
    }
}
