using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Verdicts;

namespace Baton.Channels.Reading;

/// <summary>
/// Takes in a ticket as it is at the other side: what is new in it, and nothing twice, whatever was read before.
/// </summary>
internal sealed class RemoteIntake(
    ConversationStore store, Intake intake, RatingDesk ratings, ConversationFeed feed, TimeProvider clock)
{
    /// <summary>Bytes of all files of a ticket that are fetched at once; the rest is named in the ticket.</summary>
    private const long MostBytes = 100_000_000;

    /// <summary>How long a ticket waits for its files.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Done, or what stands in the way.</summary>
    public async Task<IntakeOutcome> ApplyAsync(
        IChannel channel, RemoteTicket ticket, CancellationToken cancellationToken)
    {
        var id = ticket.Opening.TicketId;
        var outcome = await TakeAsync(channel, ticket, cancellationToken);
        if (outcome is not (IntakeOutcome.Accepted or IntakeOutcome.Duplicate)) return outcome;
        await SaveAsync(id, state => Assigned(channel, ticket, state), cancellationToken);
        if (ticket.IsClosed) await SaveAsync(id, state => Closed(channel, state), cancellationToken);
        // A rating that cannot be taken any more is no reason to read the ticket again.
        if (ticket.Stars is { } stars && store.Load(id).Version > 0)
            await ratings.RateAsync(id, stars, ticket.Remark, cancellationToken);
        return outcome;
    }

    private async Task<IntakeOutcome> TakeAsync(
        IChannel channel, RemoteTicket ticket, CancellationToken cancellationToken)
    {
        InboundText[] said = [.. ticket.Entries.Where(e => e.IsSaid).Select(e => e.Message(channel.Name))];
        var id = ticket.Opening.TicketId;
        if (store.Load(id) is { Version: > 0 } known)
            return intake.Fresh(id, said) is { Count: > 0 } fresh
                ? await intake.AddAllAsync(
                    id, await FetchAsync(channel, id, fresh, cancellationToken), cancellationToken)
                : new IntakeOutcome.Duplicate(id, known.CustomerMessages);
        // What people have done with before Baton saw it, and what no customer has written in, is not work.
        return ticket.IsClosed || said.All(m => m.From != Author.Customer)
            ? new IntakeOutcome.Duplicate(id, 0)
            : await intake.AcceptAsync(
                ticket.Opening with
                {
                    Channel = channel.Name, Messages = await FetchAsync(channel, id, said, cancellationToken),
                },
                cancellationToken);
    }

    /// <summary>The same messages with the content of their files.</summary>
    private async Task<IReadOnlyList<InboundText>> FetchAsync(
        IChannel channel, string id, IReadOnlyList<InboundText> messages, CancellationToken cancellationToken)
    {
        var (whole, bytes, started) = (new List<InboundText>(messages.Count), 0L, clock.GetTimestamp());
        foreach (var message in messages)
        {
            whole.Add(message.Attachments.Count > 0 && bytes < MostBytes && clock.GetElapsedTime(started) < Patience
                && await channel.CompleteAsync(
                    new Arrival.Message(id, message, message.ExternalId!), cancellationToken) is Arrival.Message filled
                    ? filled.Text : message);
            bytes += whole[^1].Attachments.Sum(file => (long)file.Body.Length);
        }
        return whole;
    }

    /// <summary>
    /// Who has it there has it here, of tickets that are with people: somebody assigned there is no reason to stop an
    /// answer, because helpdesks assign by themselves.
    /// </summary>
    private static ConversationEvent[] Assigned(IChannel channel, RemoteTicket ticket, Conversation state)
    {
        var there = ticket.AssignedTo is { } person ? $"{channel.Name}:{person}" : null;
        // A person here who has claimed it keeps it.
        var isTheirs = state.ClaimedBy?.StartsWith(channel.Name + ":", StringComparison.Ordinal) == true;
        return state.Status switch
        {
            ConversationStatus.Escalated when there is not null => [new ConversationEvent.Claimed(there)],
            ConversationStatus.Claimed when isTheirs && there is null =>
                [new ConversationEvent.Released(state.ClaimedBy!)],
            ConversationStatus.Claimed when isTheirs && there != state.ClaimedBy =>
                [new ConversationEvent.Released(state.ClaimedBy!), new ConversationEvent.Claimed(there!)],
            _ => [],
        };
    }

    private static ConversationEvent[] Closed(IChannel channel, Conversation state) =>
        state is { Version: > 0, Status: not ConversationStatus.Closed }
            ? [new ConversationEvent.Closed(channel.Name, "closed there")] : [];

    private async Task SaveAsync(
        string id, Func<Conversation, ConversationEvent[]> decide, CancellationToken cancellationToken)
    {
        while (store.Load(id) is var state && decide(state) is { Length: > 0 } facts)
        {
            var saved = await store.Database.WriteAsync(
                transaction => store.Save(transaction, state, facts, clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            foreach (var fact in facts) feed.Publish(id, fact);
            return;
        }
    }
}
