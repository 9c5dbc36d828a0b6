using Baton.Text;
using Baton.Text.Words;

namespace Baton.Triage.Intents.Features;

/// <summary>
/// Reads a text into feature keys: words (long numbers as classes by their number of digits), stems, the letters within
/// words (3 in a row, with the word's borders), which survive typing errors, pairs of words in a row, and stems
/// near each other in any order.
/// </summary>
internal static class IntentFeatures
{
    private const int LongestWord = 40, Gram = 3, Window = 4;
    private const uint WordFamily = 1, StemFamily = 2, PairFamily = 3, LettersFamily = 4, NumberFamily = 5,
        NearFamily = 6;

    /// <summary>Groups of letters in a word at most.</summary>
    public const int MostLetters = LongestWord;

    /// <summary>Fills the keys of the scratch.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="scratch">Buffers.</param>
    /// <param name="known">Words of this space are noted by number, their stems and letters left out; null for
    /// none.</param>
    /// <param name="read">Told of every other word.</param>
    public static void Extract(ReadOnlySpan<char> text, FeatureScratch scratch, FeatureSpace? known = null,
        Action<ulong, ulong, bool, int>? read = null)
    {
        foreach (var keys in scratch.Keys) keys.Clear();
        scratch.Words.Clear();
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
            if (previous != 0) scratch.Keys[(int)FeatureFamily.Pair].Add(FeatureKey.Pair(PairFamily, previous, key));
            previous = key;
            var place = known?.FindWord(key) ?? -1;
            var stem = place >= 0 ? known!.Words.Stems[place]
                : AddWord(key, word.Length, token.Kind, number, scratch, read);
            if (place >= 0) scratch.Words.Add(place);
            AddNear(near[..Math.Min(count, Window)], stem, scratch);
            near[count++ % Window] = stem;
        }
    }

    /// <summary>
    /// Adds a word that is in the buffer of the scratch, with its letters and stem; returns the key of the stem.
    /// </summary>
    private static ulong AddWord(ulong key, int length, TokenKind kind, bool number, FeatureScratch scratch,
        Action<ulong, ulong, bool, int>? read)
    {
        scratch.Keys[(int)FeatureFamily.Word].Add(key);
        var letters = scratch.Keys[(int)FeatureFamily.Letters].Items.Length;
        if (!number) AddLetters(length, scratch);
        var stem = kind == TokenKind.Word ? AddStem(length, scratch) : key;
        read?.Invoke(key, stem, kind == TokenKind.Word, letters);
        return stem;
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
        for (var start = 0; start + Gram <= padded.Length; start++)
            keys.Add(FeatureKey.Of(LettersFamily, padded.Slice(start, Gram)));
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
                scratch.Keys[(int)FeatureFamily.Near]
                .Add(FeatureKey.Pair(NearFamily, Math.Min(other, stem), Math.Max(other, stem)));
    }
}
