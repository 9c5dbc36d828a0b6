using System.Diagnostics;
using System.Text.Json.Nodes;
using Baton.Channels.Email;
using Baton.Channels.Events;
using Baton.Channels.Recording;
using Baton.Channels.Redelivery;
using Baton.Conversations;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels;

/// <summary>
/// Gives what the outbox holds to the channel of its name. What nobody can send is held, with the reason.
/// </summary>
internal sealed class Dispatch(
    ChannelList channels, Database database, ConversationStore store, LetterPost letters, KillSwitch killSwitch,
    TimeProvider clock, PreparedNotices? prepared = null)
{
    /// <summary>What the receipt of a text says that waits to be read.</summary>
    private const string ForReading = "kept for reading";

    /// <summary>The sender of every row of the outbox.</summary>
    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == Notices.Kind) return await TellAsync(message, cancellationToken);
        if (message.Kind == PreparedNotice.Kind) return await TellPreparedAsync(message, cancellationToken);
        if (message.Kind == PrivateLetter.Kind) return await letters.SendAsync(message, cancellationToken);
        if (Announcements.Read(message) is var (type, at, data))
            return await AnnounceAsync(message, type, at, data, cancellationToken);
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
        if (!channel.Ways.HasFlag(ChannelWays.Out)) return new SendOutcome.Delivered(ForReading);
        if (channel.Missing(ChannelWays.Out) is { } missing) return new SendOutcome.Held(missing);
        if (database.Read(connection => OutgoingTexts.Read(connection, message)) is not { } text)
            return new SendOutcome.Refused("the message is no longer there: it was erased");
        return Kept(message, text) is { } why
            ? new SendOutcome.Held(why)
            : Outcome(await channel.DeliverAsync(text, cancellationToken));
    }

    /// <summary>
    /// What automation has said and the customer does not have yet stays here when automation is stopped, or when
    /// people have taken over meanwhile: they decide. What tells of the handover goes out.
    /// </summary>
    private string? Kept(OutboxMessage message, OutgoingText text) =>
        message.IsByPerson || text.From != "baton" || text.Kind is not ("replied" or "asked" or "acted") ? null
        : killSwitch.Read().On || killSwitch.Of(KillScope.Channel, message.Kind) is not null
            ? "automation is stopped, and this is an answer of automation"
        : store.Load(text.TicketId).Locked ? "people have taken the ticket over since, and this is an answer of automation"
        : null;

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

    private async Task<SendOutcome> AnnounceAsync(
        OutboxMessage message, string type, DateTimeOffset at, JsonObject data, CancellationToken cancellationToken) =>
        channels.Find(message.Kind) is not { } channel || channel.Missing(ChannelWays.Out) is not null
            ? new SendOutcome.Refused("nobody asks for it any more")
            : Outcome(await channel.DeliverAsync(new OutgoingEvent
            {
                IdempotencyKey = message.IdempotencyKey, Type = type, At = at,
                Data = data.ToDictionary(field => field.Key, object? (field) => field.Value),
            }, cancellationToken));

    private async Task<SendOutcome> TellAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var found = database.Read(connection => Notices.Find(connection, message));
        if (found is not { ClosedAt: null, Notice: var notice } raised)
            return new SendOutcome.Delivered("closed before it was sent");
        if (channels.ForNotice(notice.To) is not { } channel) return Nobody(notice.To);
        return Outcome(await channel.DeliverAsync(new OutgoingNotice
        {
            IdempotencyKey = message.IdempotencyKey,
            To = Audience(notice.To), Urgency = notice.Urgency, Group = notice.Group, Title = notice.Title,
            Text = notice.Text, At = raised.RaisedAt,
        }, cancellationToken));
    }

    private async Task<SendOutcome> TellPreparedAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (prepared?.Invoke(message) is not { } notice)
            return new SendOutcome.Refused("the message is no longer there");
        if (channels.ForNotice(notice.To) is not { } channel) return Nobody(notice.To);
        return Outcome(await channel.DeliverAsync(new OutgoingNotice
        {
            IdempotencyKey = message.IdempotencyKey, To = Audience(notice.To), Urgency = NoticeUrgency.Low,
            Group = message.IdempotencyKey, Title = notice.Title, Text = notice.Text, At = notice.At,
            Html = notice.Html, Mail = notice.Mail, Picture = new OutgoingFile("chart.png", "image/png", notice.Chart),
        }, cancellationToken));
    }

    /// <summary>Who reads it where a channel is named.</summary>
    private static string Audience(string to) =>
        to.StartsWith(ChannelList.Named, StringComparison.Ordinal) ? "operators" : to;

    private static SendOutcome.Held Nobody(string to) => new(
        to.StartsWith(ChannelList.Named, StringComparison.Ordinal)
        ? $"'{to[ChannelList.Named.Length..]}' is no channel that is set up here and carries notices: "
            + "see `baton channels list`, and `notify` and `digest` in alerts.yaml"
        : "no channel here carries notices: the console and `baton jobs notices` show them");

    /// <summary>The outcome of a channel as the outbox knows it.</summary>
    public static SendOutcome Outcome(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Delivered delivered => new SendOutcome.Delivered(delivered.Id),
        DeliveryOutcome.Retry retry => new SendOutcome.Retry(retry.Why, retry.After),
        DeliveryOutcome.Rejected rejected => new SendOutcome.Refused(rejected.Why),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
