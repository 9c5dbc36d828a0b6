using System.Globalization;
using Baton.Conversations.Judging;
using Baton.Playbooks;
using Baton.Playbooks.Channels;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Conversations.Verdicts;

/// <summary>
/// Tells the customer with a person's close that the ticket is closed, and asks how it was. Only where the brand asks
/// at all, links can be made, and the close is one of which a customer should hear.
/// </summary>
internal sealed class RatingAsk(RatingLinks links, PlaybookHost playbooks, Outbox outbox)
{
    /// <summary>Kind of the text, as channels see it.</summary>
    public const string Kind = "closed";

    /// <summary>The fact that is added to those of a close; null: nobody is asked.</summary>
    public ConversationEvent.RatingAsked? Of(Conversation before, IReadOnlyList<ConversationEvent> facts)
    {
        if (!facts.Any(f => f is ConversationEvent.Closed
            {
                Outcome: null or CloseOutcome.Solved or CloseOutcome.NotSolved,
            }) || before.Tally.Rating is not null) return null;
        var brand = Brand(before);
        if (brand.RatingText.Length == 0 || links.Make(before.Id) is null) return null;
        var after = facts.Aggregate(before, (state, fact) => state.Apply(fact, before.UpdatedAt));
        var text = brand.ClosedText.Replace("{ticket}", before.Id, StringComparison.Ordinal)
            .Replace("{brand}", brand.Name, StringComparison.Ordinal)
            .Replace("{promise}", "", StringComparison.Ordinal).Trim();
        return new ConversationEvent.RatingAsked($"{before.Id}/{after.Messages + 1}", text);
    }

    /// <summary>Writes the message with the link and sends it, in the transaction of the close.</summary>
    public void Say(
        WriteTransaction transaction, Conversation before, ConversationEvent.RatingAsked asked, DateTimeOffset at)
    {
        MessageRows.Insert(transaction, new MessageRow
        {
            Id = asked.MessageId, ConversationId = before.Id,
            Position = int.Parse(asked.MessageId.AsSpan(before.Id.Length + 1), CultureInfo.InvariantCulture),
            Channel = before.Channel, CustomerId = before.CustomerId, Author = Author.Baton,
            Body = links.Into(asked.Text, Brand(before).RatingText, before.Id), Redacted = asked.Text, ReceivedAt = at,
        });
        outbox.Add(transaction, MessageRows.Outgoing(before, asked.MessageId, Kind));
    }

    private Brand Brand(Conversation ticket) => playbooks.Current.On(ticket.Channel).Brand;
}
