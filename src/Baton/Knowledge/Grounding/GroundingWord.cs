using System.Text.RegularExpressions;
using Baton.Text;
using Baton.Text.Words;

namespace Baton.Knowledge.Grounding;

/// <summary>A word of an answer or a source: its normal form, its stem, and what it stands for.</summary>
internal readonly record struct GroundingWord(string Form, string Stem, int Start, int Length, TokenKind Kind)
{
    /// <summary>Says something by itself: not a function word, not a phrase of courtesy or chat.</summary>
    public bool IsContent { get; init; }

    /// <summary>Written with a capital letter, other than to begin a sentence.</summary>
    public bool IsName { get; init; }

    public bool IsNegation { get; init; }

    /// <summary>Follows the end of a sentence, a colon, a bullet or a quotation mark.</summary>
    public bool BeginsSentence { get; init; }

    /// <summary>Contains a digit.</summary>
    public bool IsNumber => Kind != TokenKind.Word;
}

/// <summary>Reads the words of a text.</summary>
internal static partial class GroundingWords
{
    private const string SentenceMarks = ".!?:•|>\"“*#-";

    public static List<GroundingWord> Of(string text)
    {
        var words = new List<GroundingWord>();
        var startsSentence = true;
        foreach (var token in Tokenizer.Split(text))
        {
            var raw = token.In(text);
            if (token.Kind == TokenKind.Mark)
            {
                if (SentenceMarks.Contains(raw[0])) startsSentence = true;
                continue;
            }
            if (token.Length <= 64) words.Add(Word(raw, token, startsSentence));
            startsSentence = false;
        }
        return words;
    }

    /// <summary>Joins what tokenised corpora split ("do n't", "it ' s") so that negations are seen.</summary>
    public static string Rejoin(string text) => SplitContraction().Replace(text, m => m.Value.Replace(" ", ""));

    private static GroundingWord Word(ReadOnlySpan<char> raw, Token token, bool startsSentence)
    {
        var form = Letters.Normalize(raw.ToString());
        var stem = token.Kind == TokenKind.Word ? EnglishStemmer.Stem(form) : form;
        var capitals = 0;
        foreach (var c in raw)
            if (char.IsUpper(c)) capitals++;
        return new GroundingWord(form, stem, token.Start, token.Length, token.Kind)
        {
            IsContent = !FunctionWords.Contains(form) && !WordLists.Chat.Contains(form),
            IsName = (capitals > 1 || (capitals == 1 && !startsSentence)) && !WordLists.Chat.Contains(form),
            BeginsSentence = startsSentence,
            IsNegation = WordLists.Negations.Contains(form) || form.EndsWith("n't", StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"(?<=[A-Za-z]) ?' ?(?=(t|s|m|re|ve|ll|d)\b)| (?=n't\b)", RegexOptions.CultureInvariant)]
    private static partial Regex SplitContraction();
}
