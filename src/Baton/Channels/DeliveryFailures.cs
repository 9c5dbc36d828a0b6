using Baton.Channels.Events;
using Baton.Channels.Recording;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Storage;
using Baton.Storage.Outgoing;
using Baton.Text.Words;

namespace Baton.Channels;

/// <summary>
/// What a text that could not be delivered causes, in the transaction in which it is given up: a fact on its ticket,
/// and a notice.
/// When it is run again and arrives, that is a fact as well.
/// </summary>
internal sealed class DeliveryFailures(
    ConversationStore store, ConversationFeed feed, Notices notices, TimeProvider clock)
{
    /// <summary>Whom the notices are for.</summary>
    public const string Operators = "operators";

    /// <summary>Kind of a failure that the other side told of afterwards.</summary>
    public const string Returned = "returned";

    private const int LongestReason = 500;

    /// <summary>Group of the notices of a channel: one that is down is told of once.</summary>
    public static string Group(string channel) => "delivery/" + channel;

    public void GiveUp(WriteTransaction transaction, OutboxView view)
    {
        // A notice about a notice would have nowhere to go; the job is in the list.
        if (view.Message.Kind == Notices.Kind) return;
        var reason = Cut(view.Error ?? "");
        if (Besides(view) is { } what)
        {
            Tell(transaction, view, $"{what} was not sent, after {view.Attempts} attempts: {reason}");
            return;
        }
        Append(transaction, view, new ConversationEvent.DeliveryFailed(
            view.Message.IdempotencyKey, view.Message.Kind, view.IsRefused ? "rejected" : "gave_up", reason));
        Tell(transaction, view,
            $"Ticket {view.Message.Key} was not answered, after {view.Attempts} attempts: {reason}");
    }

    public void Recover(WriteTransaction transaction, OutboxView view)
    {
        if (view.Message.Kind == Notices.Kind) return;
        if (Besides(view) is null) Append(transaction, view,
            new ConversationEvent.DeliveryRecovered(view.Message.IdempotencyKey, view.Message.Kind));
        if (!Outbox.HasGivenUp(transaction, view.Message.Kind)) notices.Close(transaction, Group(view.Message.Kind));
    }

    /// <summary>What no customer reads: a letter, a record or an event of a ticket; null for texts.</summary>
    private static string? Besides(OutboxView view) =>
        view.Message.Kind == PrivateLetter.Kind ? "A letter to a person of the team" :
        view.Message.Kind == PreparedNotice.Kind ? "A digest" :
        RecordRows.TicketOf(view.Message) is { } recorded ? $"The record of ticket {recorded}"
        : EventKeeper.TicketOf(view.Message) is { } told ? $"An event of ticket {told}" : null;

    private void Tell(WriteTransaction transaction, OutboxView view, string what) =>
        notices.Raise(transaction, new Notice
        {
            To = Operators,
            Urgency = NoticeUrgency.High,
            Group = Group(view.Message.Kind),
            Title = $"Channel {view.Message.Kind} does not deliver",
            Text = $"{what}. `baton jobs list` shows what is lost, `baton jobs redrive` sends it again.",
        });

    /// <summary>The other side took it and brought it back later: a fact on its ticket, once, and a notice.</summary>
    public Task<IntakeOutcome> ReportAsync(
        string channel, Arrival.Failure failure, CancellationToken cancellationToken)
    {
        var ticket = failure.MessageId[..Math.Max(0, failure.MessageId.LastIndexOf('/'))];
        return store.Database.WriteAsync<IntakeOutcome>(transaction =>
        {
            transaction.Lock(ticket);
            var before = store.Load(transaction, ticket);
            if (before.Version == 0 || before.Channel != channel) return new IntakeOutcome.NotFound(ticket);
            var known = new IntakeOutcome.Duplicate(ticket, before.CustomerMessages);
            if (before.Undelivered.ContainsKey(failure.MessageId)) return known;
            var reason = Cut(failure.Why);
            Append(transaction, ticket,
                new ConversationEvent.DeliveryFailed(failure.MessageId, channel, Returned, reason));
            notices.Raise(transaction, new Notice
            {
                To = Operators, Urgency = NoticeUrgency.Normal, Group = "returned/" + channel,
                Title = $"Channel {channel} brings messages back",
                Text = $"A message of ticket {ticket} did not reach the customer: {reason}. Look at its page, and "
                    + "reach the customer otherwise.",
            });
            return known;
        }, cancellationToken);
    }

    private void Append(WriteTransaction transaction, OutboxView view, ConversationEvent fact) =>
        Append(transaction, view.Message.Key, fact);

    private void Append(WriteTransaction transaction, string ticket, ConversationEvent fact)
    {
        var before = store.Load(transaction, ticket);
        if (before.Version == 0) return;
        var saved = store.Save(transaction, before, [fact], clock.GetUtcNow());
        if (saved is null) return;
        transaction.AfterCommit(() =>
        {
            store.Remember(saved);
            feed.Publish(saved.Id, fact);
        });
    }

    private static string Cut(string reason) =>
        CutText.Of(reason, LongestReason, "…");
}
