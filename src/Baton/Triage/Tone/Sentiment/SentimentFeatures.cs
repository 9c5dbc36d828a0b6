using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Tone.Sentiment;

/// <summary>
/// What the sentiment weights look at: words, pairs of neighbours, and words inside a negation under another name
/// ("not good" has <c>not_good</c>). Names of people, links and numbers are one word each, so that weights transfer.
/// </summary>
internal static class SentimentFeatures
{
    private const uint NegatedSalt = 0x51ED270Bu;
    private const uint PairSalt = 0x2545F491u;
    private const int NegationReach = 4;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Negators = new HashSet<string>(
    [
        "not", "no", "never", "nobody", "nothing", "neither", "nor", "without", "cannot", "cant", "can't", "dont",
        "don't", "didnt", "didn't", "doesnt", "doesn't", "isnt", "isn't", "wasnt", "wasn't", "wont", "won't",
        "wouldnt", "wouldn't",
        "couldnt", "couldn't", "shouldnt", "shouldn't", "arent", "aren't", "werent", "weren't", "havent", "haven't",
        "hasnt", "hasn't", "hadnt", "hadn't", "aint", "ain't", "hardly", "barely", "scarcely",
    ]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when a word turns the meaning of the words after it.</summary>
    public static bool IsNegator(ReadOnlySpan<char> word) => Negators.Contains(word);

    /// <summary>Adds the feature hashes of <paramref name="text"/> to <paramref name="into"/>.</summary>
    public static void Collect(PhraseText text, List<uint> into)
    {
        var previous = 0u;
        var negatedFor = 0;
        for (var i = 0; i < text.Count; i++)
        {
            var token = text[i];
            if (token.EndsClause || token.Kind == PhraseTokenKind.Comma) negatedFor = 0;
            var hash = Identity(token);
            if (hash == 0) continue;

            into.Add(negatedFor > 0 ? PhraseHash.Join(hash, NegatedSalt) : hash);
            if (previous != 0) into.Add(PhraseHash.Join(PhraseHash.Join(previous, hash), PairSalt));
            previous = hash;
            if (token.Kind == PhraseTokenKind.Word && IsNegator(text.Word(i))) negatedFor = NegationReach;
            else if (negatedFor > 0) negatedFor--;
        }
    }

    /// <summary>
    /// A word's own hash; one shared hash for each of the kinds whose content must not matter; 0 for none.
    /// </summary>
    private static uint Identity(PhraseToken token) => token.Kind switch
    {
        PhraseTokenKind.Word or PhraseTokenKind.Emoticon => token.Hash,
        PhraseTokenKind.Number => 1,
        PhraseTokenKind.Exclamation => 2,
        PhraseTokenKind.Question => 3,
        PhraseTokenKind.Ellipsis => 4,
        _ => 0,
    };
}
