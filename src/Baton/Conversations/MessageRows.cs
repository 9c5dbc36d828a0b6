using System.Text.Json.Nodes;
using Baton.Conversations.Inbound;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Conversations;

/// <summary>One row of the message table: raw text, and the only place where it is kept.</summary>
internal sealed record MessageRow
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public required int Position { get; init; }

    public required string Channel { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>What the delivery held, see <see cref="DeliveryDigest"/>; on the first message of a delivery.</summary>
    public string? Digest { get; init; }

    public required Author Author { get; init; }

    /// <summary>
    /// JSON with <c>name</c>, <c>email</c> and <c>verified</c>, as the channel gave them; see <see cref="SenderJson"/>.
    /// </summary>
    public string? Sender { get; init; }

    public string? Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>
    /// The placeholders this message brought into the conversation. Rows of older releases hold all there were.
    /// </summary>
    public string? Placeholders { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>A person's reply that has not left: nobody but the inbox reads it.</summary>
    public bool IsUnsent { get; init; }
}

/// <summary>A text on its way out, with what its channel needs to find the place where it belongs.</summary>
/// <param name="From">Word of its author.</param>
/// <param name="ExternalId">What the channel called the delivery that opened the conversation.</param>
internal sealed record OutgoingRow(
    int Position, string From, string Body, DateTimeOffset At, string? Subject, string? ExternalId, string? CustomerId,
    SenderJson? Sender);

/// <summary>SQL of the message table.</summary>
internal static class MessageRows
{
    public static void Insert(WriteTransaction transaction, MessageRow row) => transaction.Execute(
        """
        insert into messages (id, conversation_id, position, channel, external_id, author, sender, subject, body,
            placeholders, received_at, digest, unsent)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        row.Id, row.ConversationId, (long)row.Position, row.Channel, row.ExternalId,
        EnumWords.Of(row.Author), row.Sender, row.Subject, row.Body, row.Placeholders,
        SqlValue.Ms(row.ReceivedAt), row.Digest, row.IsUnsent);

    /// <summary>A reply that had waited is said from now on.</summary>
    public static void Send(WriteTransaction transaction, string messageId, DateTimeOffset at) => transaction.Execute(
        "update messages set unsent = 0, received_at = $1 where id = $2 and unsent = 1", SqlValue.Ms(at), messageId);

    /// <summary>Takes a reply away that never left; values that it brought stay, because texts may name them.</summary>
    public static void Remove(WriteTransaction transaction, string conversationId, string messageId)
    {
        var kept = transaction.First(
            "select placeholders from messages where id = $1", row => row.TextOrNull(0), messageId);
        transaction.Execute("delete from messages where id = $1 and unsent = 1", messageId);
        if (kept is not null) Keep(transaction, conversationId, kept);
    }

    /// <summary>The text of a reply that has not left; null when there is none.</summary>
    public static string? Unsent(ReadConnection connection, string messageId) => connection.First(
        "select body from messages where id = $1 and unsent = 1", row => row.Text(0), messageId);

    /// <summary>Who began the conversation, as the channel gave it; null when it said nothing.</summary>
    public static SenderJson? Sender(ReadConnection connection, string conversationId) =>
        SenderJson.Read(connection.First(
        "select sender from messages where conversation_id = $1 and sender is not null order by position limit 1",
        row => row.Text(0), conversationId));

    /// <summary>
    /// Place of the remark of a rating: after every message of the conversation, and none of them.
    /// </summary>
    public const int RemarkPosition = 1_000_000;

    /// <summary>What the customer said with the rating, raw; null when nothing.</summary>
    public static string? Remark(ReadConnection connection, string conversationId) => connection.First(
        "select body from messages where conversation_id = $1 and position = $2",
        row => row.Text(0), conversationId, (long)RemarkPosition);

    /// <summary>The placeholders of a conversation as they are now.</summary>
    public static Placeholders Placeholders(ReadConnection connection, string conversationId)
    {
        var parts = connection.Query(
            """
            select placeholders from messages where conversation_id = $1 and placeholders is not null
            order by position
            """,
            row => row.Text(0), conversationId);
        return Privacy.Placeholders.FromJson(parts);
    }

    /// <summary>The row of the outbox for a text of a conversation.</summary>
    /// <param name="kind">Outcome of its decision, or <c>agent_replied</c>.</param>
    public static OutboxMessage Outgoing(Conversation conversation, string messageId, string kind) => new()
    {
        IdempotencyKey = messageId, Key = conversation.Id, Kind = conversation.Channel,
        Payload = new JsonObject { ["message_id"] = messageId, ["kind"] = kind }.ToJsonString(),
    };

    /// <summary>Keeps values that a later fact brought with the conversation's last message.</summary>
    /// <param name="placeholders">The new ones alone.</param>
    public static void Keep(WriteTransaction transaction, string conversationId, string placeholders)
    {
        var (id, kept) = transaction.First(
            """
            select id, placeholders from messages where conversation_id = $1 and position < $2
            order by position desc limit 1
            """,
            row => (row.Text(0), row.TextOrNull(1)), conversationId, (long)RemarkPosition);
        if (id is null) return;
        transaction.Execute(
            "update messages set placeholders = $1 where id = $2",
            kept is null ? placeholders : Privacy.Placeholders.FromJson([kept, placeholders]).ToJson(), id);
    }

    /// <summary>A text that is to be sent, or null when it is no longer there.</summary>
    public static OutgoingRow? Outgoing(ReadConnection connection, string messageId) => connection.First(
        """
        select m.position, m.author, m.body, m.received_at, f.subject, f.external_id, c.customer_id,
            (select sender from messages s where s.conversation_id = m.conversation_id and s.sender is not null
                order by s.position limit 1)
        from messages m
        join messages f on f.conversation_id = m.conversation_id and f.position = 1
        join conversations c on c.conversation_id = m.conversation_id
        where m.id = $1
        """,
        row => new OutgoingRow(
            row.Int32(0), row.Text(1), row.Text(2), row.Time(3), row.TextOrNull(4), row.TextOrNull(5),
            row.TextOrNull(6),
            SenderJson.Read(row.TextOrNull(7))),
        messageId);

    /// <summary>All messages of a conversation in order.</summary>
    public static List<MessageRow> Of(ReadConnection connection, string conversationId, int limit) => connection.Query(
        """
        select id, conversation_id, position, channel, external_id, author, sender, subject, body, placeholders,
            received_at
        from messages where conversation_id = $1 and position < $3 and unsent = 0 order by position limit $2
        """,
        row => new MessageRow
        {
            Id = row.Text(0), ConversationId = row.Text(1), Position = row.Int32(2), Channel = row.Text(3),
            ExternalId = row.TextOrNull(4), Author = Enum.Parse<Author>(row.Text(5), ignoreCase: true),
            Sender = row.TextOrNull(6), Subject = row.TextOrNull(7), Body = row.Text(8),
            Placeholders = row.TextOrNull(9), ReceivedAt = row.Time(10),
        },
        conversationId, (long)limit, (long)RemarkPosition);
}
