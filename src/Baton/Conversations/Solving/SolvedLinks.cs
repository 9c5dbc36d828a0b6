using System.Globalization;
using System.Text;
using Baton.Conversations.Findings;
using Baton.Operations.Links;

namespace Baton.Conversations.Solving;

/// <summary>The link under each offered passage by which the customer says that it solved the matter.</summary>
internal sealed class SolvedLinks(SignedLinks links)
{
    /// <summary>First part of the path.</summary>
    public const string Purpose = "solved";

    /// <summary>Stands before the link.</summary>
    public const string Words = "This solved it: ";

    /// <summary>How long somebody may come back to a passage.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>How a passage reads in a message; its link goes under it.</summary>
    public static string Quoted(Offer offer) =>
        $"{(offer.Heading.Length == 0 ? offer.Title : offer.Heading)}\n{offer.Text}\nSource: {offer.Title}";

    /// <summary>A text with the links under its passages; as it was where links cannot be made.</summary>
    public string Into(string text, string conversation, ConversationEvent.OfferMade made)
    {
        if (!links.IsOn) return text;
        var (result, at) = (new StringBuilder(), 0);
        for (var i = 0; i < made.Offers.Count; i++)
        {
            var quoted = Quoted(made.Offers[i]);
            var start = text.IndexOf(quoted, at, StringComparison.Ordinal);
            if (start < 0) continue;
            var subject = string.Create(CultureInfo.InvariantCulture, $"{made.Turn} {i + 1} {conversation}");
            result.Append(text, at, start + quoted.Length - at).Append('\n').Append(Words)
                .Append(links.Make(Purpose, subject, Life));
            at = start + quoted.Length;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>What the link is about; null when it is none of ours or over.</summary>
    public SolvedLink? Read(string token)
    {
        if (links.Subject(Purpose, token)?.Split(' ', 3) is not [var turn, var passage, var conversation]) return null;
        return new SolvedLink(
            conversation, int.Parse(turn, CultureInfo.InvariantCulture),
            int.Parse(passage, CultureInfo.InvariantCulture));
    }
}

/// <summary>One passage of one offer.</summary>
/// <param name="Passage">Its place, from 1.</param>
internal sealed record SolvedLink(string Conversation, int Turn, int Passage);
