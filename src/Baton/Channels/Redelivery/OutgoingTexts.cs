using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Redelivery;

/// <summary>Texts in the outbox: the row names the message, what is sent is made of the message table.</summary>
internal static class OutgoingTexts
{
    /// <summary>What is sent; null when the message is no longer there.</summary>
    public static OutgoingText? Read(ReadConnection connection, OutboxMessage message)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(message.Payload);
        if (!payload.TryGetProperty("message_id", out var id)
            || MessageRows.Outgoing(connection, id.GetString()!) is not { } row) return null;
        // What one channel calls things means nothing to another.
        var isItsOwn = row.Channel == message.Kind;
        return new OutgoingText
        {
            IdempotencyKey = message.IdempotencyKey, TicketId = message.Key, Position = row.Position, From = row.From,
            // Rows of older releases do not say which kind of text it is.
            Kind = payload.TryGetProperty("kind", out var given) ? given.GetString()! : "replied",
            Text = row.Body, At = row.At, Subject = row.Subject, ExternalId = isItsOwn ? row.ExternalId : null,
            AnswersId = isItsOwn ? row.AnswersId : null, CustomerId = row.CustomerId,
            CustomerEmail = row.Sender?.Email, CustomerName = row.Sender?.Name, CustomerPhone = row.Sender?.Phone,
            CustomerWroteAt = isItsOwn ? row.WroteAt : null, IsRepeated = message.IsRepeated,
            // Customers have their own.
            Files = row.From == "agent" ? Files(connection, message.Key, row.Position) : [],
        };
    }

    private static List<OutgoingFile> Files(ReadConnection connection, string ticket, int position) =>
    [
        .. AttachmentRow.Of(connection, ticket).Where(f => f.Position == position && f.NotStored is null)
            .Select(f => AttachmentRow.Find(connection, ticket, position, f.Number)).OfType<AttachmentRow>()
            .Select(f => new OutgoingFile(f.Name, f.Type, f.Body)),
    ];
}
