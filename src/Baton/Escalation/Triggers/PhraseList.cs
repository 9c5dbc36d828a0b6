using Baton.Text;

namespace Baton.Escalation.Triggers;

/// <summary>
/// Phrases looked for as whole words. <c>*</c> at the end of a word stands for any ending, <c>_</c> for one word of
/// any kind. A negated phrase ("I don't need to talk to a human") does not count.
/// </summary>
internal sealed class PhraseList
{
    private static readonly HashSet<string> Negations =
    [
        "not", "no", "dont", "don't", "never", "without", "nor", "needn't", "neednt", "kein", "keine", "keinen",
        "keinem", "nicht", "pas", "sin", "ni",
    ];

    /// <summary>"No, I want a human": a no that answers what was said before denies nothing that follows.</summary>
    private static readonly HashSet<string> AfterAnswer =
        ["i", "i'd", "i'm", "we", "you", "let", "give", "get", "put", "please", "just", "this", "that", "my",
            "connect"];

    /// <summary>"A human error", "human resources": no person is asked for.</summary>
    private static readonly HashSet<string> HumanThings =
    [
        "error", "errors", "mistake", "mistakes", "resource", "resources", "rights", "right", "nature", "body", "hair",
        "readable", "factor", "factors", "race", "skin", "capital", "sized", "waste", "behavior", "behaviour",
        "failure",
    ];

    private static readonly HashSet<string> Needed = ["needed", "necessary", "required"];

    private static readonly HashSet<string> NotNeeded =
        ["not", "isn't", "isnt", "no", "never", "won't", "wont", "wasn't", "wasnt"];

    /// <summary>Words that carry a negation on to what follows: "not going to sue you".</summary>
    private static readonly HashSet<string> Carriers =
    [
        "need", "want", "wish", "have", "had", "having", "like", "trying", "going", "planning", "asking", "looking",
        "to",
        "for", "a", "an", "any", "the", "my", "your", "i", "me", "be", "been", "is", "was", "am", "are", "talk",
        "speak",
        "call", "really", "even", "yet", "about", "saying", "it", "talking", "speaking", "calling",
    ];

    /// <summary>How many words before a phrase are searched for a negation.</summary>
    private const int Reach = 6;

    private readonly ILookup<string, string[]> _byFirstWord;
    private readonly string[][] _byPrefix;

    public PhraseList(IEnumerable<string> phrases)
    {
        var split = phrases.Select(Words).ToList();
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

    /// <summary>Whether one of the phrases is there, negated.</summary>
    public bool Denies(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var phrase in _byFirstWord[words[i]])
                if (IsThere(phrase, words, i) && IsDenied(words, i, i + phrase.Length)) return true;
            foreach (var phrase in _byPrefix)
                if (IsThere(phrase, words, i) && IsDenied(words, i, i + phrase.Length)) return true;
        }
        return false;
    }

    private static bool Matches(string[] phrase, IReadOnlyList<string> words, int at) =>
        IsThere(phrase, words, at) && !IsDenied(words, at, at + phrase.Length);

    private static bool IsDenied(IReadOnlyList<string> words, int at, int end) =>
        Negated(words, at) || SaidNotNeeded(words, end);

    private static bool IsThere(string[] phrase, IReadOnlyList<string> words, int at)
    {
        if (at + phrase.Length > words.Count) return false;
        for (var i = 0; i < phrase.Length; i++)
            if (!Word(phrase[i], words[at + i])) return false;
        var end = at + phrase.Length;
        return words[end - 1] != "human" || end == words.Count || !HumanThings.Contains(words[end]);
    }

    private static string[] Words(string phrase) =>
        FoldedText.Of(phrase).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>"A human is not needed".</summary>
    private static bool SaidNotNeeded(IReadOnlyList<string> words, int end)
    {
        var denied = false;
        for (var i = end; i < Math.Min(words.Count, end + 4); i++)
        {
            if (NotNeeded.Contains(words[i])) denied = true;
            else if (Needed.Contains(words[i])) return denied;
        }
        return false;
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
            if (Negations.Contains(words[i]))
                return words[i] is not ("no" or "not") || !AfterAnswer.Contains(words[i + 1]);
            if (!Carriers.Contains(words[i])) return false;
        }
        return false;
    }
}
