using Baton.Conversations.RawTexts;
using Baton.Storage;

namespace Baton.Conversations.Attachments;

/// <summary>One row of the table of attachments.</summary>
internal sealed record AttachmentRow
{
    public required string ConversationId { get; init; }

    /// <summary>Place of its message.</summary>
    public required int Position { get; init; }

    /// <summary>Place among the files of its message, from 1.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>By content.</summary>
    public required string Type { get; init; }

    public required long Size { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>Null where it was not stored, was erased, or was not asked for.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Why it was not stored, or null.</summary>
    public string? NotStored { get; init; }

    /// <summary>Its body lies in the archive.</summary>
    public bool IsArchived => NotStored == "archived";

    /// <summary>Closed with the key of its message, which is there before.</summary>
    public void Insert(WriteTransaction transaction)
    {
        var key = transaction.Number(
            "select key_id from messages where conversation_id = $1 and position = $2", ConversationId, (long)Position)
            ?? throw new InvalidOperationException($"no message {Position} of {ConversationId} has a key");
        transaction.Execute(
            """
            insert into attachments (conversation_id, position, number, name, type, size, not_stored, key_id,
                sealed_name, sealed)
            values ($1, $2, $3, '', $4, $5, $6, $7, $8, $9)
            """,
            ConversationId, (long)Position, (long)Number, Type, Size, NotStored, key,
            MessageSeal.Close(transaction, key, Place(ConversationId, Position, Number), new SealedWords(Name, Sha256)),
            Body is null ? null : MessageSeal.CloseFile(
                transaction, key, Place(ConversationId, Position, Number), Body));
    }

    /// <summary>All of a conversation, without their bodies.</summary>
    public static List<AttachmentRow> Of(ReadConnection connection, string conversationId) => connection.Query(
        """
        select position, number, type, size, not_stored, key_id, sealed_name, name, sha256 from attachments
        where conversation_id = $1 order by position, number
        """,
        row => Read(connection, row, conversationId), conversationId);

    /// <summary>One with its body; null when there is none, or nothing of it was kept.</summary>
    public static AttachmentRow? Find(ReadConnection connection, string conversationId, int position, int number) =>
        connection.First<AttachmentRow>(
            """
            select position, number, type, size, not_stored, key_id, sealed_name, name, sha256, sealed, body
            from attachments
            where conversation_id = $1 and position = $2 and number = $3 and (body is not null or sealed is not null)
            """,
            row => Read(connection, row, conversationId) with
            {
                Body = row.IsNull(9) ? row.Bytes(10) : MessageSeal.OpenFile(
                    connection, row.Int64(5), Place(conversationId, position, number), row.Utf8(9)),
            },
            conversationId, (long)position, (long)number) is { Body: not null } found ? found : null;

    /// <summary>Takes everything but that there was a file.</summary>
    public static int Erase(WriteTransaction transaction, string conversationId) => transaction.Execute(
        """
        update attachments set name = '', sha256 = null, body = null, key_id = null, sealed_name = null, sealed = null,
            not_stored = 'erased'
        where conversation_id = $1 and (not_stored is null or not_stored <> 'erased')
        """,
        conversationId);

    private static AttachmentRow Read(ReadConnection connection, Row row, string conversationId)
    {
        var (position, number) = (row.Int32(0), row.Int32(1));
        var words = row.IsNull(6) ? new SealedWords(row.Text(7), row.TextOrNull(8))
            : MessageSeal.OpenWords(
                connection, row.Int64(5), Place(conversationId, position, number), row.Utf8(6));
        return new AttachmentRow
        {
            ConversationId = conversationId, Position = position, Number = number, Name = words.Body ?? "",
            Type = row.Text(2), Size = row.Int64(3), Sha256 = words.Subject, NotStored = row.TextOrNull(4),
        };
    }

    private static string Place(string conversationId, int position, int number) =>
        $"{conversationId}/{position} file {number}";
}
