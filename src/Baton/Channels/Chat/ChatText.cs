using System.Text.RegularExpressions;
using Baton.Conversations.Findings;
using Baton.Conversations.Solving;
using Baton.Conversations.Verdicts;

namespace Baton.Channels.Chat;

/// <summary>
/// A text for the chat: what the window shows in its own way, as sources, offers and the question for a rating, is
/// taken out of the words. What is not found word for word stays.
/// </summary>
internal static partial class ChatText
{
    /// <summary>What answers say before their sources.</summary>
    private const string Sources = "\n\nSource: ";

    /// <param name="text">As it stands in the message table.</param>
    /// <param name="titles">Of the articles that it quotes.</param>
    /// <param name="offers">Passages that stand beside it.</param>
    /// <param name="rating">The brand's words for rating, with their hole.</param>
    public static string Of(
        string text, IReadOnlyList<string> titles, IReadOnlyList<Offer> offers, string rating)
    {
        if (titles.Count > 0) text = Without(text, Sources + string.Join("; ", titles));
        foreach (var offer in offers) text = WithoutOffer(text, SolvedLinks.Quoted(offer));
        if (rating.Split(RatingLinks.Hole, 2) is [var before, var after]) text = WithoutRating(text, before, after);
        return Gap().Replace(text.ReplaceLineEndings("\n"), "\n\n").Trim();
    }

    private static string Without(string text, string part)
    {
        var at = text.LastIndexOf(part, StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, part.Length);
    }

    private static string WithoutOffer(string text, string quoted)
    {
        var at = text.IndexOf(quoted, StringComparison.Ordinal);
        if (at < 0) return text;
        var end = at + quoted.Length;
        if (text.AsSpan(end).StartsWith("\n" + SolvedLinks.Words, StringComparison.Ordinal))
            end = text.IndexOf('\n', end + 1) is > 0 and var line ? line : text.Length;
        return text.Remove(at, end - at);
    }

    private static string WithoutRating(string text, string before, string after)
    {
        var at = text.LastIndexOf("\n\n" + before, StringComparison.Ordinal);
        return at >= 0 && text.IndexOf(RatingLinks.Path, at, StringComparison.Ordinal) > 0
            && text.EndsWith(after, StringComparison.Ordinal) ? text[..at] : text;
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex Gap();
}
