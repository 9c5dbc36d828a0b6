using System.Text.Json.Nodes;
using Baton.Conversations.RawTexts;
using Baton.Conversations.Inbound;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Conversations;

/// <summary>One row of the message table: raw text, sealed, and the only place where it is kept.</summary>
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

    /// <summary>Empty when it was erased.</summary>
    public required string Body { get; init; }

    /// <summary>
    /// The text without personal data: what is searched. Null when it was erased, and in rows of before the sweep.
    /// </summary>
    public string? Redacted { get; init; }

    /// <summary>Nothing of it is left but its place.</summary>
    public bool IsErased { get; init; }

    /// <summary>Its raw text lies in the archive: <see cref="Body"/> is the redacted one.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whose key closes it; null: the conversation's own. Not read back.</summary>
    public string? CustomerId { get; init; }

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
/// <param name="Channel">Of the ticket.</param>
/// <param name="ExternalId">What the channel called the delivery that opened the conversation.</param>
/// <param name="AnswersId">What the channel called the customer's last message before it.</param>
/// <param name="WroteAt">When that came.</param>
internal sealed record OutgoingRow(
    string Channel, int Position, string From, string Body, DateTimeOffset At, string? Subject, string? ExternalId,
    string? CustomerId, SenderJson? Sender, string? AnswersId, DateTimeOffset? WroteAt);

/// <summary>SQL of the message table.</summary>
internal static class MessageRows
{
    public static void Insert(WriteTransaction transaction, MessageRow row)
    {
        var key = MessageKeys.For(transaction, row.ConversationId, row.CustomerId);
        transaction.Execute(
            """
            insert into messages (id, conversation_id, position, channel, external_id, author, body, received_at, key_id,
                sealed, sealed_values, redacted, unsent)
            values ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, $11, $12)
            """,
            row.Id, row.ConversationId, (long)row.Position, row.Channel, row.ExternalId,
            EnumWords.Of(row.Author), SqlValue.Ms(row.ReceivedAt), key,
            MessageSeal.Close(
                transaction, key, row.Id, new SealedWords(row.Body, row.Subject, row.Sender, row.Digest)),
            MessageSeal.CloseValues(transaction, key, row.Id, row.Placeholders), row.Redacted,
            row.IsUnsent);
    }

    /// <summary>A reply that had waited is said from now on.</summary>
    public static void Send(WriteTransaction transaction, string messageId, DateTimeOffset at) => transaction.Execute(
        "update messages set unsent = 0, received_at = $1 where id = $2 and unsent = 1", SqlValue.Ms(at), messageId);

    /// <summary>Takes a reply away that never left; values that it brought stay, because texts may name them.</summary>
    public static void Remove(WriteTransaction transaction, string conversationId, string messageId)
    {
        var kept = transaction.First(
            "select id, key_id, sealed_values, placeholders from messages where id = $1",
            row => ValuesOf(transaction, row), messageId);
        transaction.Execute(
            """
            delete from attachments where conversation_id = $1
                and position in (select position from messages where id = $2 and unsent = 1)
            """,
            conversationId, messageId);
        transaction.Execute("delete from messages where id = $1 and unsent = 1", messageId);
        if (kept is not null) Keep(transaction, conversationId, kept);
    }

    /// <summary>The text of a reply that has not left; null when there is none.</summary>
    public static string? Unsent(ReadConnection connection, string messageId) => connection.First(
        """
        select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest from messages m
        where m.id = $1 and m.unsent = 1
        """,
        row => MessageSeal.Open(connection, row, 0), messageId).Body;

    /// <summary>Who began the conversation, as the channel gave it; null when it said nothing.</summary>
    public static SenderJson? Sender(ReadConnection connection, string conversationId) =>
        SenderJson.Read(connection.First(
            "select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest from messages m where m.conversation_id = $1 and m.position = 1",
            row => MessageSeal.Open(connection, row, 0), conversationId).Sender);

    /// <summary>What the customer wrote first after a place, raw; null when nothing yet.</summary>
    public static string? AnswerTo(ReadConnection connection, string conversationId, int position) => connection.First(
        """
        select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest from messages m
        where m.conversation_id = $1 and m.position > $2 and m.author = 'customer' order by m.position limit 1
        """,
        row => MessageSeal.Open(connection, row, 0), conversationId, (long)position).Body;

    /// <summary>
    /// Place of the remark of a rating: after every message of the conversation, and none of them.
    /// </summary>
    public const int RemarkPosition = 1_000_000;

    /// <summary>What the customer said with the rating, raw; null when nothing.</summary>
    public static string? Remark(ReadConnection connection, string conversationId) => connection.First(
        "select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest from messages m where m.conversation_id = $1 and m.position = $2",
        row => MessageSeal.Open(connection, row, 0), conversationId, (long)RemarkPosition).Body;

