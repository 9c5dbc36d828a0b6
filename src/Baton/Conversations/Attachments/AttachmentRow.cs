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

    public void Insert(WriteTransaction transaction) => transaction.Execute(
        """
        insert into attachments (conversation_id, position, number, name, type, size, sha256, body, not_stored)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        ConversationId, (long)Position, (long)Number, Name, Type, Size, Sha256, Body, NotStored);

    /// <summary>All of a conversation, without their bodies.</summary>
    public static List<AttachmentRow> Of(ReadConnection connection, string conversationId) => connection.Query(
        """
        select position, number, name, type, size, sha256, not_stored from attachments
        where conversation_id = $1 order by position, number
        """,
        row => new AttachmentRow
        {
            ConversationId = conversationId, Position = row.Int32(0), Number = row.Int32(1), Name = row.Text(2),
            Type = row.Text(3), Size = row.Int64(4), Sha256 = row.TextOrNull(5), NotStored = row.TextOrNull(6),
        },
        conversationId);

    /// <summary>One with its body; null when there is none, or nothing of it was kept.</summary>
    public static AttachmentRow? Find(ReadConnection connection, string conversationId, int position, int number) =>
        connection.First(
            """
            select name, type, size, sha256, body from attachments
            where conversation_id = $1 and position = $2 and number = $3 and body is not null
            """,
            row => new AttachmentRow
            {
                ConversationId = conversationId, Position = position, Number = number, Name = row.Text(0),
                Type = row.Text(1), Size = row.Int64(2), Sha256 = row.TextOrNull(3), Body = row.Bytes(4),
            },
            conversationId, (long)position, (long)number);
}
