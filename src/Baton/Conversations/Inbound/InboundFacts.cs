using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Baton.Conversations.Attachments;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Text;
using Baton.Text.Words;

namespace Baton.Conversations.Inbound;

/// <summary>A delivery turned into rows and events, before anything is written.</summary>
internal sealed record InboundFacts(
    IReadOnlyList<MessageRow> Rows, IReadOnlyList<ConversationEvent> Events)
{
    /// <summary>Names of messages in their channel, with their rows.</summary>
    public IReadOnlyList<(DeliveryName Name, string MessageId)> Names { get; init; } = [];

    /// <summary>Files of the messages.</summary>
    public IReadOnlyList<AttachmentRow> Files { get; init; } = [];

    private const int LongestWord = 32;

    private static readonly SearchValues<char> WordLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_-");

    /// <summary>Rows and events of a new ticket.</summary>
    public static InboundFacts ForTicket(InboundTicket ticket, Redactor redactor, Limits limits, DateTimeOffset now)
    {
        var placeholders = new Placeholders();
        KnowSender(placeholders, ticket);
        // A clock that runs ahead must not make a ticket that nobody has to answer yet.
        var written = ticket.CreatedAt is { } told && told < now ? told : now;
        var subject = ticket.Subject is null ? null : redactor.Redact(ticket.Subject, placeholders).Text;
        var customer = Pseudonym(ticket, redactor);
        var events = new List<ConversationEvent>
        {
            new ConversationEvent.ConversationStarted(
                ticket.TicketId, ticket.Channel, subject, customer,
                ticket.CustomerTier is null ? null : Name(ticket.CustomerTier, redactor, placeholders),
                ticket.RecentTickets, Redacted(ticket.Fields, redactor, placeholders)),
        };
        var rows = new List<MessageRow>(ticket.Messages.Count);
        foreach (var message in ticket.Messages)
        {
            var position = rows.Count + 1;
            var row = new MessageRow
            {
                Id = $"{ticket.TicketId}/{position}", ConversationId = ticket.TicketId, Position = position,
                Channel = ticket.Channel, Author = message.From, Body = message.Text, ReceivedAt = written,
                ExternalId = position == 1 ? ticket.ExternalId : null,
                Sender = position == 1 ? SenderJson.Of(ticket) : null, Subject = position == 1 ? ticket.Subject : null,
            };
            var received = Received(row, message, ticket.Subject, redactor, placeholders, limits);
            events.Add(received);
            rows.Add(row with { CustomerId = customer, Redacted = received.Text });
        }
        if (placeholders.Count > 0) rows[^1] = rows[^1] with { Placeholders = placeholders.ToJson() };
        return new InboundFacts(rows, events);
    }

    /// <summary>Row and event of one more message.</summary>
    public static InboundFacts ForMessage(
        Conversation before, InboundText message, string? externalId, Placeholders placeholders, Redactor redactor,
        Limits limits, DateTimeOffset now) =>
        ForMessages(before, [message with { ExternalId = externalId, By = null }], placeholders, redactor, limits, now);

    /// <summary>
    /// Rows and events of further messages. What a person of the team wrote elsewhere on a ticket that people have is
    /// their reply, as if it had been written here.
    /// </summary>
    public static InboundFacts ForMessages(
        Conversation before, IReadOnlyList<InboundText> messages, Placeholders placeholders, Redactor redactor,
        Limits limits, DateTimeOffset now)
    {
        var isPeoples = before.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;
        var (rows, events) = (new List<MessageRow>(messages.Count), new List<ConversationEvent>(messages.Count));
        foreach (var message in messages)
        {
            var (known, position) = (placeholders.Count, before.Messages + rows.Count + 1);
            var row = new MessageRow
            {
                Id = $"{before.Id}/{position}", ConversationId = before.Id, Position = position,
                Channel = before.Channel, ExternalId = message.ExternalId, Author = message.From, Body = message.Text,
                ReceivedAt = now, Digest = DeliveryDigest.Of(message, message.ExternalId),
            };
            var received = Received(row, message, null, redactor, placeholders, limits);
            row = row with { CustomerId = before.CustomerId, Redacted = received.Text };
            events.Add(isPeoples && message is { From: Author.Agent, By: { } by }
                ? new ConversationEvent.AgentReplied(row.Id, by, received.Text) : received);
            rows.Add(placeholders.Count > known ? row with { Placeholders = placeholders.ToJson(known) } : row);
        }
        return new InboundFacts(rows, events);
    }

    private static ConversationEvent.MessageReceived Received(
        MessageRow row, InboundText message, string? subject, Redactor redactor, Placeholders placeholders,
        Limits limits)
    {
        var seen = message.Seen();
        var automatic = message.From == Author.Customer ? AutomaticMail.Of(message.Headers, subject, seen) : null;
        // Redact all of it and cut afterwards: a cut in the middle of a card number would let half of it through.
        var text = redactor.Redact(seen, placeholders).Text;
        var truncated = text.Length > limits.MessageCharacters;
        return new ConversationEvent.MessageReceived(
            row.Id, row.Position, row.Author, CutText.Of(text, limits.MessageCharacters), row.Body.Length,
            truncated, row.ReceivedAt, automatic is null ? null : redactor.Redact(automatic, placeholders).Text);
    }

    /// <summary>The sender's own name and address are personal data wherever they turn up in the text.</summary>
    private static void KnowSender(Placeholders placeholders, InboundTicket ticket)
    {
        if (!string.IsNullOrWhiteSpace(ticket.CustomerEmail))
            placeholders.For(PersonalDataType.Email, ticket.CustomerEmail);
        if (!string.IsNullOrWhiteSpace(ticket.CustomerPhone))
            placeholders.For(PersonalDataType.Phone, ticket.CustomerPhone);
        if (!string.IsNullOrWhiteSpace(ticket.CustomerName))
            placeholders.For(PersonalDataType.Person, ticket.CustomerName);
    }

    /// <summary>An id that is itself personal data (an e-mail address, say) is replaced by a digest of it.</summary>
    private static string? Pseudonym(InboundTicket ticket, Redactor redactor)
    {
        var id = string.IsNullOrWhiteSpace(ticket.CustomerId) ? ticket.CustomerEmail : ticket.CustomerId;
        if (string.IsNullOrWhiteSpace(id)) return null;
        return id.Length <= 64 && redactor.Find(id).Count == 0 ? id : Pseudonym(id);
    }

    /// <summary>The same for the same id in any case.</summary>
    internal static string Pseudonym(string id) =>
        "c-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToLowerInvariant())))[..16];

    private static Dictionary<string, string> Redacted(
        IReadOnlyDictionary<string, string> fields, Redactor redactor, Placeholders placeholders)
    {
        var redacted = new Dictionary<string, string>(fields.Count);
        foreach (var (name, value) in fields)
            redacted[Name(name, redactor, placeholders)] = redactor.Redact(value, placeholders).Text;
        return redacted;
    }

    /// <summary>A name of a field or tier. A word of small letters holds no address and no number.</summary>
    private static string Name(string name, Redactor redactor, Placeholders placeholders) =>
        name.Length <= LongestWord && !name.AsSpan().ContainsAnyExcept(WordLetters)
            ? name
            : redactor.Redact(name, placeholders).Text;
}
