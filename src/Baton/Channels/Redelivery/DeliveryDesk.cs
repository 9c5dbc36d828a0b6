using Baton.Channels.Events;
using Baton.Channels.Recording;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Redelivery;

/// <summary>
/// What a person does about a text that has not arrived: send it again, or by another channel. Who did it is a fact on
/// the ticket.
/// </summary>
internal sealed class DeliveryDesk(
    ConversationStore store, ChannelList channels, Outbox outbox, Notices notices, ConversationFeed feed,
    TimeProvider clock)
{
    /// <summary>Texts of a ticket that are put aside and wait for somebody, oldest first.</summary>
    public IReadOnlyList<OutboxView> Held(string ticket) =>
    [
        .. store.Database.Read(connection => Outbox.HeldOf(connection, ticket)).Where(
            view => RecordRows.TicketOf(view.Message) is null && EventKeeper.TicketOf(view.Message) is null),
    ];

    /// <summary>Channels by which a text could go instead of the one it is for.</summary>
    public IReadOnlyList<string> Others(string messageId) => store.Database.Read(connection =>
        outbox.Find(connection, messageId) is { } view
            ? [.. channels.All.Where(c => Problem(connection, view, c) is null).Select(c => c.Name)] : (string[])[]);

    /// <summary>Sends a message of a ticket again.</summary>
    /// <param name="position">Of the message, from 1.</param>
    /// <param name="channel">By which; null: the one it is for.</param>
    /// <param name="by">Who wants it.</param>
    public async Task<RedeliveryOutcome> SendAsync(
        string ticket, int position, string? channel, string by, CancellationToken cancellationToken)
    {
        var messageId = $"{ticket}/{position}";
        while (true)
        {
            var before = store.Load(ticket);
            if (before.Version == 0) return new RedeliveryOutcome.NotFound($"there is no ticket {ticket}");
            var (outcome, saved) = await store.Database.WriteAsync(
                transaction => Send(transaction, before, messageId, channel, by), cancellationToken);
            if (outcome is not RedeliveryOutcome.OnItsWay sent) return outcome;
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(ticket, new ConversationEvent.DeliveryRetried(messageId, sent.Channel, by));
            return outcome;
        }
    }

    private (RedeliveryOutcome Outcome, Conversation? Saved) Send(
        WriteTransaction transaction, Conversation before, string messageId, string? channel, string by)
    {
        if (outbox.Find(transaction, messageId) is not { } view || view.Message.Key != before.Id)
            return (new RedeliveryOutcome.NotFound($"nothing was sent to the customer as message {messageId}"), null);
        var isBack = before.Undelivered.ContainsKey(messageId);
        if (view.NextAt is not null)
            return (new RedeliveryOutcome.Refused($"message {messageId} is on its way already"), null);
        if (view.DeliveredAt is not null && !isBack)
            return (new RedeliveryOutcome.Refused($"message {messageId} was delivered: it is not sent twice"), null);
        var (from, to) = (view.Message.Kind, channel ?? view.Message.Kind);
        if (to != from && Why(transaction, view, to) is { } why) return (new RedeliveryOutcome.Refused(why), null);
        var fact = new ConversationEvent.DeliveryRetried(messageId, to, by);
        if (store.Save(transaction, before, [fact], clock.GetUtcNow()) is not { } saved)
            return (new RedeliveryOutcome.OnItsWay(to), null);
        outbox.SendAgain(transaction, view, to, byPerson: true);
        if (to != from && !Outbox.HasGivenUp(transaction, from))
            notices.Close(transaction, DeliveryFailures.Group(from));
        return (new RedeliveryOutcome.OnItsWay(to), saved);
    }

    private string? Why(ReadConnection connection, OutboxView view, string name) =>
        channels.Find(name) is { } channel
            ? Problem(connection, view, channel)
            : $"there is no channel '{name}'{Suggestion.Hint(name, [.. channels.All.Select(c => c.Name)])}";

    /// <summary>Why a text cannot go by a channel, or null.</summary>
    private static string? Problem(ReadConnection connection, OutboxView view, IChannel channel) =>
        channel.Name == view.Message.Kind || !channel.Ways.HasFlag(ChannelWays.Out)
            ? $"channel {channel.Name} is no other way to the customer"
        : channel.Missing(ChannelWays.Out) is { } missing ? $"channel {channel.Name} is not set up: {missing}"
        : OutgoingTexts.Read(connection, view.Message with { Kind = channel.Name }) is not { } text
            ? "the message is no longer there: it was erased"
        : channel.Unreachable(text);
}

/// <summary>What came of sending a text again.</summary>
internal abstract record RedeliveryOutcome
{
    private RedeliveryOutcome() { }

    /// <param name="Channel">By which.</param>
    public sealed record OnItsWay(string Channel) : RedeliveryOutcome;

    public sealed record NotFound(string Why) : RedeliveryOutcome;

    /// <summary>It is not sent; why not, in words that say what to do.</summary>
    public sealed record Refused(string Why) : RedeliveryOutcome;
}
