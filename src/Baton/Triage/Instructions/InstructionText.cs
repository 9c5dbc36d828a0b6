using Baton.Text;

namespace Baton.Triage.Instructions;

/// <summary>The words of a text in their normal form.</summary>
internal static class InstructionText
{
    private const int LongestWord = 40;

    /// <summary>Words and numbers; single letters in a row ("i g n o r e") are joined.</summary>
    public static List<string> Words(ReadOnlySpan<char> text, int most)
    {
        var words = new List<string>();
        var letters = 0;
        Span<char> buffer = stackalloc char[LongestWord * 2];
        foreach (var token in Tokenizer.Split(text))
        {
            if (words.Count >= most) break;
            if (token.Kind == TokenKind.Mark) continue;
            var part = token.In(text);
            if (part.Length > LongestWord) part = part[..LongestWord];
            var length = Letters.Normalize(part, buffer);
            if (length == 0) continue;
            if (length == 1 && char.IsAsciiLetter(buffer[0]))
            {
                letters++;
            }
            else
            {
                if (letters >= 4) Spelled(words, letters);
                letters = 0;
            }
            words.Add(new string(buffer[..length]));
        }
        if (letters >= 4) Spelled(words, letters);
        return words;
    }

    /// <summary>Joins the last words, which are single letters, into one.</summary>
    private static void Spelled(List<string> words, int letters)
    {
        var start = words.Count - letters;
        var word = string.Concat(words.Skip(start));
        words.RemoveRange(start, letters);
        words.Add(word);
    }
}
