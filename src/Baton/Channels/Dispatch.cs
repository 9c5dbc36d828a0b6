using System.Diagnostics;
using System.Text.Json;
using Baton.Channels.Email;
using Baton.Channels.Events;
using Baton.Channels.Recording;
using Baton.Conversations;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels;

/// <summary>
/// Gives what the outbox holds to the channel of its name. What nobody can send is held, with the reason.
/// </summary>
internal sealed class Dispatch(
    ChannelList channels, Database database, ConversationStore store, LetterPost letters, TimeProvider clock)
{
    /// <summary>What the receipt of a text says that waits to be read.</summary>
    private const string Kept = "kept for reading";

    /// <summary>The sender of every row of the outbox.</summary>
    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == Notices.Kind) return await TellAsync(message, cancellationToken);
        if (message.Kind == PrivateLetter.Kind) return await letters.SendAsync(message, cancellationToken);
        if (channels.Find(message.Kind) is not { } channel)
            return new SendOutcome.Held(
                $"there is no channel '{message.Kind}' here: the text can be read at /api/tickets/{message.Key}. "
                + $"Where that is how it is fetched, add '{message.Kind}' to BATON__Channels__Read");
        if (RecordRows.TicketOf(message) is { } recorded)
            return await RecordAsync(channel, message, recorded, cancellationToken);
        if (EventKeeper.TicketOf(message) is { } told)
            return channel.Missing(ChannelWays.Out) is { } unset ? new SendOutcome.Held(unset)
                : database.Read(connection => EventKeeper.Read(connection, message, told)) is { } fact
                    ? Outcome(await channel.DeliverAsync(fact, cancellationToken))
                    : new SendOutcome.Refused("the event is no longer there");
        if (!channel.Ways.HasFlag(ChannelWays.Out)) return new SendOutcome.Delivered(Kept);
        if (channel.Missing(ChannelWays.Out) is { } missing) return new SendOutcome.Held(missing);
        return Text(message) is { } text
            ? Outcome(await channel.DeliverAsync(text, cancellationToken))
            : new SendOutcome.Refused("the message is no longer there: it was erased");
    }

    /// <summary>The first record of a ticket of another channel says how it is called there.</summary>
    private async Task<SendOutcome> RecordAsync(
        IChannel channel, OutboxMessage message, string ticketId, CancellationToken cancellationToken)
    {
        if (channel.Missing(ChannelWays.Records) is { } missing) return new SendOutcome.Held(missing);
        if (database.Read(connection => RecordRows.Read(connection, message, ticketId)) is not { } record)
            return new SendOutcome.Refused("the ticket is no longer there: it was erased");
        var outcome = await channel.DeliverAsync(record, cancellationToken);
        if (outcome is DeliveryOutcome.Delivered { Id: { } id } && record.ExternalId is null)
            await RememberAsync(ticketId, new ConversationEvent.TicketRecorded(channel.Name, id));
        return Outcome(outcome);
    }

    private async Task RememberAsync(string ticketId, ConversationEvent.TicketRecorded fact)
    {
        while (true)
        {
            var before = store.Load(ticketId);
            var saved = await database.WriteAsync(
                transaction => store.Save(transaction, before, [fact], clock.GetUtcNow()), CancellationToken.None);
            if (saved is null) continue;
            store.Remember(saved);
            return;
        }
    }

    private async Task<SendOutcome> TellAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var found = database.Read(connection => Notices.Find(connection, message));
        if (found is not { ClosedAt: null, Notice: var notice } raised)
            return new SendOutcome.Delivered("closed before it was sent");
        if (channels.ForNotices is not { } channel)
            return new SendOutcome.Held(
                "no channel here carries notices: the console and `baton jobs notices` show them");
        return Outcome(await channel.DeliverAsync(new OutgoingNotice
        {
            IdempotencyKey = message.IdempotencyKey, To = notice.To, Urgency = notice.Urgency,
            Group = notice.Group,
            Title = notice.Title, Text = notice.Text, At = raised.RaisedAt,
        }, cancellationToken));
    }

    private OutgoingText? Text(OutboxMessage message)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(message.Payload);
        var id = payload.GetProperty("message_id").GetString()!;
        // Rows of older releases do not say which kind of text it is.
        var kind = payload.TryGetProperty("kind", out var given) ? given.GetString()! : "replied";
        return database.Read(connection => MessageRows.Outgoing(connection, id)) is { } row
            ? new OutgoingText
            {
                IdempotencyKey = message.IdempotencyKey, TicketId = message.Key, Position = row.Position,
                From = row.From, Kind = kind, Text = row.Body, At = row.At, Subject = row.Subject,
                ExternalId = row.ExternalId, AnswersId = row.AnswersId, CustomerId = row.CustomerId,
                CustomerEmail = row.Sender?.Email, CustomerName = row.Sender?.Name,
                CustomerPhone = row.Sender?.Phone, CustomerWroteAt = row.WroteAt, IsRepeated = message.IsRepeated,
            }
            : null;
    }

    /// <summary>The outcome of a channel as the outbox knows it.</summary>
    public static SendOutcome Outcome(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Delivered delivered => new SendOutcome.Delivered(delivered.Id),
        DeliveryOutcome.Retry retry => new SendOutcome.Retry(retry.Why, retry.After),
        DeliveryOutcome.Rejected rejected => new SendOutcome.Refused(rejected.Why),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
