using Baton.Operations.Links;

namespace Baton.Conversations.Verdicts;

/// <summary>The link by which a customer rates a ticket.</summary>
internal sealed class RatingLinks(SignedLinks links)
{
    /// <summary>First part of the path.</summary>
    public const string Purpose = "rate";

    /// <summary>How its links go on after the host.</summary>
    public const string Path = "/" + Purpose + "/";

    /// <summary>Hole of the brand's text that stands for the link.</summary>
    public const string Hole = "{link}";

    /// <summary>A link for a ticket; null where links cannot be made.</summary>
    public Uri? Make(string conversation) => links.IsOn ? links.Make(Purpose, conversation, Ratings.Window) : null;

    /// <summary>A text with the brand's words and the link under it; as it was without either.</summary>
    public string Into(string text, string words, string conversation) =>
        words.Length > 0 && Make(conversation) is { } link
            ? $"{text}\n\n{words.Replace(Hole, link.ToString(), StringComparison.Ordinal)}" : text;

    /// <summary>The ticket of a token; null when it is none of ours or over.</summary>
    public string? Read(string token) => links.Subject(Purpose, token);
}
