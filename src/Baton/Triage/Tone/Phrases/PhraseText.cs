using System.Text;

namespace Baton.Triage.Tone.Phrases;

/// <summary>What a token is, as far as tone is concerned.</summary>
internal enum PhraseTokenKind : byte
{
    Word, Number, Mention, Link, Exclamation, Question, Ellipsis, Stop, Comma, Emoticon,
}

/// <summary>How a token was written; bits may be combined.</summary>
[Flags]
internal enum PhraseTokenMarks : byte
{
    None = 0,
    Capitalised = 1,
    AllCaps = 2,
    Stretched = 4,
    StartsSentence = 8,
    Hashtag = 16,
}

/// <summary>
/// One token: its place among the letters of a <see cref="PhraseText"/>, its kind, its marks and a hash of its letters.
/// </summary>
internal readonly record struct PhraseToken(
    int Start, int Length, PhraseTokenKind Kind, PhraseTokenMarks Marks, uint Hash)
{
    public bool IsWord => Kind is PhraseTokenKind.Word or PhraseTokenKind.Number or PhraseTokenKind.Emoticon;

    /// <summary>Ends a clause: no phrase, gap or negation reaches across it.</summary>
    public bool EndsClause => Kind is PhraseTokenKind.Stop or PhraseTokenKind.Exclamation or PhraseTokenKind.Question
        or PhraseTokenKind.Ellipsis;
}

/// <summary>
/// A text as tokens for phrase matching: lower case, curly quotes straightened, zero-width characters dropped,
/// stretched words ("sooooo") shortened. Built once per text and shared by every scorer.
/// </summary>
internal sealed class PhraseText
{
    private readonly char[] _lower;
    private readonly List<PhraseToken> _tokens;

    private PhraseText(char[] lower, List<PhraseToken> tokens, int letters, int capitals)
    {
        _lower = lower;
        _tokens = tokens;
        Letters = letters;
        Capitals = capitals;
    }

    /// <summary>The tokens in order.</summary>
    public IReadOnlyList<PhraseToken> Tokens => _tokens;

    /// <summary>How many cased letters the text has, and how many of them are capitals.</summary>
    public int Letters { get; }

    /// <summary>How many letters are capitals.</summary>
    public int Capitals { get; }

    public int Count => _tokens.Count;

    public PhraseToken this[int index] => _tokens[index];

    /// <summary>The letters of a token, lower case.</summary>
    public ReadOnlySpan<char> Word(int index)
    {
        var token = _tokens[index];
        return _lower.AsSpan(token.Start, token.Length);
    }

    /// <summary>The words from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public string Words(int from, int to)
    {
        var words = new StringBuilder();
        for (var i = from; i < to && words.Length < 80; i++)
        {
            if (words.Length > 0) words.Append(' ');
            var word = Word(i);
            if (word.Length == 1 && Emoticons.Name(word[0]) is { } face) words.Append(face);
            else words.Append(word);
        }
        return words.ToString();
    }

    /// <summary>Reads at most <paramref name="limit"/> characters of <paramref name="text"/>.</summary>
    public static PhraseText Read(ReadOnlySpan<char> text, int limit)
    {
        if (text.Length > limit) text = text[..limit];
        var lower = new char[text.Length];
        var tokens = new List<PhraseToken>(Math.Min(text.Length / 5 + 8, 4096));
        var reader = new PhraseReader(text, lower, tokens);
        reader.ReadAll();
        return new PhraseText(lower, tokens, reader.Letters, reader.Capitals);
    }
}
