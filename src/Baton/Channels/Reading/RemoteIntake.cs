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
    /// <summary>Done, or what stands in the way.</summary>
    public async Task<IntakeOutcome> ApplyAsync(
        IChannel channel, RemoteTicket ticket, CancellationToken cancellationToken)
    {
        var id = ticket.Opening.TicketId;
        var outcome = await TakeAsync(channel, ticket, cancellationToken);
        if (outcome is not (IntakeOutcome.Accepted or IntakeOutcome.Duplicate)) return outcome;
        if (ticket.IsClosed) await CloseAsync(channel, id, cancellationToken);
        // A rating that cannot be taken any more is no reason to read the ticket again.
        if (ticket.Stars is { } stars && store.Load(id).Version > 0)
            await ratings.RateAsync(id, stars, ticket.Remark, cancellationToken);
        return outcome;
    }

    private async Task<IntakeOutcome> TakeAsync(
        IChannel channel, RemoteTicket ticket, CancellationToken cancellationToken)
    {
        InboundText[] said =
        [
            .. ticket.Entries
                .Where(e => e is { IsPublic: true, Who: not EntryAuthor.Baton } && !string.IsNullOrWhiteSpace(e.Text))
                .Select(e => e.Message(channel.Name)),
        ];
        var id = ticket.Opening.TicketId;
        if (store.Load(id) is { Version: > 0 } known)
            return said.Length > 0
                ? await intake.AddAllAsync(id, said, cancellationToken)
                : new IntakeOutcome.Duplicate(id, known.CustomerMessages);
        // What people have done with before Baton saw it, and what no customer has written in, is not work.
        return ticket.IsClosed || said.All(m => m.From != Author.Customer)
            ? new IntakeOutcome.Duplicate(id, 0)
            : await intake.AcceptAsync(
                ticket.Opening with { Channel = channel.Name, Messages = said }, cancellationToken);
    }

    private async Task CloseAsync(IChannel channel, string id, CancellationToken cancellationToken)
    {
        while (store.Load(id) is { Version: > 0, Status: not ConversationStatus.Closed } state)
        {
            var fact = new ConversationEvent.Closed(channel.Name, "closed there");
            var saved = await store.Database.WriteAsync(
                transaction => store.Save(transaction, state, [fact], clock.GetUtcNow()), cancellationToken);
            if (saved is null) continue;
            store.Remember(saved);
            feed.Publish(id, fact);
        }
    }
}
