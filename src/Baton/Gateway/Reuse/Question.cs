using Baton.Text;
using Baton.Text.Languages;
using Baton.Text.Learning;
using Baton.Text.Words;

namespace Baton.Gateway.Reuse;

/// <summary>
/// What a question is about, as far as words show it: a vector to find similar questions, and the facts on which two of
/// them must agree before one may get the other's answer. Made in this process, from the redacted text.
/// </summary>
internal sealed class Question
{
    private const int Buckets = 20;
    private const uint WordFamily = 1, PairFamily = 2, LettersFamily = 3;
    private const float FunctionWeight = 0.25f, PairWeight = 0.5f, LettersWeight = 0.15f;
    private const int Letters = 3;

    /// <summary>From this length on one wrong letter still is the same word.</summary>
    private const int LeastMisspelt = 5;

    private readonly HashSet<string> _numbers = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _words = [];
    private readonly HashSet<string> _stems = [];
    private readonly HashSet<string> _exact = [];
    private int _negations;

    private Question(string text)
    {
        Language = LanguageDetector.Detect(text).Code;
        Vector = Read(text).Normalized();
    }

    /// <summary>Of length one, so the product of two is their cosine.</summary>
    public SparseVector Vector { get; }

    /// <summary>ISO code, or <c>und</c>.</summary>
    public string Language { get; }

    public static Question Of(string text) => new(text);

    /// <summary>On what two questions disagree; null when one may be answered like the other.</summary>
    public string? Disagreement(Question other) => this switch
    {
        _ when Language != other.Language && Language != "und" && other.Language != "und" => "language",
        _ when !_numbers.SetEquals(other._numbers) => "numbers",
        _ when _negations != other._negations => "negation",
        _ when !_exact.SetEquals(other._exact) => "what is asked",
        _ when !_names.IsSubsetOf(other._words) || !other._names.IsSubsetOf(_words) => "names",
        _ when !Covered(_stems, other._stems) || !Covered(other._stems, _stems) => "words",
        _ => null,
    };

    private SparseVector Read(string text)
    {
        var entries = new List<(int, float)>();
        var (previous, sentenceStart) = (0UL, true);
        foreach (var token in Tokenizer.Split(text))
        {
            var raw = token.In(text);
            if (token.Kind == TokenKind.Mark)
            {
                sentenceStart |= raw is "." or "!" or "?" or ":" or "\n";
                continue;
            }
            var word = Baton.Text.Letters.Normalize(raw.ToString());
            var weight = Note(token.Kind, raw, word, sentenceStart);
            sentenceStart = false;
            var stem = token.Kind == TokenKind.Word && Language is "en" or "und" ? EnglishStemmer.Stem(word) : word;
            if (weight == 1 && token.Kind == TokenKind.Word) _stems.Add(stem);
            var key = FeatureKey.Of(WordFamily, stem);
            entries.Add((FeatureKey.Bucket(key, Buckets), weight));
            if (previous != 0) entries.Add(
                (FeatureKey.Bucket(FeatureKey.Pair(PairFamily, previous, key), Buckets), PairWeight * weight));
            previous = key;
            for (var i = 0; weight == 1 && i + Letters <= word.Length; i++)
                entries.Add((FeatureKey.Bucket(FeatureKey.Of(LettersFamily, word.AsSpan(i, Letters)), Buckets),
                    LettersWeight));
        }
        return SparseVector.From(entries);
    }

    /// <summary>Keeps the facts of a token; returns how much it says about the matter.</summary>
    private float Note(TokenKind kind, ReadOnlySpan<char> raw, string word, bool sentenceStart)
    {
        _words.Add(word);
        var plain = word.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        if (kind is TokenKind.Number or TokenKind.Code)
        {
            _numbers.Add(word.Replace(",", "", StringComparison.Ordinal));
            return 1;
        }
        if (ReuseWords.Numbers.TryGetValue(plain, out var number)) _numbers.Add(number);
        if (ReuseWords.Negations.Contains(plain) || word.EndsWith("n't", StringComparison.Ordinal)) _negations++;
        if (ReuseWords.Exact.Contains(plain)) _exact.Add(plain);
        if (ReuseWords.Function.Contains(plain)) return FunctionWeight;
        // A capital inside a sentence is a name; one in every word is a way of shouting.
        if (!sentenceStart && char.IsUpper(raw[0]) && (raw.Length == 1 || !char.IsUpper(raw[1]) || raw.Length <= 4))
            _names.Add(word);
        return 1;
    }

    private static bool Covered(HashSet<string> words, HashSet<string> others)
    {
        foreach (var word in words)
            if (!others.Contains(word) && !others.Any(other => Misspelt(word, other))) return false;
        return true;
    }

    /// <summary>Whether one letter is wrong, missing or too many, or two neighbours changed places.</summary>
    private static bool Misspelt(string left, string right)
    {
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        if (shorter.Length < LeastMisspelt || longer.Length - shorter.Length > 1) return false;
        var same = shorter.AsSpan().CommonPrefixLength(longer);
        if (same == 0) return false;
        if (longer.Length > shorter.Length) return shorter.AsSpan(same).SequenceEqual(longer.AsSpan(same + 1));
        if (same == shorter.Length) return true;
        if (shorter.AsSpan(same + 1).SequenceEqual(longer.AsSpan(same + 1))) return true;
        return same + 1 < shorter.Length && shorter[same] == longer[same + 1] && shorter[same + 1] == longer[same]
            && shorter.AsSpan(same + 2).SequenceEqual(longer.AsSpan(same + 2));
    }
}
