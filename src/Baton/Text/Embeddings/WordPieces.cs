using System.Buffers;
using System.Globalization;
using System.Text;

namespace Baton.Text.Embeddings;

/// <summary>
/// The uncased BERT tokenizer: lower case, accents stripped, punctuation, symbols and ideographs on their own, then the
/// longest pieces of the vocabulary from the left. A customer's literal <c>[SEP]</c> is five characters, never a mark.
/// The runtime's own normalisation is not there in invariant mode, so marks are taken off by <see cref="Accents"/>.
/// </summary>
public sealed class WordPieces
{
    /// <summary>Name and version of what this makes of a text; part of every cache key.</summary>
    public const string Version = "wordpiece-uncased-1";

    private const string Unknown = "[UNK]";
    private const int LongestWord = 100;

    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _find;
    private readonly int _first, _last, _unknown;

    /// <param name="vocabulary">One piece a line, its number the line's.</param>
    /// <exception cref="InvalidDataException">A piece that every vocabulary has is missing.</exception>
    public WordPieces(TextReader vocabulary)
    {
        for (var id = 0; vocabulary.ReadLine() is { } piece; id++) _pieces[piece.TrimEnd()] = id;
        _find = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        (_first, _last, _unknown) = (Mark("[CLS]"), Mark("[SEP]"), Mark(Unknown));
    }

    /// <summary>Numbers of the pieces, between the marks for begin and end.</summary>
    /// <param name="most">At most so many, the marks counted; the rest of the text is left out.</param>
    public int[] Encode(ReadOnlySpan<char> text, int most)
    {
        var ids = new List<int>(Math.Min(most, text.Length + 2)) { _first };
        var words = Words(text[..Math.Min(text.Length, most * LongestWord)]);
        foreach (var word in words)
        {
            if (ids.Count >= most - 1) break;
            AddPieces(word, ids);
        }
        if (ids.Count > most - 1) ids.RemoveRange(most - 1, ids.Count - most + 1);
        ids.Add(_last);
        return [.. ids];
    }

    private int Mark(string piece) => _pieces.TryGetValue(piece, out var id) ? id
        : throw new InvalidDataException($"The vocabulary has no piece {piece}.");

    private static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        while (!text.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done;
            text = text[length..];
            if (!whole || rune.Value is 0 or 0xfffd) continue;
            if (IsSpace(rune)) End(word, words);
            else if (IsControl(rune)) continue;
            else if (rune.IsAscii && !IsAlone(rune)) word.Append(char.ToLowerInvariant((char)rune.Value));
            else Add(rune, word, words);
        }
        End(word, words);
        return words;
    }

    /// <summary>
    /// Without its mark a character may be a sign: ≠ is =, and the Greek question mark is a semicolon.
    /// </summary>
    private static void Add(Rune rune, StringBuilder word, List<string> words)
    {
        var alone = IsAlone(rune);
        if (alone) End(word, words);
        var from = word.Length;
        Accents.AppendPlain(word, rune);
        if (alone) End(word, words);
        else if (word.Length - from == 1 && !char.IsSurrogate(word[from]) && IsAlone(new Rune(word[from])))
        {
            var sign = word[from].ToString();
            word.Length = from;
            End(word, words);
            words.Add(sign);
        }
    }

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }

    /// <summary>
    /// The longest piece from the left, again and again; a word with a part that no piece covers is unknown.
    /// </summary>
    private void AddPieces(string word, List<int> ids)
    {
        var before = ids.Count;
        if (LengthInRunes(word) > LongestWord)
        {
            ids.Add(_unknown);
            return;
        }
        Span<char> piece = stackalloc char[word.Length + 2];
        "##".CopyTo(piece);
        word.CopyTo(piece[2..]);
        for (var start = 0; start < word.Length;)
        {
            var (end, id) = (word.Length, -1);
            for (; end > start && id < 0; end--)
            {
                // The marks of a piece inside a word take the place of the two characters before it.
                var from = start == 0 ? 2 : start;
                if (start > 0) (piece[from], piece[from + 1]) = ('#', '#');
                id = _find.TryGetValue(piece[from..(end + 2)], out var found) ? found : -1;
            }
            if (id < 0)
            {
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(_unknown);
                return;
            }
            ids.Add(id);
            start = end + 1;
        }
    }

    private static int LengthInRunes(string word)
    {
        var length = 0;
        foreach (var c in word) if (!char.IsLowSurrogate(c)) length++;
        return length;
    }

    private static bool IsSpace(Rune rune) => rune.Value is ' ' or '\t' or '\n' or '\r'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
        or UnicodeCategory.Surrogate;

    /// <summary>
    /// Every ASCII sign and everything Unicode calls punctuation, and ideographs. Symbols such as € stay in their word.
    /// </summary>
    private static bool IsAlone(Rune rune) => rune.Value switch
    {
        >= 33 and <= 47 or >= 58 and <= 64 or >= 91 and <= 96 or >= 123 and <= 126 => true,
        >= 0x4e00 and <= 0x9fff or >= 0x3400 and <= 0x4dbf or >= 0x20000 and <= 0x2a6df or >= 0x2a700 and <= 0x2b73f
            or >= 0x2b740 and <= 0x2b81f or >= 0x2b820 and <= 0x2ceaf or >= 0xf900 and <= 0xfaff
            or >= 0x2f800 and <= 0x2fa1f => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation,
    };
}
