using Baton.Text;
using Baton.Text.Words;

namespace Baton.Knowledge.Indexing;

/// <summary>
/// The terms of the index: stems of words, numbers and codes, each with an id in order of appearance.
/// </summary>
internal sealed class TermLexicon
{
    /// <summary>Longer words are no words (a pasted file, a token): they are left out.</summary>
    public const int LongestTerm = 64;

    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _terms = [];

    public TermLexicon() => _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _terms.Count;

    public string this[int id] => _terms[id];

    public int Find(ReadOnlySpan<char> term) => _lookup.TryGetValue(term, out var id) ? id : -1;

    /// <summary>Appends the ids of a text's terms, adding those that are new. Not safe beside other calls.</summary>
    public void Read(ReadOnlySpan<char> text, List<int> ids)
    {
        Span<char> buffer = stackalloc char[LongestTerm * 2 + 2];
        foreach (var token in Tokenizer.Split(text))
        {
            var length = Term(text, token, buffer);
            if (length == 0) continue;
            var term = buffer[..length];
            if (!_lookup.TryGetValue(term, out var id))
            {
                id = _terms.Count;
                var word = term.ToString();
                _terms.Add(word);
                _ids.Add(word, id);
            }
            ids.Add(id);
        }
    }

    /// <summary>The terms of a text as strings, known or not; for questions and synonyms.</summary>
    public static List<string> Terms(ReadOnlySpan<char> text)
    {
        var terms = new List<string>();
        Span<char> buffer = stackalloc char[LongestTerm * 2 + 2];
        foreach (var token in Tokenizer.Split(text))
            if (Term(text, token, buffer) is > 0 and var length) terms.Add(buffer[..length].ToString());
        return terms;
    }

    /// <summary>Writes a token's term and returns its length; 0 for marks, stop words and overlong tokens.</summary>
    private static int Term(ReadOnlySpan<char> text, Token token, Span<char> buffer)
    {
        if (token.Kind == TokenKind.Mark || token.Length > LongestTerm) return 0;
        var length = Letters.Normalize(token.In(text), buffer);
        if (token.Kind != TokenKind.Word) return length;
        return StopWords.Contains(buffer[..length]) ? 0 : EnglishStemmer.Stem(buffer, length);
    }
}
