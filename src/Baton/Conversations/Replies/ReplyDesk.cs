using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;

namespace Baton.Conversations.Replies;

/// <summary>
/// Keeps what people write to customers, and lets it leave: at once, or when the time is over in which it can be taken
/// back. The timer is in the database, so a closed page or a restart changes nothing.
/// </summary>
internal sealed class ReplyDesk(
    ConversationStore store, Timers timers, Outbox outbox, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>Kind of the timer of a reply; its key is not the ticket's, whose turns may be put off.</summary>
    public const string Kind = "reply";

    /// <summary>Writes the row of a reply; it is nobody's to read before <see cref="Follow"/> lets it leave.</summary>
    public static void Keep(
        WriteTransaction transaction, Conversation state, string messageId, (string Raw, string Redacted) text,
        string? placeholders, DateTimeOffset at) => MessageRows.Insert(transaction, new MessageRow
    {
        Id = messageId, ConversationId = state.Id, Position = state.Messages + 1, Channel = state.Channel,
        Author = Author.Agent, Body = text.Raw, Redacted = text.Redacted, CustomerId = state.CustomerId,
        Placeholders = placeholders, ReceivedAt = at, IsUnsent = true,
    });

    /// <summary>What facts about replies do beside themselves, in their transaction.</summary>
    public void Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        // What was taken back is over with the next reply.
        if (before.Unsent is { IsTakenBack: true, Written.MessageId: var old }
            && facts.Any(f => f is ConversationEvent.ReplyWritten or ConversationEvent.AgentReplied))
            MessageRows.Remove(transaction, before.Id, old);
        foreach (var fact in facts)
            switch (fact)
            {
                case ConversationEvent.ReplyWritten written:
                    timers.Schedule(transaction, Key(before.Id), Kind, written.LeavesAt, written.MessageId);
                    break;
                case ConversationEvent.ReplyTakenBack:
                    timers.Cancel(transaction, Key(before.Id), Kind);
                    break;
                case ConversationEvent.AgentReplied replied:
                    if (replied.WrittenAt is not null) timers.Cancel(transaction, Key(before.Id), Kind);
                    MessageRows.Send(transaction, replied.MessageId, at);
                    outbox.Add(transaction, MessageRows.Outgoing(before, replied.MessageId, "agent_replied"));
                    break;
            }
    }

    /// <summary>The handler of the timer.</summary>
    public Task HandleAsync(LeasedJob job, CancellationToken cancellationToken) =>
        LeaveAsync(job.Key![(Kind.Length + 1)..], job.Payload, cancellationToken);

    /// <summary>Lets a reply leave that nobody has taken back; whatever became of the ticket, it was written.</summary>
    public async Task LeaveAsync(string id, string messageId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (state, at) = (store.Load(id), clock.GetUtcNow());
            if (state.Unsent is not { IsTakenBack: false } unsent || unsent.Written.MessageId != messageId) return;
            var facts = unsent.Left();
            var saved = await store.Database.WriteAsync(transaction =>
            {
                var now = store.Save(transaction, state, facts, at);
                if (now is not null) Follow(transaction, state, facts, at);
                return now;
            }, cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            foreach (var fact in facts) feed.Publish(id, fact);
            return;
        }
    }

    private static string Key(string conversation) => $"{Kind}/{conversation}";
}
