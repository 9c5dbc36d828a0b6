using System.Text;
using Baton.Text;
using Baton.Text.Words;

namespace Baton.Escalation.Triggers;

/// <summary>
/// What a customer sent, folded and in lower case, split at anything but letters, digits, apostrophes.
/// </summary>
internal static class CustomerWords
{
    /// <summary>Characters of a message that are searched for words.</summary>
    private const int Longest = 20_000;

    /// <summary>
    /// Words of subject and body: quotations and forwarded mail are in them, see <see cref="Baton.Text.NoticedWords"/>.
    /// </summary>
    public static IReadOnlyList<string> Of(string subject, string body)
    {
        var words = new List<string>();
        Add(words, subject);
        Add(words, CutText.Of(body, Longest));
        return words;
    }

    private static void Add(List<string> words, string text)
    {
        var word = new StringBuilder();
        foreach (var c in FoldedText.Of(PlaceholderMarks.Without(text)))
        {
            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (c is '\'' or '’' && word.Length > 0) word.Append('\'');
            else Flush(words, word);
        }
        Flush(words, word);
    }

    private static void Flush(List<string> words, StringBuilder word)
    {
        if (word.Length == 0) return;
        words.Add(word.ToString().TrimEnd('\''));
        word.Clear();
    }
}
