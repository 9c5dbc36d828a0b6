using System.Security.Cryptography;
using System.Text;
using Baton.Conversations.RawTexts;
using Baton.Storage;

namespace Baton.Conversations.Inbound;

/// <summary>What kind of name a delivery has. Names of different kinds are never the same.</summary>
internal enum DeliveryKind
{
    /// <summary>What a channel calls the delivery that opened a ticket.</summary>
    Ticket,

    /// <summary>What the sender calls one message of a conversation.</summary>
    Message,

    /// <summary>An <c>Idempotency-Key</c>.</summary>
    Key,

    /// <summary>What a message is called in its whole channel: later ones refer to it.</summary>
    Name,
}

/// <summary>A name that makes a delivery the same one when it comes again, and where that name counts.</summary>
internal readonly record struct DeliveryName(DeliveryKind Kind, string Scope, string Id)
{
    /// <summary>What whoever looks for it and adds it holds meanwhile.</summary>
    public string Lock => $"delivery/{Kind}/{Scope}/{Id}";

    public static DeliveryName OfTicket(string channel, string id) => new(DeliveryKind.Ticket, channel, id);

    /// <summary>Neither channels nor ids have a space, so the two cannot run together.</summary>
    public static DeliveryName OfMessage(string channel, string conversationId, string id) =>
        new(DeliveryKind.Message, $"{channel} {conversationId}", id);

    public static DeliveryName OfName(string channel, string id) => new(DeliveryKind.Name, channel, id);

    /// <param name="conversationId">Null when the delivery opens a ticket.</param>
    public static DeliveryName OfKey(string? conversationId, string key) =>
        new(DeliveryKind.Key, conversationId ?? "", key);
}

/// <summary>A delivery that came before.</summary>
/// <param name="Digest">Null when it came before digests were kept.</param>
/// <param name="Turn">Customer messages of the conversation up to it.</param>
/// <param name="IsErased">Nobody can say any more what it held.</param>
internal sealed record KnownDelivery(
    string MessageId, string ConversationId, string Channel, string? Subject, string? Digest, int Turn,
    bool IsErased);

/// <summary>
/// SQL of the names of deliveries. A sender may choose an address as a name, so only its digest is kept; rows of older
/// releases hold the name itself.
/// </summary>
internal static class Deliveries
{
    private static readonly string Known = """
        select m.conversation_id, m.channel,
            (select count(*) from messages c
                where c.conversation_id = m.conversation_id and c.position <= m.position and c.author = 'customer'),
            m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest
        from messages m
        """;

    /// <summary>The message that came under this name, or null.</summary>
    public static KnownDelivery? Find(ReadConnection connection, DeliveryName name) => connection.First(
        $"{Known} where m.id = (select message_id from deliveries where kind = $1 and scope = $2 and id in ($3, $4) limit 1)",
        row => Map(connection, row), Word(name.Kind), name.Scope, Digest(name.Id), name.Id);

    /// <summary>The delivery that opened a conversation, or null when there is no such conversation.</summary>
    public static KnownDelivery? FindOpening(ReadConnection connection, string conversationId) => connection.First(
        $"{Known} where m.conversation_id = $1 and m.position = 1", row => Map(connection, row), conversationId);

    /// <summary>The texts of a message and of those that came after it, so many at most.</summary>
    public static List<string> Texts(ReadConnection connection, string messageId, int count) => connection.Query(
        """
        select m.id, m.key_id, m.sealed, m.body, m.subject, m.sender, m.digest from messages f join messages m
            on m.conversation_id = f.conversation_id and m.position >= f.position
        where f.id = $1 order by m.position limit $2
        """,
        row => MessageSeal.Open(connection, row, 0).Body ?? "", messageId, (long)count);

    /// <summary>Remembers a name; one that is known stays with its message.</summary>
    public static void Insert(WriteTransaction transaction, DeliveryName name, string messageId) => transaction.Execute(
        """
        insert into deliveries (kind, scope, id, message_id) values ($1, $2, $3, $4)
        on conflict (kind, scope, id) do nothing
        """,
        Word(name.Kind), name.Scope, Digest(name.Id), messageId);

    internal static string Digest(string id) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static string Word(DeliveryKind kind) => kind switch
    {
        DeliveryKind.Ticket => "ticket",
        DeliveryKind.Message => "message",
        DeliveryKind.Name => "name",
        _ => "key",
    };

    private static KnownDelivery Map(ReadConnection connection, Row row)
    {
        var words = MessageSeal.Open(connection, row, 3);
        return new(
            row.Text(3), row.Text(0), row.Text(1), words.Subject, words.Digest, row.Int32(2),
            IsErased: words.Body is null);
    }
}
