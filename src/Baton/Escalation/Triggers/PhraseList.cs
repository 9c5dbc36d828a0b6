using Baton.Text;

namespace Baton.Escalation.Triggers;

/// <summary>
/// Phrases looked for as whole words. <c>*</c> at the end of a word stands for any ending, <c>_</c> for one word of
/// any kind, <c>..</c> for up to four, <c>a|b</c> for either; <c>!a|b</c> at the end wants the next word to be neither.
/// A negated phrase ("I don't need to talk to a human") does not count.
/// </summary>
internal sealed class PhraseList
{
    private static readonly HashSet<string> Negations =
    [
        "not", "no", "dont", "don't", "never", "without", "nor", "needn't", "neednt", "kein", "keine", "keinen",
        "keinem", "nicht", "pas", "sin", "ni", "non", "niet", "geen", "nie", "não", "nao", "nem", "aucun", "aucune",
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

    /// <summary>Words that <c>..</c> stands for at most.</summary>
    private const int Gap = 4;

    private readonly Dictionary<string, PhraseWord[][]> _byFirstWord;
    private readonly Dictionary<char, PhraseWord[][]> _byStem;

    public PhraseList(IEnumerable<string> phrases)
    {
        var split = phrases.Select(Words).SelectMany(Openings).ToList();
        _byFirstWord = split.Where(p => !p[0].EndsWith('*')).GroupBy(p => p[0])
            .ToDictionary(g => g.Key, g => g.Select(Prepared).ToArray());
        // By first letter: most words begin with none of them, and every word of a message comes by here.
        _byStem = split.Where(p => p[0].EndsWith('*')).GroupBy(p => p[0][0])
            .ToDictionary(g => g.Key, g => g.Select(Prepared).ToArray());
    }

    /// <summary>The first phrase found in the words, as the customer wrote it, or null.</summary>
    public string? Find(IReadOnlyList<string> words) => Find(words, denied: false) is var (start, end)
        ? string.Join(' ', words.Skip(start).Take(end - start))
        : null;

    /// <summary>Whether one of the phrases is there, negated.</summary>
    public bool Denies(IReadOnlyList<string> words) => Find(words, denied: true) is not null;

    /// <summary>Where the first phrase begins and ends that is negated, or is not.</summary>
    private (int Start, int End)? Find(IReadOnlyList<string> words, bool denied)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (_byFirstWord.TryGetValue(words[i], out var phrases)
                && FirstEnd(phrases, words, i, denied) is var end and > 0) return (i, end);
            if (words[i].Length > 0 && _byStem.TryGetValue(words[i][0], out var stems)
                && FirstEnd(stems, words, i, denied) is var other and > 0) return (i, other);
        }
        return null;
    }

    /// <summary>Where the first of the phrases that is there ends, or 0.</summary>
    private static int FirstEnd(PhraseWord[][] phrases, IReadOnlyList<string> words, int at, bool denied)
    {
        foreach (var phrase in phrases)
            if (End(phrase, words, at) is var end and > 0 && IsDenied(words, at, end) == denied) return end;
        return 0;
    }

    private static bool IsDenied(IReadOnlyList<string> words, int at, int end) =>
        Negated(words, at) || SaidNotNeeded(words, end);

    /// <summary>Where the phrase that begins at a word ends, or 0 when it is not there.</summary>
    private static int End(PhraseWord[] phrase, IReadOnlyList<string> words, int at, int from = 0)
    {
        for (var i = from; i < phrase.Length; i++)
        {
            if (phrase[i].IsGap)
            {
                for (var skipped = 0; skipped <= Gap && at + skipped < words.Count; skipped++)
                    if (End(phrase, words, at + skipped, i + 1) is var end and > 0) return end;
                return 0;
            }
            if (phrase[i].IsUnwanted) return at < words.Count && phrase[i].Matches(words[at]) ? 0 : at;
            if (at >= words.Count || !phrase[i].Matches(words[at])) return 0;
            at++;
        }
        return words[at - 1] != "human" || at == words.Count || !HumanThings.Contains(words[at]) ? at : 0;
    }

    /// <summary>One phrase for each word it may begin with.</summary>
    private static IEnumerable<string[]> Openings(string[] phrase) =>
        phrase[0].Split('|').Select(first => (string[])[first, .. phrase[1..]]);

    private static PhraseWord[] Prepared(string[] phrase) => [.. phrase.Select(PhraseWord.Of)];

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
