namespace Baton.Escalation.Triggers;

/// <summary>
/// Phrases looked for as whole words. <c>*</c> at the end of a word stands for any ending, <c>_</c> for one word of
/// any kind. A negated phrase ("I don't need to talk to a human") does not count.
/// </summary>
internal sealed class PhraseList
{
    private static readonly HashSet<string> Negations =
        ["not", "no", "dont", "don't", "never", "without", "kein", "keine", "nicht", "pas", "sin", "ni"];

    /// <summary>Words that carry a negation on to what follows: "not going to sue you".</summary>
    private static readonly HashSet<string> Carriers =
    [
        "need", "want", "wish", "have", "had", "having", "like", "trying", "going", "planning", "asking", "looking", "to",
        "for", "a", "an", "any", "the", "my", "your", "i", "me", "be", "been", "is", "was", "am", "are", "talk", "speak",
        "call", "really", "even", "yet", "about", "saying", "it",
    ];

    /// <summary>How many words before a phrase are searched for a negation.</summary>
    private const int Reach = 6;

    private readonly ILookup<string, string[]> _byFirstWord;
    private readonly string[][] _byPrefix;

    public PhraseList(IEnumerable<string> phrases)
    {
        var split = phrases.Select(p => p.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        _byFirstWord = split.Where(p => !p[0].EndsWith('*')).ToLookup(p => p[0]);
        _byPrefix = [.. split.Where(p => p[0].EndsWith('*'))];
    }

    /// <summary>The first phrase found in the words, as the customer wrote it, or null.</summary>
    public string? Find(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var phrase in _byFirstWord[words[i]])
                if (Matches(phrase, words, i)) return string.Join(' ', words.Skip(i).Take(phrase.Length));
            foreach (var phrase in _byPrefix)
                if (Matches(phrase, words, i)) return string.Join(' ', words.Skip(i).Take(phrase.Length));
        }
        return null;
    }

    private static bool Matches(string[] phrase, IReadOnlyList<string> words, int at)
    {
        if (at + phrase.Length > words.Count) return false;
        for (var i = 0; i < phrase.Length; i++)
            if (!Word(phrase[i], words[at + i])) return false;
        return !Negated(words, at);
    }

    private static bool Word(string pattern, string word) => pattern switch
    {
        "_" => true,
        [.., '*'] => word.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal),
        _ => pattern == word,
    };

    private static bool Negated(IReadOnlyList<string> words, int at)
    {
        for (var i = at - 1; i >= Math.Max(0, at - Reach); i--)
        {
            if (Negations.Contains(words[i])) return true;
            if (!Carriers.Contains(words[i])) return false;
        }
        return false;
    }
}
