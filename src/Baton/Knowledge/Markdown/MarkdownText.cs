using System.Buffers;
using System.Text;

namespace Baton.Knowledge.Markdown;

/// <summary>Markdown as a person would read it aloud: links by their words, no marks for emphasis or code.</summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`[<\\");

    /// <summary>The text of one line or sentence without inline marks; the rest stays as it is.</summary>
    public static string Plain(string markdown)
    {
        if (markdown.AsSpan().IndexOfAny(Marks) < 0) return markdown;
        var plain = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            if (c == '\\' && i + 1 < markdown.Length && char.IsPunctuation(markdown[i + 1])) plain.Append(markdown[++i]);
            else if (c == '[' && Link(markdown, i, plain) is var end and > 0) i = end;
            else if (c == '<' && Tag(markdown, i) is var close and > 0) i = close;
            else if (!IsMark(markdown, i)) plain.Append(c);
        }
        return plain.ToString();
    }

    /// <summary>Writes the words of a link and returns the place of its closing bracket; 0 when there is none.</summary>
    private static int Link(string text, int at, StringBuilder plain)
    {
        var close = text.AsSpan(at, Math.Min(500, text.Length - at)).IndexOf("](");
        if (close < 0) return 0;
        close += at;
        var end = text.AsSpan(close, Math.Min(2_000, text.Length - close)).IndexOf(')');
        if (end < 0) return 0;
        var words = Plain(text[(at + 1)..close]);
        var target = text[(close + 2)..(close + end)];
        plain.Append(words);
        if (target.StartsWith("http", StringComparison.Ordinal) && target != words) plain.Append($" ({target})");
        return close + end;
    }

    private static int Tag(string text, int at)
    {
        if (at + 1 >= text.Length || !(char.IsLetter(text[at + 1]) || text[at + 1] is '/' or '!')) return 0;
        var end = text.AsSpan(at, Math.Min(300, text.Length - at)).IndexOf('>');
        if (end < 0 || text.AsSpan(at, end).Contains("://", StringComparison.Ordinal)) return 0;
        return at + end;
    }

    /// <summary>Asterisks and back-quotes are marks; an underscore only at the edge of a word.</summary>
    private static bool IsMark(string text, int at) => text[at] switch
    {
        '`' => true,
        '*' => (at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1])) || (at > 0 && !char.IsWhiteSpace(text[at - 1])),
        '_' => !(at > 0 && char.IsLetterOrDigit(text[at - 1]) && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1])),
        _ => false,
    };
}