    /// <summary>Whether the raw remark lies in the archive.</summary>
    public static bool IsRemarkArchived(ReadConnection connection, string conversationId) => connection.Number(
        """
        select 1 from messages
        where conversation_id = $1 and position = $2 and archived is not null and erased_at is null
        """,
        conversationId, (long)RemarkPosition) is not null;

    /// <summary>The placeholders of a conversation as they are now.</summary>
    public static Placeholders Placeholders(ReadConnection connection, string conversationId)
    {
        var parts = connection.Query(
            """
            select id, key_id, sealed_values, placeholders from messages
            where conversation_id = $1 and (placeholders is not null or sealed_values is not null)
            order by position
            """,
            row => ValuesOf(connection, row), conversationId).OfType<string>().ToList();
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
        var (id, key, kept) = transaction.First(
            """
            select id, key_id, sealed_values, placeholders from messages where conversation_id = $1 and position < $2
            order by position desc limit 1
            """,
            row => (row.Text(0), row.Int64OrNull(1), ValuesOf(transaction, row)), conversationId, (long)RemarkPosition);
        if (id is null) return;
        var all = kept is null ? placeholders : Privacy.Placeholders.FromJson([kept, placeholders]).ToJson();
        if (key is null)
            transaction.Execute("update messages set placeholders = $1 where id = $2", all, id);
        else if (transaction.Keys.Find(key.Value) is not null)
            transaction.Execute(
                "update messages set sealed_values = $1 where id = $2",
                MessageSeal.CloseValues(transaction, key.Value, id, all), id);
    }

    private static string? ValuesOf(ReadConnection connection, Row row) => MessageSeal.Values(
        connection, row.Text(0), row.Int64OrNull(1), row.IsNull(2) ? null : row.Bytes(2), row.TextOrNull(3));

    /// <summary>A text that is to be sent, or null when it is no longer there.</summary>
    public static OutgoingRow? Outgoing(ReadConnection connection, string messageId)
    {
        var found = connection.First(
            """
            select m.position, m.author, m.received_at, f.external_id, c.customer_id, m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest,
                f.id, f.key_id, f.sealed, f.body, f.subject, f.sender, f.digest,
                (select external_id from messages a where a.conversation_id = m.conversation_id
                    and a.position < m.position and a.author = 'customer' and a.external_id is not null
                    order by a.position desc limit 1),
                (select received_at from messages w where w.conversation_id = m.conversation_id
                    and w.position < m.position and w.author = 'customer' order by w.position desc limit 1),
                f.channel
            from messages m
            join messages f on f.conversation_id = m.conversation_id and f.position = 1
            join conversations c on c.conversation_id = m.conversation_id
            where m.id = $1
            """,
            row => (
                Text: MessageSeal.Open(connection, row, 5), First: MessageSeal.Open(connection, row, 12),
                Made: new OutgoingRow(
                    row.Text(21), row.Int32(0), row.Text(1), "", row.Time(2), null, row.TextOrNull(3), row.TextOrNull(4), null,
                    row.TextOrNull(19), row.TimeOrNull(20))),
            messageId);
        return found.Text.Body is not { } body ? null : found.Made with
        {
            Body = body, Subject = found.First.Subject, Sender = SenderJson.Read(found.First.Sender),
        };
    }

    /// <summary>All messages of a conversation in order.</summary>
    public static List<MessageRow> Of(ReadConnection connection, string conversationId, int limit) => connection.Query(
        """
        select m.conversation_id, m.position, m.channel, m.external_id, m.author, m.received_at, m.redacted,
            m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest, m.archived, m.erased_at
        from messages m where m.conversation_id = $1 and m.position < $3 and m.unsent = 0 order by m.position limit $2
        """,
        row =>
        {
            var words = MessageSeal.Open(connection, row, 7);
            var isArchived = !row.IsNull(14) && words.Body is null && !row.IsNull(8) && row.IsNull(15);
            if (isArchived) words = words with { Body = row.TextOrNull(6) };
            return new MessageRow
            {
                Id = row.Text(7), ConversationId = row.Text(0), Position = row.Int32(1), Channel = row.Text(2),
                ExternalId = row.TextOrNull(3), Author = Enum.Parse<Author>(row.Text(4), ignoreCase: true),
                Sender = words.Sender, Subject = words.Subject, Body = words.Body ?? "", Redacted = row.TextOrNull(6),
                ReceivedAt = row.Time(5), IsErased = words.Body is null, IsArchived = isArchived,
            };
        },
        conversationId, (long)limit, (long)RemarkPosition);
}
